import type pg from "pg";

/** Tables partitioned by month on `at`. */
const PARTITIONED = ["journal", "decisions"] as const;
const LOCK = 72_707_371;

/** `2026_11` of a moment, in UTC. */
export function monthOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}_${String(date.getUTCMonth() + 1).padStart(2, "0")}`;
}

/** The months of some moments; mostly all lie in one, which the first and the last tell. */
export function monthsOf(moments: readonly number[]): string[] {
  if (moments.length === 0) return [];
  const first = monthOf(moments.reduce((a, b) => Math.min(a, b)));
  const last = monthOf(moments.reduce((a, b) => Math.max(a, b)));
  return first === last ? [first] : [...new Set(moments.map(monthOf))];
}

function boundsOf(month: string): { from: number; to: number } {
  const [year, number] = month.split("_").map(Number) as [number, number];
  return { from: Date.UTC(year, number - 1), to: Date.UTC(year, number) };
}

/** Makes the months that are missing; a short lock on the parent tables, once a month. Returns what was made. */
export async function createMonths(client: pg.ClientBase, months: readonly string[]): Promise<string[]> {
  const existing = new Set((await partitions(client)).map(({ name }) => name));
  const missing = months.flatMap((month) =>
    PARTITIONED.map((table) => ({ table, month, name: `${table}_${month}` })).filter(({ name }) => !existing.has(name)),
  );
  if (missing.length === 0) return [];
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    for (const { table, month, name } of missing) {
      const { from, to } = boundsOf(month);
      await client.query(
        `create table if not exists "${name}" partition of "${table}" for values from (${from}) to (${to})`,
      );
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
  return missing.map(({ name }) => name);
}

/** Drops the months that ended before a moment: as cheap for a million rows as for one. */
export async function dropMonths(client: pg.ClientBase, endedBefore: number): Promise<string[]> {
  const old = (await partitions(client)).filter(({ month }) => boundsOf(month).to <= endedBefore);
  for (const { name } of old) await client.query(`drop table if exists "${name}"`);
  return old.map(({ name }) => name);
}

async function partitions(client: pg.ClientBase): Promise<{ name: string; month: string }[]> {
  const { rows } = await client.query<{ name: string; parent: string }>(
    `select c.relname as name, p.relname as parent from pg_inherits i
      join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where p.relname = any($1) and p.relnamespace = current_schema()::regnamespace order by 1`,
    [PARTITIONED],
  );
  return rows.map(({ name, parent }) => ({ name, month: name.slice(parent.length + 1) }));
}
