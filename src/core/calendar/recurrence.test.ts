import ICAL from "ical.js";
import ical from "node-ical";
import { datetime, RRule, rrulestr } from "rrule";
import { describe, expect, it } from "vitest";
import { calendarText } from "./ics.ts";
import { momentAt, wallClockAt } from "./zones.ts";
import { nextOccurrence, occurrencesBetween, REPEATS, ruleOf } from "./recurrence.ts";

/** North and south of the equator, west and east, with half an hour, and with clocks that change by half an hour. */
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Pacific/Auckland",
] as const;
const RULES = [
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
  "FREQ=MONTHLY",
  "FREQ=MONTHLY;BYDAY=-1SU",
  "FREQ=MONTHLY;BYDAY=1SU",
  "FREQ=MONTHLY;BYMONTHDAY=31",
  "FREQ=YEARLY",
  "FREQ=WEEKLY;COUNT=60",
];
/** One in the evening, one in the hour that clocks jump over or show twice nearly everywhere. */
const HOURS = [
  [19, 0],
  [2, 15],
] as const;
const FIRST = { year: 2026, month: 1, day: 1 };
const YEARS = 5;

const clocks = new Map(
  ZONES.map((zone) => [
    zone as string,
    new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    }),
  ]),
);

/** By Intl, and nothing of ours: what offset a zone has. */
function offsetAt(at: number, zone: string): number {
  const parts = clocks.get(zone)!.formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)!.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - at;
}

const known = new Map<string, number>();

function offsetKnown(at: number, zone: string): number {
  const key = `${zone} ${at}`;
  const offset = known.get(key) ?? offsetAt(at, zone);
  known.set(key, offset);
  return offset;
}

/** The moment of a wall clock's time; undefined where clocks jump over it. */
function momentOf(wall: number, zone: string): number | undefined {
  const offsets = [offsetKnown(wall - 86_400_000, zone), offsetKnown(wall + 86_400_000, zone)];
  const fitting = offsets.map((offset) => wall - offset).filter((at) => offsetKnown(at, zone) === wall - at);
  return fitting.length === 0 ? undefined : Math.min(...fitting);
}

/** By another library, in plain wall-clock time, and then by the clocks of the zone. */
function byRrule(rule: string, wall: Date, zone: string, until: number): number[] {
  const all = rrulestr(`RRULE:${rule}`, { dtstart: wall }).between(wall, new Date(until + 86_400_000), true);
  return all.flatMap((date) => momentOf(date.getTime(), zone) ?? []).filter((at) => at <= until);
}

describe.each(ZONES)("recurrences in %s over five years", (zone) => {
  it.each(RULES)("%s is what another library says", (rule) => {
    for (const [hour, minute] of HOURS) {
      const wall = datetime(FIRST.year, FIRST.month, rule.includes("31") ? 31 : FIRST.day, hour, minute);
      const first = RRule.fromString(`RRULE:${rule}`).options.byweekday === null ? wall : firstOf(rule, wall);
      const firstAt = momentOf(first.getTime(), zone)!;
      const until = firstAt + YEARS * 366 * 86_400_000;
      const expected = byRrule(rule, first, zone, until);
      expect(expected.length).toBeGreaterThan(4);
      expect(occurrencesBetween({ rule, firstAt, zone }, firstAt, until)).toEqual(expected);
    }
  });
});

/** A rule counts from a date of its own. */
function firstOf(rule: string, wall: Date): Date {
  return rrulestr(`RRULE:${rule}`, { dtstart: wall }).after(wall, true)!;
}

describe.each(ZONES)("a calendar file of %s", (zone) => {
  const firstAt = momentAt({ year: 2026, month: 1, day: 4, hour: 19, minute: 30 }, zone)!.at;
  const entry = {
    ...{ uid: "1@guildhall", title: "Owls; a, b\\c", about: "Line one\nBEGIN:VEVENT", place: "Stage" },
    ...{ startsAt: firstAt, endsAt: firstAt + 5_400_000, zone, rule: "FREQ=WEEKLY", sequence: 0, changedAt: firstAt },
  };
  const expected = occurrencesBetween({ rule: entry.rule, firstAt, zone }, firstAt, firstAt + YEARS * 365 * 86_400_000);

  it("tells ical.js the same moments, by the clocks it brings along", () => {
    const calendar = new ICAL.Component(ICAL.parse(calendarText("Owls", [entry])) as unknown[]);
    const events = calendar.getAllSubcomponents("vevent");
    expect(events).toHaveLength(1);
    const own = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone")!);
    expect(own.tzid).toBe(zone);
    const event = new ICAL.Event(events[0]!);
    expect([event.summary, event.description, event.location]).toEqual([entry.title, entry.about, entry.place]);
    const dates = event.iterator();
    const found = expected.map(() => {
      const next = dates.next();
      next.zone = own;
      return next.toJSDate().getTime();
    });
    expect(found).toEqual(expected);
  });

  it("opens in node-ical", () => {
    const skipped = [expected[3]!];
    const text = calendarText("Owls", [{ ...entry, skipped }]);
    const event = Object.values(ical.sync.parseICS(text)).find((one) => one?.type === "VEVENT") as ical.VEvent;
    expect([event.summary, event.start.getTime(), event.end!.getTime()]).toEqual([entry.title, firstAt, entry.endsAt]);
    expect(event.rrule!.between(new Date(firstAt), new Date(expected[9]!), true)).toHaveLength(10);
    expect(Object.values(event.exdate ?? {}).map((date) => (date as Date).getTime())).toContain(skipped[0]);
  });
});

