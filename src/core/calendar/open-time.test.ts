import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterOpenTime, isOpenAt, nextOpening, openBetween } from "./open-time.ts";
import { openingHours, openingHoursSchema } from "./opening-hours.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"] as const;
const utc = (text: string) => Date.parse(`${text}Z`);
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const hoursOf = (zone: string, week: Partial<Record<(typeof DAYS)[number], string[]>>, closed: string[] = []) =>
  openingHours(openingHoursSchema.parse({ zone, week, closed }));
const daily = (...spans: string[]) => Object.fromEntries(DAYS.map((day) => [day, spans]));
const office = (zone: string, closed: string[] = []) =>
  hoursOf(zone, { mon: ["09:00-17:00"], tue: ["09:00-17:00"], fri: ["09:00-12:00", "13:00-17:00"] }, closed);

describe("the next opening", () => {
  it.each([
    ["now, while it is open", "Europe/Berlin", "2026-03-02T10:00", "2026-03-02T10:00"],
    ["at once, when it opens", "Europe/Berlin", "2026-03-02T08:00", "2026-03-02T08:00"],
    ["in the morning", "Europe/Berlin", "2026-03-02T05:00", "2026-03-02T08:00"],
    ["the day after, from the moment it closes", "Europe/Berlin", "2026-03-02T16:00", "2026-03-03T08:00"],
    ["after the pause", "Europe/Berlin", "2026-03-06T11:30", "2026-03-06T12:00"],
    [
      "after the weekend, an hour earlier by UTC since the clocks changed",
      "Europe/Berlin",
      "2026-03-27T20:00",
      "2026-03-30T07:00",
    ],
    [
      "after the weekend, an hour later since they changed back",
      "America/New_York",
      "2026-10-30T22:00",
      "2026-11-02T14:00",
    ],
    ["after the weekend, by half an hour", "Australia/Lord_Howe", "2026-04-03T10:00", "2026-04-05T22:30"],
  ])("is %s", (_name, zone, at, expected) =>
    expect(new Date(nextOpening(office(zone), utc(at))!).toISOString()).toBe(`${expected}:00.000Z`),
  );

  it.each([
    ["a date", ["2026-12-25"], "2026-12-25T10:00", "2026-12-28T08:00"],
    ["a date of another year", ["2025-12-25"], "2026-12-25T10:00", "2026-12-25T10:00"],
    ["of every year, past its end", ["12-24..01-01"], "2026-12-25T10:00", "2027-01-04T08:00"],
    ["from one date to another, both closed", ["2026-08-03..2026-08-04"], "2026-08-02T10:00", "2026-08-07T07:00"],
    ["a 29 February, in an ordinary year", ["02-29"], "2027-03-01T10:00", "2027-03-01T10:00"],
  ])("leaves out days off: %s", (_name, closed, at, expected) =>
    expect(new Date(nextOpening(office("Europe/Berlin", closed), utc(at))!).toISOString()).toBe(`${expected}:00.000Z`),
  );

  it("is never, where every day is off", () => {
    const hours = office("Europe/Berlin", ["01-01..12-31"]);
    expect(nextOpening(hours, utc("2026-03-02T10:00"))).toBeUndefined();
    expect(afterOpenTime(hours, utc("2026-03-02T10:00"), 1)).toBeUndefined();
    expect(openBetween(hours, utc("2026-03-02T10:00"), utc("2027-03-02T10:00"))).toBe(0);
  });

  it("is always, for whoever has no hours", () => {
    const at = utc("2026-03-02T03:00");
    expect([nextOpening(undefined, at), openBetween(undefined, at, at + 5)]).toEqual([at, 5]);
    expect(afterOpenTime(undefined, at, HOUR)).toBe(at + HOUR);
  });
});

