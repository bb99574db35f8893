import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { csvTable, type Row, rowsOf, textIn, Unreadable } from "./read.ts";

export interface Chat {
  readonly texts: readonly string[];
  readonly unreadable: readonly string[];
}

/** What people wrote in the real channels under `discord/`: for evaluation only, never to learn from. */
export function realChat(root: string): Chat {
  const folder = join(root, "discord");
  const texts: string[] = [];
  const unreadable: string[] = [];
  for (const path of pathsUnder(folder)) {
    const read = readerOf(path);
    if (read === undefined) continue;
    try {
      for (const text of read(path)) if (text.trim() !== "") texts.push(text);
    } catch (error) {
      unreadable.push(error instanceof Unreadable ? error.message : `${path}: ${String(error)}`);
    }
  }
  return { texts, unreadable };
}

function pathsUnder(folder: string): readonly string[] {
  return ["dce_json", "dce_csv", "."].flatMap((part) => {
    const at = join(folder, part);
    if (!existsSync(at)) return [];
    return readdirSync(at)
      .map((name) => join(at, name))
      .filter((path) => statSync(path).isFile())
      .sort();
  });
}

type Reader = (path: string) => readonly string[];

function readerOf(path: string): Reader | undefined {
  if (path.includes("synthetic")) return undefined;
  if (path.endsWith(".json")) return exported;
  if (path.includes("dce_csv")) return exportedTable;
  if (path.endsWith(".jsonl")) return (file) => rowsOf(file).flatMap(wordsOf);
  return undefined;
}

function wordsOf(row: Row): readonly string[] {
  if (Array.isArray(row["messages"])) return (row["messages"] as Row[]).flatMap(wordsOf);
  return [textIn(row, "text") || textIn(row, "content")];
}

interface Export {
  readonly messages?: readonly { readonly content?: string; readonly author?: { readonly isBot?: boolean } }[];
}

function exported(path: string): readonly string[] {
  let file: Export;
  try {
    file = JSON.parse(readFileSync(path, "utf8")) as Export;
  } catch (error) {
    throw new Unreadable(`${path}: not JSON`, { cause: error });
  }
  if (!Array.isArray(file.messages)) throw new Unreadable(`${path}: no list of messages`);
  return file.messages.flatMap(({ content, author }) => (author?.isBot === true ? [] : [content ?? ""]));
}

function exportedTable(path: string): readonly string[] {
  const [head, ...lines] = csvTable(readFileSync(path, "utf8").replace(/^\ufeff/, ""), path);
  const column = head?.indexOf("Content") ?? -1;
  if (column === -1) throw new Unreadable(`${path}: no column Content`);
  return lines.map((cells) => cells[column] ?? "");
}
