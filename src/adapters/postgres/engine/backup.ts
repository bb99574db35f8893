import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type pg from "pg";

const PAGE = 1000;

/**
 * Copies every table, a row a line as JSON, into a folder of its own below `<dataDir>/backups`, as of one moment. It needs no
 * tool beside the database's connection, and works on each engine. The folder has its name only once it is whole.
 */
export async function backup(client: pg.ClientBase, dataDir: string, stamp: string): Promise<string> {
  const folder = join(dataDir, "backups", stamp);
  const unfinished = `${folder}.unfinished`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await client.query("begin transaction isolation level repeatable read read only");
  try {
    for (const table of await tablesOf(client)) await copyTable(client, table, join(unfinished, `${table}.jsonl`));
  } finally {
    await client.query("rollback");
  }
  await rename(unfinished, folder);
  return folder;
}

/** Partitioned tables speak for their partitions. */
async function tablesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  return rows.map((row) => row.name);
}

async function copyTable(client: pg.ClientBase, table: string, path: string): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600, flush: true });
  await client.query(`declare copied no scroll cursor for select row_to_json(t)::text as line from "${table}" t`);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${PAGE} from copied`);
    if (rows.length === 0) break;
    const isFull = !file.write(rows.map((row) => `${row.line}\n`).join(""));
    if (isFull) await new Promise<void>((resolve) => file.once("drain", resolve));
  }
  await client.query("close copied");
  file.end();
  await finished(file);
}
