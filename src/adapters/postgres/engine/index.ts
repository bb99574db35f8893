import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type pg from "pg";
import { ConfigurationError, type Log, type Seal, type Store } from "#core";
import type { CommitStage } from "../commit/index.ts";
import { RETENTION, type Retention } from "../maintain.ts";
import { findPgvector } from "../read/vectors.ts";
import { createStore } from "../store.ts";
import { backup } from "./backup.ts";
import { assertVersion, openingFailure } from "./failures.ts";
import { lockFolder } from "./folder-lock.ts";
import { migrate } from "./migrate.ts";
import { openOwnServer } from "./own-server.ts";
import { ownServerPlace, type Place } from "./own-server-place.ts";
import { packageRoot } from "./package-root.ts";
import { startPglite } from "./pglite.ts";
import { createPool } from "./pool.ts";

export interface StoreOptions {
  /** Where the database lies, if it is ours, and where backups go in any case. */
  readonly dataDir: string;
  /** Any Postgres from version 15; without it a server of our own is used. */
  readonly databaseUrl?: string | undefined;
  readonly seal: Seal;
  readonly log: Log;
  /** Which of our own: "auto" takes a real server where one can run, else PGlite. */
  readonly engine?: "auto" | "embedded" | "pglite";
  readonly onStage?: (stage: CommitStage) => void;
  readonly retention?: Partial<Retention>;
  readonly poolSize?: number;
  readonly migrationsDir?: string;
}

interface Engine {
  readonly name: "postgres" | "embedded" | "pglite";
  /** What the operator can change where it does not open. */
  readonly setting: "DATABASE_URL" | "GUILDHALL_DATA";
  readonly pool: pg.Pool;
  readonly stop: () => Promise<void>;
}

const POOL_SIZE = 10;

/** Opens the database, brings its schema up to date, and gives back the store over it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options);
  let hasPgvector: boolean;
  try {
    await prepareSchema(engine, options);
    hasPgvector = await findPgvector(engine.pool);
  } catch (error) {
    await engine.pool.end().catch(() => undefined);
    await engine.stop();
    throw openingFailure(engine.setting, error);
  }
  return createStore({
    pool: engine.pool,
    seal: options.seal,
    log: options.log,
    engine: engine.name,
    hasPgvector,
    vacuum: engine.name === "pglite",
    // PGlite claims fsync and calls none.
    ...(engine.name === "pglite" ? { fsync: false } : {}),
    retention: { ...RETENTION, ...options.retention },
    onStage: options.onStage ?? (() => undefined),
    stop: engine.stop,
  });
}

async function openEngine(options: StoreOptions): Promise<Engine> {
  const { databaseUrl, log } = options;
  if (databaseUrl !== undefined && databaseUrl !== "") return remoteEngine(databaseUrl, options);
  try {
    await mkdir(options.dataDir, { recursive: true });
    const wanted = options.engine ?? "auto";
    if (wanted === "pglite") return await pgliteEngine(options, "it was chosen");
    const hasServerData = existsSync(join(options.dataDir, "postgres", "data", "PG_VERSION"));
    const hasPgliteData = existsSync(join(options.dataDir, "pglite", "PG_VERSION"));
    if (wanted === "auto" && hasPgliteData && !hasServerData) return await pgliteEngine(options, "its data is here");
    const place = await ownServerPlace(options.dataDir, log);
    if (place.ok) return await embeddedEngine(place.value, options);
    if (wanted === "embedded" || hasServerData) {
      throw new ConfigurationError(`GUILDHALL_DATA: our own Postgres server cannot run: ${place.because}`);
    }
    return await pgliteEngine(options, place.because);
  } catch (error) {
    throw openingFailure("GUILDHALL_DATA", error);
  }
}

function remoteEngine(databaseUrl: string, { log, poolSize }: StoreOptions): Engine {
  try {
    const protocol = new URL(databaseUrl).protocol;
    if (!["postgres:", "postgresql:"].includes(protocol))
      throw new ConfigurationError("DATABASE_URL: this is no postgres:// address");
  } catch (error) {
    throw openingFailure("DATABASE_URL", error);
  }
  const pool = createPool(
    { connectionString: databaseUrl, max: poolSize ?? POOL_SIZE, connectionTimeoutMillis: 10_000, pipeline: true },
    log,
  );
  return { name: "postgres", setting: "DATABASE_URL", pool, stop: async () => undefined };
}

async function embeddedEngine(place: Place, { log, poolSize }: StoreOptions): Promise<Engine> {
  const server = await openOwnServer(place, (to) => void Object.assign(pool.options, to));
  const pool = createPool({ ...server.connection, max: poolSize ?? POOL_SIZE, pipeline: true }, log);
  return { name: "embedded", setting: "GUILDHALL_DATA", pool, stop: () => server.leave() };
}

async function pgliteEngine({ dataDir, log }: StoreOptions, because: string): Promise<Engine> {
  const folder = resolve(dataDir, "pglite");
  const lock = await lockFolder(`${folder}.lock`);
  if (!lock.held) throw new ConfigurationError(`GUILDHALL_DATA: ${folder} is in use by process ${lock.by}`);
  log.warn({ because }, "PGlite is the database: no fsync, so a power cut may cost the last seconds; one process only");
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const worker = await startPglite(folder);
    const pool = createPool(
      { stream: () => worker.connect(), max: 1, user: "postgres", database: "postgres" } as pg.PoolConfig,
      log,
    );
    const stop = async () => {
      await worker.close();
      await lock.release();
    };
    return { name: "pglite", setting: "GUILDHALL_DATA", pool, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function prepareSchema(engine: Engine, options: StoreOptions): Promise<void> {
  const client = await engine.pool.connect();
  try {
    const { rows } = await client.query<{ number: string; version: string }>(
      "select current_setting('server_version_num') as number, current_setting('server_version') as version",
    );
    assertVersion(engine.setting, Number(rows[0]!.number), rows[0]!.version);
    const folder = options.migrationsDir ?? join(packageRoot(), "prisma", "migrations");
    const applied = await migrate(client, folder, async () => {
      const stamp = new Date().toISOString().replaceAll(":", "-");
      const path = await backup(client, resolve(options.dataDir), stamp);
      options.log.info({ path }, "the database was copied before its migration");
    });
    if (applied.length > 0) options.log.info({ migrations: applied }, "the database was migrated");
  } finally {
    client.release();
  }
}
