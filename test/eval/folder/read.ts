import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";

export type Row = Readonly<Record<string, unknown>>;

/** A file of a folder laid out like the evaluation data: `<folder>/<name without ending>` is the name of its set. */
export interface DataFile {
  readonly set: string;
  readonly path: string;
}

export const FOLDERS = ["spam", "toxicity", "injection", "faq", "langid", "discord"] as const;

export function filesIn(root: string, folder: string): readonly DataFile[] {
  const at = join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((name) => statSync(join(at, name)).isFile())
    .map((name) => ({ set: `${folder}/${basename(name, extname(name))}`, path: join(at, name) }))
    .sort((a, b) => (a.set < b.set ? -1 : 1));
}

/** Thrown where a file is not what its ending says, with the line that shows it. */
export class Unreadable extends Error {}

export function rowsOf(path: string): readonly Row[] {
  const text = readFileSync(path, "utf8");
  switch (extname(path)) {
    case ".jsonl":
      return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [jsonRow(line, path, index + 1)]));
    case ".csv":
      return csvRows(text, path);
    default:
      throw new Unreadable(`${path}: neither .jsonl nor .csv`);
  }
}

function jsonRow(line: string, path: string, number: number): Row {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Row;
  } catch (error) {
    throw new Unreadable(`${path}:${number}: not JSON`, { cause: error });
  }
  throw new Unreadable(`${path}:${number}: not a JSON object`);
}

function csvRows(text: string, path: string): readonly Row[] {
  const [head, ...lines] = csvTable(text.replace(/^\ufeff/, ""), path);
  if (head === undefined) return [];
  return lines.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""])));
}

/** Commas or semicolons, quotes doubled inside quotes, line ends inside quotes. */
export function csvTable(text: string, path: string): readonly (readonly string[])[] {
  const first = text.slice(0, text.indexOf("\n") === -1 ? text.length : text.indexOf("\n"));
  const separator = first.split(";").length > first.split(",").length ? ";" : ",";
  const table: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === separator) (row.push(cell), (cell = ""));
    else if (character === "\n") {
      row.push(cell.replace(/\r$/, ""));
      table.push(row);
      row = [];
      cell = "";
    } else cell += character;
  }
  if (quoted) throw new Unreadable(`${path}: a quote is never closed`);
  if (cell !== "" || row.length > 0) table.push([...row, cell.replace(/\r$/, "")]);
  return table.filter((cells) => cells.length > 1 || cells[0] !== "");
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}