describe("hours past midnight", () => {
  const late = hoursOf("Europe/Berlin", { fri: ["22:00-02:00"] }, ["2026-05-02"]);
  it("belong to both days, and a day off closes its own part of them", () => {
    expect(openBetween(late, utc("2026-05-07T12:00"), utc("2026-05-10T12:00"))).toBe(4 * HOUR);
    expect(openBetween(late, utc("2026-04-30T12:00"), utc("2026-05-03T12:00"))).toBe(2 * HOUR);
  });
  it("and all day is without a seam", () => {
    const always = hoursOf("Europe/Berlin", daily("00:00-24:00"));
    const at = utc("2026-03-28T12:00");
    expect(openBetween(always, at, at + 2 * DAY)).toBe(2 * DAY);
    expect(afterOpenTime(always, at, 30 * HOUR)).toBe(at + 30 * HOUR);
  });
});

describe("where clocks change", () => {
  it.each([
    // Opened while the clock jumps: from the jump on.
    ["Europe/Berlin", "02:30-05:00", "2026-03-29", 2],
    ["Europe/Berlin", "01:00-02:30", "2026-03-29", 1],
    ["Europe/Berlin", "02:10-02:50", "2026-03-29", 0],
    // Twice: until the first time it shows the end, or from the first time it shows the beginning.
    ["Europe/Berlin", "01:00-02:30", "2026-10-25", 1.5],
    ["Europe/Berlin", "02:30-05:00", "2026-10-25", 3.5],
    ["America/New_York", "00:00-06:00", "2026-03-08", 5],
    ["America/New_York", "00:00-06:00", "2026-11-01", 7],
    ["Australia/Lord_Howe", "00:00-06:00", "2026-10-04", 5.5],
    ["Australia/Lord_Howe", "00:00-06:00", "2026-04-05", 6.5],
  ])("%s, %s on %s is %d hours", (zone, span, date, expected) => {
    const noon = utc(`${date}T12:00`);
    const hours = hoursOf(zone, { sun: [span] });
    expect(openBetween(hours, noon - 1.5 * DAY, noon + 1.5 * DAY)).toBe(expected * HOUR);
  });

  it.each(ZONES)("a year in %s has all its hours, and those by day as many as it has days", (zone) => {
    const from = nextOpening(hoursOf(zone, daily("00:00-24:00"), ["12-31"]), utc("2025-12-31T12:00"))!;
    const to = nextOpening(hoursOf(zone, daily("00:00-24:00"), ["12-31"]), utc("2026-12-31T12:00"))!;
    expect(to - from).toBe(365 * DAY);
    expect(openBetween(hoursOf(zone, daily("09:00-17:00")), from, to)).toBe(365 * 8 * HOUR);
    expect(openBetween(hoursOf(zone, daily("00:00-24:00")), from, to)).toBe(365 * DAY);
  });
});

