import { bold, clean, type Terminal } from "./terminal.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** May be cut where the terminal is too narrow; others keep their width. */
  readonly shrinks?: boolean;
  readonly right?: boolean;
}

const GAP = 2;
const NARROWEST = 8;

/** Rows under a heading, cut to the terminal's width. */
export function table<Row>(terminal: Terminal, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => clean(column.cell(row))));
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((line) => widthOf(line[index] ?? ""))),
  );
  const fitted = fit(widths, columns, terminal.columns);
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => pad(cut(text, fitted[index] ?? 0), fitted[index] ?? 0, columns[index]?.right ?? false))
      .join(" ".repeat(GAP))
      .trimEnd();
  const heading = bold(terminal, line(columns.map(({ title }) => title)));
  return [heading, ...cells.map(line)].map((text) => `${text}\n`).join("");
}

/** Takes what is too much from the widest columns that may shrink. */
function fit<Row>(widths: readonly number[], columns: readonly Column<Row>[], room: number): number[] {
  const fitted = [...widths];
  let excess = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1)) - room;
  while (excess > 0) {
    const candidates = fitted.map((width, index) =>
      columns[index]?.shrinks === true && width > NARROWEST ? width : 0,
    );
    const widest = candidates.indexOf(Math.max(...candidates));
    if ((candidates[widest] ?? 0) === 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
    excess -= 1;
  }
  return fitted;
}

/** Two columns for what East Asian fonts and emoji draw twice as wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  return width;
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}
