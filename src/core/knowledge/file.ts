import { tongueOf } from "../text/tongue.ts";
import { csvPassages } from "./csv.ts";
import type { PassageDraft } from "./index.ts";
import { markdownPassages } from "./markdown.ts";
import type { ParsedFile, RowMistake } from "./rows.ts";

export type { ParsedFile, RowMistake } from "./rows.ts";

/** Discord's longest message is 4,000 characters, and the answer shares it with its sources. */
export const LONGEST_TEXT = 3_000;
export const LONGEST_ASK = 300;
export const MOST_ASKS = 20;
/** One event carries them, and one statement stores them. */
export const MOST_PASSAGES = 500;
export const LARGEST_FILE = 262_144;

/** Files are told apart by their names; what is neither CSV nor Markdown is refused before it is fetched. */
export function kindOfFile(name: string): "csv" | "markdown" | undefined {
  if (/\.csv$/i.test(name)) return "csv";
  return /\.(?:md|markdown|txt)$/i.test(name) ? "markdown" : undefined;
}

/** The text was read as UTF-8, and is well-formed therefore. */
export function parseFile(kind: "csv" | "markdown", text: string): ParsedFile {
  const plain = text

    .replaceAll("\u0000", "")
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n");
  const { found, mistakes } = kind === "csv" ? csvPassages(plain) : markdownPassages(plain);
  const problems = found.map((passage) => ({ line: passage.line, what: problemOf(passage) }));
  const good = found.filter((_passage, index) => problems[index]!.what === undefined);
  const late = good.slice(MOST_PASSAGES, MOST_PASSAGES + 1).map(({ line }): RowMistake => ({ line, what: "too-many" }));
  const all = [...mistakes, ...problems.filter((one): one is RowMistake => one.what !== undefined), ...late];
  if (found.length + all.length === 0) return { passages: [], mistakes: [{ line: 1, what: "nothing" }] };
  return {
    passages: good.slice(0, MOST_PASSAGES).map(({ line: _line, ...passage }) => withLanguage(passage)),
    mistakes: all.sort((a, b) => a.line - b.line),
  };
}

export function problemOf({ asks, text }: PassageDraft): RowMistake["what"] | undefined {
  if (text.trim() === "") return "no-answer";
  const isLong = text.length > LONGEST_TEXT || asks.length > MOST_ASKS || asks.some((ask) => ask.length > LONGEST_ASK);
  return isLong ? "too-long" : undefined;
}

/** A passage's language is told from all of it: a question alone is often too short. */
export function withLanguage(passage: PassageDraft): PassageDraft {
  if (passage.language !== undefined) return passage;
  const language = tongueOf([...passage.asks, passage.text].join("\n"));
  return language === undefined ? passage : { ...passage, language };
}
