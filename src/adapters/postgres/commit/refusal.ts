import { GuildhallError, type CommitRefusal } from "#core";

/** Ends a transaction with a typed refusal from wherever it was noticed. */
export class Refused extends Error {
  readonly answer: CommitRefusal;

  constructor(answer: CommitRefusal) {
    super(answer.refusal);
    this.answer = answer;
  }
}

/** The data of a group is not acceptable, found before the database had to say so. */
export function refuse(message: string): never {
  throw new GuildhallError("store.refused", message);
}

/** SQLSTATE classes that speak of the data: cardinality, data, integrity, check option, a row or index entry too large. */
const ABOUT_THE_DATA = ["21", "22", "23", "44", "54"];

/** How the statements that assert a lease say that it is not held: see journal.ts. */
const DIVISION_BY_ZERO = "22012";

/** What an error of a transaction that is rolled back says: the data was at fault, or the database is away. */
export function refusalOf(error: unknown): CommitRefusal {
  if (error instanceof Refused) return error.answer;
  const sqlState = sqlStateOf(error);
  if (sqlState === DIVISION_BY_ZERO) return { refusal: "lease-lost" };
  if (sqlState === "23505" && tableOf(error) === "policies") return { refusal: "stale", keys: ["policy"] };
  const isData = sqlState !== undefined && ABOUT_THE_DATA.includes(sqlState.slice(0, 2));
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  const isRefused = error instanceof GuildhallError && error.code === "store.refused";
  return { refusal: isData || isOurs || isRefused ? "refused" : "unreachable", cause: error };
}

/** Two transactions stood in each other's way and this one was chosen to be undone: doing it again is right. */
export function isCollision(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlStateOf(error) ?? "");
}

export function isDuplicateEvent(error: unknown): boolean {
  const table = tableOf(error);
  return sqlStateOf(error) === "23505" && (table === "seen" || table.startsWith("journal"));
}

/** No partition for a row is told as a broken check of the parent table, which has no check of its own. */
export function isMissingPartition(error: unknown): boolean {
  return sqlStateOf(error) === "23514" && ["journal", "decisions"].includes(tableOf(error));
}

function tableOf(error: unknown): string {
  return error instanceof Error && "table" in error ? String(error.table) : "";
}

function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}