describe("a calendar file", () => {
  const entry = {
    ...{ uid: "2@guildhall", title: "Ü".repeat(80), startsAt: 0, endsAt: 3_600_000, zone: "UTC" },
    ...{ sequence: 3, changedAt: 0, cancelled: true as const, replaces: 7_200_000 },
  };

  it("keeps its lines within 75 bytes and tears no character", () => {
    const lines = calendarText("Owls", [entry]).split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(lines.join("\r\n")) as unknown[]).getFirstSubcomponent("vevent")!,
    );
    expect(event.summary).toBe(entry.title);
  });

  it("names no zone for UTC, and says what it replaces and that it is off", () => {
    const text = calendarText("Owls", [entry]);
    expect(text).not.toContain("VTIMEZONE");
    expect(text).toContain("\r\nRECURRENCE-ID:19700101T020000Z\r\n");
    expect(text).toContain("\r\nSTATUS:CANCELLED\r\n");
  });

  it("is the same twice, and a file without entries is one all the same", () => {
    expect(calendarText("Owls", [entry])).toBe(calendarText("Owls", [entry]));
    expect(() => ICAL.parse(calendarText("Owls", [])) as unknown).not.toThrow();
  });
});

describe("a rule somebody wrote", () => {
  const zone = "Europe/Berlin";
  /** A Friday, the last of its month. */
  const firstAt = momentAt({ year: 2026, month: 11, day: 27, hour: 19, minute: 0 }, zone)!.at;

  it.each([
    ["weekly", "FREQ=WEEKLY"],
    ["Fortnightly", "FREQ=WEEKLY;INTERVAL=2"],
    ["weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
    ["monthly-weekday", "FREQ=MONTHLY;BYDAY=-1FR"],
    ["rrule:freq=weekly;byday=fr", "FREQ=WEEKLY;BYDAY=FR"],
    ["FREQ=WEEKLY;UNTIL=20270101", "FREQ=WEEKLY;UNTIL=20270101T225959Z"],
    ["FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1"],
  ])("%s is %s", (said, rule) => expect(ruleOf(said, firstAt, zone)).toEqual({ rule }));

  it.each([
    ["whenever we like", "unknown"],
    ["", "unknown"],
    ["FREQ=WEEKLY;FREQ=DAILY", "unknown"],
    ["FREQ=WEEKLY;BYDAY=XX", "unknown"],
    ["FREQ=WEEKLY;INTERVAL=0", "unknown"],
    ["FREQ=WEEKLY;COUNT=3;X-EVIL=1", "unknown"],
    ["FREQ=WEEKLY;UNTIL=20270231", "unknown"],
    ["FREQ=FORTNIGHTLY", "unknown"],
    ["FREQ=HOURLY", "too-often"],
    ["FREQ=DAILY;BYHOUR=1,2,3", "too-often"],
    ["FREQ=WEEKLY;BYDAY=MO", "unfit"],
    ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "never"],
    ["FREQ=WEEKLY;COUNT=1", "never"],
    ["FREQ=WEEKLY;UNTIL=20261128", "never"],
  ])("%j is refused: %s", (said, mistake) => expect(ruleOf(said, firstAt, zone)).toEqual({ mistake }));

  it("is one of the rule's own dates and has a next one, whichever word is chosen", () => {
    for (const repeat of REPEATS) {
      const found = ruleOf(repeat, firstAt, zone);
      expect(found, repeat).toHaveProperty("rule");
      const next = nextOccurrence({ rule: (found as { rule: string }).rule, firstAt, zone }, firstAt)!;
      expect(next, repeat).toBeGreaterThan(firstAt);
      expect(wallClockAt(next, zone).hour, repeat).toBe(19);
    }
  });

  it("keeps its hour over a change of clocks", () => {
    const march = momentAt({ year: 2027, month: 3, day: 26, hour: 19, minute: 0 }, zone)!.at;
    const next = nextOccurrence({ rule: "FREQ=WEEKLY", firstAt: march, zone }, march)!;
    expect(next - march).toBe((7 * 24 - 1) * 3_600_000);
  });
});
