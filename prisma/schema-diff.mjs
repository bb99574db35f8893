import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * The SQL that leads from the migrations to schema.prisma; empty where they agree. Prisma's own engine compares, as WebAssembly and
 * with an in-memory PGlite as shadow database, because its binary would have to be downloaded. It does not see partial
 * and expression indexes, CHECKs, collations and partitions.
 */
export async function schemaDiff(folder = here) {
  const { SchemaEngine } = await loadEngine();
  const schema = { path: `${folder}schema.prisma`, content: await readFile(`${folder}schema.prisma`, "utf8") };
  const shadows = [];
  const engine = await SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(shadowFactory(shadows)),
  );
  const filters = { externalTables: [], externalEnums: [] };
  const result = await engine.diff({
    from: { tag: "migrations", ...(await migrationList(folder)) },
    to: { tag: "schemaDatamodel", files: [schema], configDir: folder },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters,
  });
  await Promise.all(shadows.map((shadow) => shadow.close()));
  return result.exitCode === 2 ? (result.stdout ?? "") : "";
}

let loaded;

/** The package's own entry imports the .wasm file, which Node cannot without a flag. A process holds one instance. */
function loadEngine() {
  return (loaded ??= instantiate());
}

async function instantiate() {
  const require = createRequire(import.meta.url);
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= { set_message: (message) => console.error(message) };
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const path = require.resolve("@prisma/schema-engine-wasm").replace("schema_engine.js", "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(path), { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}

function shadowFactory(shadows) {
  const connect = async () => {
    const shadow = new PGlite({ extensions: { pg_trgm } });
    shadows.push(shadow);
    const { config, charColumns } = pgliteConfig(shadow);
    const adapter = await new PrismaPg(new pg.Pool({ ...config, max: 1 })).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    // PrismaPg would cut a script at every semicolon, also at those in comments.
    adapter.executeScript = async (script) => void (await shadow.exec(script));
    return adapter;
  };
  return { provider: "postgres", adapterName: "@prisma/adapter-pg", connect, connectToShadowDb: connect };
}

const CATALOG_CHAR = 18;
const TEXT = 25;

/**
 * PGlite's connection takes `types` for a list where PrismaPg passes an object of parsers; and PrismaPg does not know the
 * one-byte "char" of the system catalogs, which the engine asks for: it travels as text, its columns are noted.
 */
function pgliteConfig(shadow) {
  const config = createPgConfig(shadow);
  const charColumns = [];
  const { connection } = config;
  const parse = connection.parse.bind(connection);
  const emit = connection.emit.bind(connection);
  connection.parse = (query) => parse(Array.isArray(query.types) ? query : { ...query, types: undefined });
  connection.emit = (name, message) => {
    if (name === "rowDescription") {
      const isChar = message.fields.map((field) => field.dataTypeID === CATALOG_CHAR);
      charColumns.splice(0, charColumns.length, ...isChar.flatMap((yes, index) => (yes ? [index] : [])));
      for (const index of charColumns) message.fields[index].dataTypeID = TEXT;
    }
    return emit(name, message);
  };
  return { config, charColumns };
}

async function migrationList(folder) {
  const baseDir = `${folder}migrations`;
  const entries = await readdir(baseDir, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: await readFile(`${baseDir}/${name}/migration.sql`, "utf8") },
      },
    })),
  );
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
  return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
}
