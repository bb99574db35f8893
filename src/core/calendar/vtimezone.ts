import { nextClockChange, offsetMinutes } from "./zones.ts";

const DAY = 86_400_000;
/** A series without an end is told this far ahead; whoever subscribes gets the rest with the next look. */
const AHEAD = 10 * 366 * DAY;

/**
 * How a zone's clocks are set between two moments, for calendars that do not know it. Each change is named, rather than a
 * rule for changes: laws about clocks change more often than files are made.
 */
export function zoneText(zone: string, from: number, to: number, isSeries: boolean): readonly string[] {
  const begin = from - 366 * DAY;
  const changes = changesOf(zone, begin, (isSeries ? Math.max(to, from) + AHEAD : to) + DAY);
  const first = offsetMinutes(begin, zone);
  return [
    ...["BEGIN:VTIMEZONE", `TZID:${zone}`],
    ...observance("STANDARD", first, first, [begin]),
    ...[...changes.values()].flatMap(({ before, after, at }) =>
      observance(after > before ? "DAYLIGHT" : "STANDARD", before, after, at),
    ),
    "END:VTIMEZONE",
  ];
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly at: number[];
}

/** Changes of one kind stand together: there are two kinds in most zones. */
function changesOf(zone: string, from: number, to: number): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  let at = nextClockChange(from, zone);
  while (at !== undefined && at <= to) {
    const before = offsetMinutes(at - 1, zone);
    const after = offsetMinutes(at, zone);
    const key = `${before}/${after}`;
    const known = changes.get(key) ?? { before, after, at: [] };
    known.at.push(at);
    if (before !== after) changes.set(key, known);
    at = nextClockChange(at, zone);
  }
  return changes;
}

/** One date a line: some calendars read the first of a line only. */
function observance(name: "STANDARD" | "DAYLIGHT", before: number, after: number, at: readonly number[]): string[] {
  const times = at.map((moment) => wallTime(moment, before));
  return [
    ...[`BEGIN:${name}`, `DTSTART:${times[0]!}`, `TZOFFSETFROM:${offset(before)}`, `TZOFFSETTO:${offset(after)}`],
    ...times.slice(1).map((time) => `RDATE:${time}`),
    `END:${name}`,
  ];
}

/** What the clock shows that has not been changed yet. */
function wallTime(at: number, offsetBefore: number): string {
  const iso = new Date(at + offsetBefore * 60_000).toISOString();
  return iso.slice(0, 19).replaceAll(/[-:]/g, "");
}

function offset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(Math.floor(size % 60))}`;
}
