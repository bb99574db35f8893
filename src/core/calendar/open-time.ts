import { isDayOff, MINUTES_A_DAY, type OpeningHours } from "./opening-hours.ts";
import { momentAt, previousClockChange, wallClockAt } from "./zones.ts";

/**
 * Time while somebody is there. Who has no hours is always there. A time of the day begins when the clock first shows it, or
 * jumps over it: so nothing opens twice where an hour comes twice, and nothing is left out where one is missing.
 */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
/** Whoever does not open within this long has closed for good. */
const MOST_DAYS = 800;

export function isOpenAt(hours: OpeningHours | undefined, at: number): boolean {
  return nextOpening(hours, at) === at;
}

/** The moment itself while it is open; undefined where nothing opens any more. */
export function nextOpening(hours: OpeningHours | undefined, at: number): number | undefined {
  if (hours === undefined) return at;
  for (const { from } of openFrom(hours, at)) return from;
  return undefined;
}

/** How much of it is open time, in milliseconds. */
export function openBetween(hours: OpeningHours | undefined, from: number, to: number): number {
  if (to <= from) return 0;
  if (hours === undefined) return to - from;
  let sum = 0;
  for (const stretch of openFrom(hours, from)) {
    if (stretch.from >= to) break;
    sum += Math.min(stretch.to, to) - stretch.from;
  }
  return sum;
}

/** When so much open time will have gone by; undefined where it never will. */
export function afterOpenTime(hours: OpeningHours | undefined, from: number, milliseconds: number): number | undefined {
  if (hours === undefined || milliseconds <= 0) return from + Math.max(0, milliseconds);
  let left = milliseconds;
  for (const stretch of openFrom(hours, from)) {
    const length = stretch.to - stretch.from;
    if (left <= length) return stretch.from + left;
    left -= length;
  }
  return undefined;
}

/** Ends after so many days without an opening. Costs two looks at the zone's table a stretch, some fifty microseconds. */
function* openFrom(hours: OpeningHours, at: number): Generator<Stretch> {
  const { zone, week } = hours;
  const { year, month, day } = wallClockAt(at, zone);
  const first = Date.UTC(year, month - 1, day) / DAY_MS;
  let idle = 0;
  for (let number = first; idle < MOST_DAYS; number += 1, idle += 1) {
    const spans = week[weekdayOf(number)] ?? [];
    if (spans.length === 0 || isDayOff(dateOf(number), hours)) continue;
    for (const span of spans) {
      const to = momentOn(number, span.to, zone);
      if (to <= at) continue;
      const from = Math.max(at, momentOn(number, span.from, zone));
      // An hour the clock jumps over is none.
      if (from >= to) continue;
      idle = 0;
      yield { from, to };
    }
  }
}

/** Day 0 was a Thursday; Monday is 0 here. */
function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

function dateOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** When the clock first shows this minute of this day, or a later one where it jumps. */
function momentOn(number: number, minute: number, zone: string): number {
  if (minute === MINUTES_A_DAY) return momentOn(number + 1, 0, zone);
  const date = new Date(number * DAY_MS);
  const wall = {
    ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    ...{ hour: Math.floor(minute / 60), minute: minute % 60 },
  };
  const found = momentAt(wall, zone);
  if (found === undefined) throw new RangeError(`no such time: ${JSON.stringify(wall)}`);
  return found.odd === "skipped" ? (previousClockChange(found.at + 1, zone) ?? found.at) : found.at;
}