describe("for any hours", () => {
  const time = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 1_439 }))
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => `${time(from)}-${time(to)}`);
  const week = fc
    .record(Object.fromEntries(DAYS.map((day) => [day, fc.array(span, { maxLength: 3 })])))
    .filter((days) => Object.values(days).some((spans) => spans.length > 0));
  const off = fc.subarray(["2026-04-05", "10-25", "12-24..01-02", "2026-07-01..2026-07-20"]);
  const hours = fc
    .tuple(fc.constantFrom(...ZONES), week, off)
    .map(([zone, days, closed]) => ({ zone, days, compiled: hoursOf(zone, days, closed), closed }));
  const year = utc("2026-01-01T00:00");
  const moment = fc.integer({ min: 0, max: 365 * DAY }).map((since) => year + since);
  const shortly = fc.integer({ min: 0, max: 20 * DAY });

  it("time adds up, and never runs backwards or faster than the clock", () => {
    fc.assert(
      fc.property(hours, moment, shortly, shortly, ({ compiled }, at, first, second) => {
        const [early, late] = [at + first, at + first + second];
        const parts = [openBetween(compiled, at, early), openBetween(compiled, early, late)];
        expect(parts[0]! + parts[1]!).toBe(openBetween(compiled, at, late));
        for (const [index, length] of [first, second].entries()) {
          expect(parts[index]).toBeGreaterThanOrEqual(0);
          expect(parts[index]).toBeLessThanOrEqual(length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("the next opening is not in the past, it is open then, and nothing is open before", () => {
    fc.assert(
      fc.property(hours, moment, ({ compiled }, at) => {
        const next = nextOpening(compiled, at)!;
        expect(next).toBeGreaterThanOrEqual(at);
        expect(isOpenAt(compiled, next)).toBe(true);
        expect(openBetween(compiled, at, next)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it("waiting for so much open time takes exactly so much of it", () => {
    fc.assert(
      fc.property(hours, moment, fc.integer({ min: 1, max: 30 * HOUR }), ({ compiled }, at, wanted) => {
        const then = afterOpenTime(compiled, at, wanted)!;
        expect(openBetween(compiled, at, then)).toBe(wanted);
        expect(openBetween(compiled, at, then - 1)).toBe(wanted - 1);
      }),
      { numRuns: 100 },
    );
  });

  it("is open exactly when a clock on the wall, asked of somebody else, says so", () => {
    const changes = { "Europe/Berlin": ["2026-03-29T01:00", "2026-10-25T01:00"] } as Record<string, string[]>;
    changes["America/New_York"] = ["2026-03-08T07:00", "2026-11-01T06:00"];
    changes["Australia/Lord_Howe"] = ["2026-04-04T15:00", "2026-10-03T15:30"];
    fc.assert(
      fc.property(hours, moment, ({ zone, days, compiled, closed }, at) => {
        fc.pre(changes[zone]!.every((change) => Math.abs(utc(change) - at) > 2 * HOUR));
        expect(isOpenAt(compiled, at)).toBe(wallSays(zone, days, closed, at));
      }),
      { numRuns: 400 },
    );
  });

  /** By `Intl` and string comparison, minute by minute as it is written in the settings. */
  function wallSays(zone: string, days: Record<string, string[]>, closed: readonly string[], at: number): boolean {
    const parts = new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    const [date = "", clock = ""] = parts.format(at).split(" ");
    const index = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
    const month = date.slice(5);
    const isOff =
      (closed.includes("2026-04-05") && date === "2026-04-05") ||
      (closed.includes("10-25") && month === "10-25") ||
      (closed.includes("12-24..01-02") && (month >= "12-24" || month <= "01-02")) ||
      (closed.includes("2026-07-01..2026-07-20") && date >= "2026-07-01" && date <= "2026-07-20");
    if (isOff) return false;
    const today = (days[DAYS[index]!] ?? []).map((text) => text.split("-"));
    const yesterday = (days[DAYS[(index + 6) % 7]!] ?? []).map((text) => text.split("-"));
    return (
      today.some(([from = "", to = ""]) => (from < to ? from <= clock && clock < to : from <= clock)) ||
      yesterday.some(([from = "", to = ""]) => to < from && clock < to)
    );
  }
});

describe("settings", () => {
  const week = { mon: ["09:00-17:00"] };
  it.each<[string, object, RegExp]>([
    ["a zone nobody knows", { zone: "Berlin", week }, /time zone by the name of its city/],
    ["an hour no clock has", { zone: "UTC", week: { mon: ["9-25"] } }, /hours such as 09:00-17:30/],
    ["hours that are none", { zone: "UTC", week: { mon: ["09:00-09:00"] } }, /begin and end at different times/],
    ["no hours at all", { zone: "UTC", week: {} }, /some day with hours/],
    ["a day that is none", { zone: "UTC", week: { ...week, mo: [] } }, /mo/],
    ["31 February", { zone: "UTC", week, closed: ["02-31"] }, /dates that exist/],
    ["29 February of an ordinary year", { zone: "UTC", week, closed: ["2026-02-29"] }, /dates that exist/],
    ["a range backwards", { zone: "UTC", week, closed: ["2026-08-09..2026-08-01"] }, /the first not after the last/],
    ["half of it with a year", { zone: "UTC", week, closed: ["2026-08-09..08-11"] }, /both with a year/],
    ["a date in another order", { zone: "UTC", week, closed: ["24.12."] }, /a date such as 2026-12-24/],
  ])("%s is refused in one line", (_name, settings, expected) =>
    expect(
      openingHoursSchema
        .safeParse(settings)
        .error?.issues.map(({ message }) => message)
        .join("\n"),
    ).toMatch(expected),
  );
  it("29 February of every year is a date", () =>
    expect(openingHoursSchema.safeParse({ zone: "UTC", week, closed: ["02-29"] }).success).toBe(true));
});
