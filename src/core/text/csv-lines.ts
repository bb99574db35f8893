/** A row, and the number of the line it begins in. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Separated by commas, semicolons or tabs, whichever the first line has; empty rows are left out. `unclosed` is the line of an open quote. */
export function csvLines(text: string): { readonly lines: readonly CsvLine[]; readonly unclosed?: number } {
  return linesOf(text, separatorOf(text));
}

function separatorOf(text: string): string {
  const [head = ""] = text.split("\n", 1);
  const outside = head.replace(/"[^"]*"/g, "");
  return ["\t", ";", ","].find((one) => outside.includes(one)) ?? ",";
}

/** A quote that is never closed ends with its line: the rows behind it are not lost. */
function linesOf(text: string, separator: string): { lines: readonly CsvLine[]; unclosed?: number } {
  const lines: CsvLine[] = [];
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
