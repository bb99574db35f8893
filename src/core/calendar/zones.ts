import { Temporal } from "temporal-polyfill";

/** What a clock on the wall shows: no zone, no offset. Months and weekdays count from 1; Monday is 1, Sunday 7. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export interface WallClockOn extends WallClock {
  readonly second: number;
  readonly weekday: number;
}

/** A moment for a wall clock's time, and what was odd about that time where clocks are put forward or back. */
export interface MomentFound {
  readonly at: number;
  /**
   * *skipped* the clocks jump over it: taken is as much later as they jump · *twice* it comes twice: taken is the first.
   */
  readonly odd?: "skipped" | "twice";
}

/** Names of cities, and UTC. Mere offsets know nothing of summer and are no zones here. */
const NAME = /^(?:UTC|GMT|[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){1,2})$/i;

/** A zone's name as the tables spell it, whichever letters are large; undefined for what is none. */
export function zoneNamed(name: string): string | undefined {
  const trimmed = name.trim().replaceAll(" ", "_");
  if (!NAME.test(trimmed)) return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, trimmed).timeZoneId;
  } catch {
    return undefined;
  }
}

export function isZone(name: string): boolean {
  return zoneNamed(name) !== undefined;
}

let names: readonly string[] | undefined;

/** All zones by name, sorted, UTC among them. */
export function zoneNames(): readonly string[] {
  names ??= [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
  return names;
}

/** What the wall's clock shows in a zone at a moment. */
export function wallClockAt(at: number, zone: string): WallClockOn {
  const { year, month, day, hour, minute, second, dayOfWeek: weekday } = zoned(at, zone);
  return { year, month, day, hour, minute, second, weekday };
}

/** Undefined for a date no calendar has (31 February), or an hour no clock has. */
export function momentAt(wall: WallClock, zone: string): MomentFound | undefined {
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from({ ...wall }, { overflow: "reject" });
  } catch {
    return undefined;
  }
  const first = plain.toZonedDateTime(zone, { disambiguation: "earlier" });
  const last = plain.toZonedDateTime(zone, { disambiguation: "later" });
  const at = plain.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
  if (first.epochMilliseconds === last.epochMilliseconds) return { at };
  return { at, odd: first.toPlainDateTime().equals(plain) ? "twice" : "skipped" };
}

/** From 1, Monday, to 7, Sunday, where the zone's people are. */
export function weekdayAt(at: number, zone: string): number {
  return zoned(at, zone).dayOfWeek;
}

/** The first moment of the day, which is not everywhere and always midnight. */
export function dayStart(at: number, zone: string): number {
  return zoned(at, zone).startOfDay().epochMilliseconds;
}

/** The first moment of the day after, so many days later: days are 23 to 25 hours long. */
export function dayAfter(at: number, zone: string, days = 1): number {
  return zoned(at, zone).add({ days }).startOfDay().epochMilliseconds;
}

/** How far the zone's clocks are ahead of UTC at a moment, in minutes. */
export function offsetMinutes(at: number, zone: string): number {
  return zoned(at, zone).offsetNanoseconds / 60_000_000_000;
}

/** The next moment at which the zone's clocks change, if they do again. */
export function nextClockChange(at: number, zone: string): number | undefined {
  return zoned(at, zone).getTimeZoneTransition("next")?.epochMilliseconds;
}

export function previousClockChange(at: number, zone: string): number | undefined {
  return zoned(at, zone).getTimeZoneTransition("previous")?.epochMilliseconds;
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
