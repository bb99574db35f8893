import type { AttachedFile } from "#core";
import { calendarText } from "#core/calendar/index";
import type { SentFile } from "../rest.ts";

/** Spreadsheets take an address of a formula for one: what begins like it is put behind a quote. */
const FORMULA = /^[=+\-@\t\r]/;

export function attachedFile(file: AttachedFile): SentFile {
  const made =
    file.attached === "calendar"
      ? { contentType: "text/calendar", text: calendarText(file.name, file.entries) }
      : { contentType: "text/csv", text: tableText(file.rows) };
  const name = file.attached === "calendar" ? "event.ics" : `${file.name}.csv`;
  return { name, contentType: made.contentType, data: Buffer.from(made.text) };
}

function tableText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
