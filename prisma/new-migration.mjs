import { mkdir, writeFile } from "node:fs/promises";
import { schemaDiff } from "./schema-diff.mjs";

/** `node prisma/new-migration.mjs <name>` writes the migration that brings the database to schema.prisma. Read it before you commit it. */
const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: node prisma/new-migration.mjs <name_in_lower_case>");
  process.exit(2);
}
const sql = await schemaDiff();
if (sql.trim() === "") {
  console.log("The migrations and schema.prisma agree: nothing to do.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = new URL(`migrations/${stamp}_${name}/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("migration.sql", folder), sql);
  console.log(`prisma/migrations/${stamp}_${name}/migration.sql`);
}
process.exit(0);
