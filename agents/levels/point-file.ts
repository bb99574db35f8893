import { csvLines, fingerprint } from "#core/text/index";
import { lineOfMistake } from "./json-line.ts";
import { MOST_POINTS } from "./commands.ts";

/** What a file says somebody has. */
export interface PointRow {
  readonly userId: string;
  readonly points: number;
}

/** A row that cannot be taken: `line` in a table, the how manieth in a list. */
export interface RowMistake {
  readonly line: number;
  readonly what: "id" | "points" | "twice" | "short";
}

/** What of the file can be taken, and what cannot; or why nothing of it can. */
export type PointFile =
  | { readonly rows: readonly PointRow[]; readonly mistakes: readonly RowMistake[]; readonly digest: string }
  | { readonly broken: Broken };

export interface Broken {
  readonly why: "json" | "list" | "columns" | "quote" | "empty" | "too-many";
  readonly line?: number;
}

export const MOST_ROWS = 10_000;
export const LARGEST_FILE = 1_048_576;

/** As other bots and their exporters call them; the first that is there counts. */
const IDS = ["id", "userid", "memberid", "discordid", "snowflake", "user", "member"];
const POINTS = ["xp", "totalxp", "experience", "exp", "points", "score"];
const LISTS = ["players", "members", "users", "rankings", "leaderboard", "levels", "data"];
const SNOWFLAKE = /^\d{15,20}$/;

export function kindOfFile(name: string): "csv" | "json" | undefined {
  return /\.(csv|json)$/i.exec(name)?.[1]?.toLowerCase() as "csv" | "json" | undefined;
}

export function parsePoints(kind: "csv" | "json", text: string): PointFile {
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const found = kind === "csv" ? inTable(plain) : inList(plain);
  if ("why" in found) return { broken: found };
  if (found.length > MOST_ROWS) return { broken: { why: "too-many" } };
  const sorted = sort(found);
  if (sorted.rows.length === 0 && sorted.mistakes.length === 0) return { broken: { why: "empty" } };
  // By what is in it: the same rows under another name are the same file.
  const digest = fingerprint(sorted.rows.map(({ userId, points }) => `${userId}:${points}`).join(" "));
  return { ...sorted, digest };
}

interface Candidate {
  readonly line: number;
  readonly id?: unknown;
  readonly points?: unknown;
}

/** Whoever stands there twice counts as they stood first. */
function sort(found: readonly Candidate[]) {
  const rows = new Map<string, PointRow>();
  const mistakes: RowMistake[] = [];
  for (const { line, id, points } of found) {
    const what = mistakeIn(id, points, rows);
    if (what !== undefined) mistakes.push({ line, what });
    else rows.set(id as string, { userId: id as string, points: Math.round(Number(points)) });
  }
  return { rows: [...rows.values()], mistakes };
}

function mistakeIn(id: unknown, points: unknown, rows: ReadonlyMap<string, PointRow>): RowMistake["what"] | undefined {
  if (id === undefined || points === undefined) return "short";
  if (typeof id !== "string" || !SNOWFLAKE.test(id)) return "id";
  const amount = typeof points === "string" && points.trim() !== "" ? Number(points) : points;
  if (typeof amount !== "number" || !Number.isFinite(amount) || amount < 0 || amount > MOST_POINTS) return "points";
  return rows.has(id) ? "twice" : undefined;
}

/** With headings, or without any an id and points in the first two columns. */
function inTable(text: string): readonly Candidate[] | Broken {
  const { lines, unclosed } = csvLines(text);
  if (unclosed !== undefined) return { why: "quote", line: unclosed };
  const [first, ...others] = lines;
  if (first === undefined) return { why: "empty" };
  const heads = first.cells.map((cell) => cell.trim());
  const isPlain = SNOWFLAKE.test(heads[0] ?? "");
  const [id, points] = isPlain ? [0, 1] : [placeOf(heads, IDS), placeOf(heads, POINTS)];
  if (id === -1 || points === -1) return { why: "columns", line: first.line };
  return (isPlain ? lines : others).map(({ line, cells }) => ({
    ...{ line, id: cells[id]?.trim(), points: cells[points]?.trim() },
  }));
}

/** A list of members, at the top or under a name that says so. */
function inList(text: string): readonly Candidate[] | Broken {
  const read = readJson(text);
  if ("why" in read) return read;
  const list = listIn(read.value);
  if (list === undefined) return { why: "list" };
  return list.map((entry, index) => {
    const fields = typeof entry === "object" && entry !== null ? Object.entries(entry) : [];
    const heads = fields.map(([name]) => name);
    const field = (names: readonly string[]): unknown => fields[placeOf(heads, names)]?.[1];
    return { line: index + 1, id: field(IDS), points: field(POINTS) };
  });
}

/** Where the first of some names stands; -1 where none does. */
function placeOf(heads: readonly string[], names: readonly string[]): number {
  const plain = heads.map((head) => head.toLowerCase().replace(/[\s_-]/g, ""));
  return names.map((name) => plain.indexOf(name)).find((place) => place !== -1) ?? -1;
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  return LISTS.map((name) => fields[name]).find((one): one is readonly unknown[] => Array.isArray(one));
}

/** Texts, which are left as they are, and numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\d+/g;
/** Ids that stand there as numbers are too long for one, and would lose their last digits: they are read as text. */
const LONG_NUMBER = /^\d{15,20}$/;

function readJson(given: string): { readonly value: unknown } | Broken {
  const text = given.replace(TOKEN, (token) => (LONG_NUMBER.test(token) ? `"${token}"` : token));
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { why: "json", line: lineOfMistake(text) };
  }
}
