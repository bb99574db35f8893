import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { ConfigurationError } from "#core";

/** Prisma's own lock number: its tools and ours never migrate at the same time. */
const LOCK = 72_707_369;

const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Brings the schema up to date, each migration in a transaction of its own, and writes Prisma's table as Prisma would. Refuses what a
 * person must look at: an edited or half-applied migration, and a database that a newer build has been at.
 */
export async function migrate(
  client: pg.ClientBase,
  folder: string,
  beforePending: () => Promise<void>,
): Promise<readonly string[]> {
  const known = await readMigrations(folder);
  await client.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    await client.query(TABLE);
    const { rows } = await client.query<Applied>(
      "select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null",
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    refuseTheUnclear(known, applied);
    const pending = known.filter(({ name }) => !applied.has(name));
    if (pending.length > 0 && applied.size > 0) await beforePending();
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LOCK]);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

function refuseTheUnclear(known: readonly Migration[], applied: ReadonlyMap<string, Applied>): void {
  const names = new Map(known.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished_at: finishedAt } of applied.values()) {
    const migration = names.get(name);
    if (migration === undefined) {
      const remedy = "start that build again, or restore the backup from before";
      throw new ConfigurationError(`the database was migrated by a newer build (${name}): ${remedy}`);
    }
    if (finishedAt === null) throw new ConfigurationError(`migration ${name} was applied half: see docs/database.md`);
    if (migration.checksum !== checksum) {
      throw new ConfigurationError(`migration ${name} was edited after it was applied: put the file back as it was`);
    }
  }
}

async function apply(client: pg.ClientBase, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
        values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback").catch(() => undefined);
    throw cause;
  }
}
