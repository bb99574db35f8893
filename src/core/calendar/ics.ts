import { zoneText } from "./vtimezone.ts";
import { wallClockAt } from "./zones.ts";

/** One date, or one series of them, as calendars take it. */
export interface CalendarEntry {
  /** The same for a series and for each of its dates that was moved. */
  readonly uid: string;
  readonly title: string;
  readonly about?: string;
  readonly place?: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly zone: string;
  /** An RRULE without its first word; it counts from `startsAt`. */
  readonly rule?: string;
  /** Slots of the rule that are left out. */
  readonly skipped?: readonly number[];
  /** The slot of a series that this takes the place of. */
  readonly replaces?: number;
  readonly cancelled?: true;
  readonly sequence: number;
  readonly changedAt: number;
}

const LONGEST_LINE = 75;

/** A whole file (RFC 5545) with the zones it needs. The same entries make the same file. */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guildhall//Calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"],
    ...[`NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`],
    ...["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"],
    ...zonesOf(entries),
    ...entries.flatMap(entryLines),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function zonesOf(entries: readonly CalendarEntry[]): readonly string[] {
  const zones = new Set(entries.map(({ zone }) => zone).filter((zone) => zone !== "UTC"));
  return [...zones].sort().flatMap((zone) => {
    const own = entries.filter((entry) => entry.zone === zone);
    const from = Math.min(...own.map(({ startsAt, replaces }) => Math.min(startsAt, replaces ?? startsAt)));
    const to = Math.max(...own.map(({ endsAt, replaces }) => Math.max(endsAt, replaces ?? endsAt)));
    return zoneText(
      zone,
      from,
      to,
      own.some(({ rule }) => rule !== undefined),
    );
  });
}

function entryLines(entry: CalendarEntry): readonly string[] {
  const { uid, title, about, place, startsAt, endsAt, zone, rule, skipped = [], replaces, cancelled } = entry;
  const time = (name: string, at: number): string =>
    zone === "UTC" ? `${name}:${utcTime(at)}` : `${name};TZID=${zone}:${localTime(at, zone)}`;
  return [
    ...["BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${utcTime(entry.changedAt)}`, `SEQUENCE:${entry.sequence}`],
    ...(replaces === undefined ? [] : [time("RECURRENCE-ID", replaces)]),
    ...[time("DTSTART", startsAt), time("DTEND", endsAt)],
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    ...skipped.map((slot) => time("EXDATE", slot)),
    `SUMMARY:${escaped(title)}`,
    ...(about === undefined ? [] : [`DESCRIPTION:${escaped(about)}`]),
    ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
    `STATUS:${cancelled === true ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
  ];
}

export function utcTime(at: number): string {
  return `${localTime(at, "UTC")}Z`;
}

export function localTime(at: number, zone: string): string {
  const { year, month, day, hour, minute, second } = wallClockAt(at, zone);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}${two(month)}${two(day)}T${two(hour)}${two(minute)}${two(second)}`;
}

/** What members wrote must not become a line of the file's own. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(";", "\\;")
    .replaceAll(",", "\\,")
    .replaceAll(/\r\n|\r|\n/g, "\\n")
    .replaceAll(/\p{Cc}/gu, "");
}

/** Lines hold 75 bytes; a character is never torn. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const character of line) {
    const size = bytesOf(character);
    if (bytes + size > LONGEST_LINE) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join("\r\n");
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x80) return 1;
  if (code < 0x8_00) return 2;
  return code < 0x1_00_00 ? 3 : 4;
}
