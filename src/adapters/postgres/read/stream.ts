import type { Range } from "#core";
import { arrayOf, run, type Queryable, type Statement } from "../arrays.ts";

const PAGE = 500;

/** A table that is streamed in the order of arrival: its name, and what a page of it is read with. */
export interface Streamed<R, T> {
  readonly table: "journal" | "decisions";
  readonly columns: string;
  readonly shown: (records: readonly R[]) => Promise<readonly T[]>;
}

/**
 * Rows of one guild and range in the order of arrival, a page at a time and without holding a connection between pages. The
 * primary key is by time, which arrival only follows roughly: the order comes from one look over the range that
 * fetches nothing but two numbers a row, then each page is read by key from the stretch of time it lies in.
 */
export async function* stream<R extends { readonly [column: string]: unknown }, T>(
  on: Queryable,
  guildId: string,
  range: Range,
  { table, columns, shown }: Streamed<R, T>,
  limit?: number,
): AsyncIterable<T> {
  const keys = await keysOf(on, table, guildId, range, limit);
  const page: Statement = {
    name: `${table}-page`,
    text: `select ${columns} from ${table} where guild_id = $1 and at between $2 and $3 and ordinal = any($4::bigint[])
      order by ordinal`,
  };
  for (let start = 0; start < keys.ordinals.length; start += PAGE) {
    const ordinals = keys.ordinals.subarray(start, start + PAGE);
    const { least, greatest } = boundsOf(keys.moments.subarray(start, start + PAGE));
    const { rows } = await run<R>(on, page, [guildId, least, greatest, arrayOf([...ordinals])]);
    yield* await shown(rows);
  }
}

async function keysOf(on: Queryable, table: string, guildId: string, range: Range, limit: number | undefined) {
  const keys: Statement = {
    name: `${table}-keys`,
    text: `select ordinal, at from ${table} where guild_id = $1 and at >= $2 and at < $3 order by ordinal limit $4`,
  };
  const { rows } = await run<{ ordinal: number; at: number }>(on, keys, [
    guildId,
    momentOf(range.from),
    momentOf(range.to),
    limit ?? null,
  ]);
  const ordinals = new Float64Array(rows.length);
  const moments = new Float64Array(rows.length);
  for (const [index, row] of rows.entries()) {
    ordinals[index] = row.ordinal;
    moments[index] = row.at;
  }
  return { ordinals, moments };
}

/** "From the beginning" and "until for ever" are fine to ask for; a database has no such numbers. */
export function momentOf(at: number): number {
  return Math.trunc(Math.min(Math.max(at, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER));
}

function boundsOf(moments: Float64Array): { least: number; greatest: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const at of moments) {
    if (at < least) least = at;
    if (at > greatest) greatest = at;
  }
  return { least, greatest };
}
