import { type CsvLine, csvLines } from "../text/csv-lines.ts";
import type { FoundPassage, RowMistake } from "./rows.ts";

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
  const { lines, unclosed } = csvLines(text);
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

function passageOf({ line, cells }: CsvLine, columns: Columns): FoundPassage | RowMistake {
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
