import type { FoundPassage, RowMistake } from "./rows.ts";

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Found {
  readonly found: readonly FoundPassage[];
  readonly mistakes: readonly RowMistake[];
}

/** Headings as people write them; without any the first column is the question and the second the answer. */
const COLUMNS = {
  ask: /^(?:questions?|ask|frage|pregunta|question|pergunta|title|q)$/i,
  answer: /^(?:answers?|text|antwort|respuesta|réponse|reponse|resposta|a)$/i,
  language: /^(?:lang|language|sprache|idioma|langue)$/i,
  others: /^(?:alternatives?|also|variants?|other ways|andere|otras|autres|outras)$/i,
} as const;
type Columns = Readonly<Partial<Record<keyof typeof COLUMNS, number>>>;

/** Separated by commas, semicolons or tabs, quoted where a cell holds one of them or a line break. Rows with the same answer stay apart. */
export function csvPassages(text: string): Found {
  const { lines, unclosed } = linesOf(text, separatorOf(text));
  const [first] = lines;
  const named = first === undefined ? {} : namedColumns(first.cells);
  const hasHeadings = named.ask !== undefined && named.answer !== undefined;
  const columns: Columns = hasHeadings ? named : { ask: 0, answer: 1 };
  const mistakes: RowMistake[] = unclosed === undefined ? [] : [{ line: unclosed, what: "quote" }];
  const found: FoundPassage[] = [];
  for (const row of lines.slice(hasHeadings ? 1 : 0)) {
    const passage = passageOf(row, columns);
    if ("what" in passage) mistakes.push(passage);
    else found.push(passage);
  }
  return { found, mistakes };
}

function passageOf({ line, cells }: Line, columns: Columns): FoundPassage | RowMistake {
  const cell = (name: keyof Columns): string =>
    columns[name] === undefined ? "" : (cells[columns[name]] ?? "").trim();
  if (cells.length < 2) return { line, what: "columns" };
  if (cell("ask") === "") return { line, what: "no-question" };
  const others = cell("others").split(/\n|\|/);
  const asks = [cell("ask"), ...others].map((ask) => ask.trim()).filter((ask) => ask !== "");
  const language = /^[a-z]{2}/i.exec(cell("language"))?.[0].toLowerCase();
  return { line, asks: [...new Set(asks)], text: cell("answer"), ...(language === undefined ? {} : { language }) };
}

function namedColumns(cells: readonly string[]): Columns {
  const places = Object.entries(COLUMNS).map(
    ([name, is]) => [name, cells.findIndex((cell) => is.test(cell.trim()))] as const,
  );
  return Object.fromEntries(places.filter(([, place]) => place !== -1));
}

function separatorOf(text: string): string {
  const [head = ""] = text.split("\n", 1);
  const outside = head.replace(/"[^"]*"/g, "");
  return ["\t", ";", ","].find((one) => outside.includes(one)) ?? ",";
}

/** A quote that is never closed ends with its line: the rows behind it are not lost. */
function linesOf(text: string, separator: string): { lines: readonly Line[]; unclosed?: number } {
  const lines: Line[] = [];
  let [at, line] = [0, 1];
  while (at < text.length) {
    const row = readRow(text, at, separator);
    if (row === undefined) {
      const rest = linesOf(text.slice(endOfLine(text, at) + 1), separator);
      return { lines: [...lines, ...rest.lines.map((one) => ({ ...one, line: one.line + line }))], unclosed: line };
    }
    if (row.cells.some((cell) => cell.trim() !== "")) lines.push({ line, cells: row.cells });
    line += text.slice(at, row.end).split("\n").length - (row.end === text.length && text.at(-1) !== "\n" ? 0 : 1);
    at = row.end;
  }
  return { lines };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** From `start` to behind the row's line break; undefined where a quote is left open. */
function readRow(text: string, start: number, separator: string): { cells: string[]; end: number } | undefined {
  const cells: string[] = [];
  let [cell, at, isQuoted] = ["", start, false];
  for (; at < text.length; at += 1) {
    const letter = text[at]!;
    if (isQuoted && letter === '"' && text[at + 1] === '"') ((cell += '"'), (at += 1));
    else if (letter === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (isQuoted) cell += letter;
    else if (letter === "\n") break;
    else if (letter === separator) (cells.push(cell), (cell = ""));
    else cell += letter;
  }
  return isQuoted ? undefined : { cells: [...cells, cell], end: Math.min(at + 1, text.length) };
}
