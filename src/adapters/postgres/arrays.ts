import type pg from "pg";

type Cell = string | number | boolean | null | undefined;

const PLAIN = /^[\w:.#-]+$/;
const SPECIAL = /["\\]/g;

/**
 * A Postgres array literal. The driver's own encoder takes longer than the statement it feeds; most cells here are ids and
 * numbers, which need no quotes.
 */
export function arrayOf(cells: readonly Cell[]): string {
  let literal = "{";
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) literal += ",";
    literal += cellOf(cells[index]);
  }
  return `${literal}}`;
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "NULL";
  if (typeof cell !== "string") return String(cell);
  if (PLAIN.test(cell) && cell.toLowerCase() !== "null") return cell;
  return `"${cell.replace(SPECIAL, "\\$&")}"`;
}

/** The columns of some rows, each an array literal, in the order of `picks`. */
export function columnsOf<T>(rows: readonly T[], picks: readonly ((row: T) => Cell)[]): string[] {
  return picks.map((pick) => arrayOf(rows.map(pick)));
}

/** A statement that is parsed once per connection: its name stands for its text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export interface Queryable {
  query<R extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<R>>;
}

export async function run<R extends pg.QueryResultRow>(
  on: Queryable,
  statement: Statement,
  values: readonly unknown[],
): Promise<pg.QueryResult<R>> {
  return on.query<R>({ name: statement.name, text: statement.text, values: [...values] });
}

/** A connection that may send statements ahead of the answers to earlier ones. */
type Sender = Queryable & { readonly pipeline?: boolean };

/**
 * Statements that need nothing of each other's answers. Where the driver sends ahead they cost one round trip; answers come
 * in the order of the statements, and so does the first error: what follows it fails for the transaction that it broke.
 */
export async function together(on: Sender, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  if (on.pipeline) await Promise.all(tasks.map((task) => task()));
  else for (const task of tasks) await task();
}
