import { describe, expect, it } from "vitest";
import {
  dayAfter,
  dayStart,
  isZone,
  momentAt,
  nextClockChange,
  offsetMinutes,
  previousClockChange,
  wallClockAt,
  weekdayAt,
  zoneNamed,
  zoneNames,
} from "./zones.ts";

const BERLIN = "Europe/Berlin";
const LORD_HOWE = "Australia/Lord_Howe";
const utc = (text: string) => Date.parse(`${text}Z`);
const wall = (year: number, month: number, day: number, hour: number, minute = 0) => ({
  ...{ year, month, day, hour, minute },
});

describe("names of zones", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    [" America/New York ", "America/New_York"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["utc", "UTC"],
  ])("%s is %s", (name, zone) => expect(zoneNamed(name)).toBe(zone));

  it.each(["", "Berlin", "+02:00", "Europe/Nowhere", "CEST", "12", "Europe/Berlin; drop"])("%j is none", (name) =>
    expect(isZone(name)).toBe(false),
  );

  it("lists each that it knows", () => {
    expect(zoneNames()).toContain("UTC");
    expect(zoneNames().length).toBeGreaterThan(300);
    expect(zoneNames().filter((name) => !isZone(name))).toEqual([]);
  });
});

describe("a wall clock's time", () => {
  it.each([
    ["summer", wall(2026, 7, 1, 19), BERLIN, "2026-07-01T17:00:00", undefined],
    ["winter", wall(2026, 12, 1, 19), BERLIN, "2026-12-01T18:00:00", undefined],
    ["a time jumped over", wall(2026, 3, 29, 2, 30), BERLIN, "2026-03-29T01:30:00", "skipped"],
    ["a time that comes twice", wall(2026, 10, 25, 2, 30), BERLIN, "2026-10-25T00:30:00", "twice"],
    ["half an hour jumped over", wall(2026, 10, 4, 2, 15), LORD_HOWE, "2026-10-03T15:45:00", "skipped"],
    ["half an hour twice", wall(2026, 4, 5, 1, 45), LORD_HOWE, "2026-04-04T14:45:00", "twice"],
  ])("%s", (_name, clock, zone, expected, odd) => {
    const found = momentAt(clock, zone)!;
    expect([found.at, found.odd]).toEqual([utc(expected), odd]);
  });

  it.each([
    ["31 February", wall(2026, 2, 31, 19)],
    ["29 February of an ordinary year", wall(2026, 2, 29, 19)],
    ["month 13", wall(2026, 13, 1, 19)],
    ["25 o'clock", wall(2026, 1, 1, 25)],
    ["a day 0", wall(2026, 1, 0, 19)],
  ])("%s is none", (_name, clock) => expect(momentAt(clock, BERLIN)).toBeUndefined());

  it("is read back as it was written, wherever nothing is odd", () => {
    for (const zone of [BERLIN, LORD_HOWE, "America/Sao_Paulo", "Asia/Kolkata"])
      for (let day = 1; day <= 28; day += 1)
        expect(wallClockAt(momentAt(wall(2026, 4, day, 20, 15), zone)!.at, zone)).toMatchObject(
          wall(2026, 4, day, 20, 15),
        );
  });
});

describe("days", () => {
  it("begin where the people are, and last as long as their clocks say", () => {
    const spring = utc("2026-03-29T10:00:00");
    expect(dayStart(spring, BERLIN)).toBe(utc("2026-03-28T23:00:00"));
    expect(dayAfter(spring, BERLIN)).toBe(utc("2026-03-29T22:00:00"));
    expect(dayAfter(spring, BERLIN, 7)).toBe(utc("2026-04-04T22:00:00"));
    expect(dayStart(spring, LORD_HOWE)).toBe(utc("2026-03-28T13:00:00"));
  });

  it("have the weekday of their place", () => {
    const at = utc("2026-03-29T22:30:00");
    expect([weekdayAt(at, "UTC"), weekdayAt(at, BERLIN), weekdayAt(at, "America/Los_Angeles")]).toEqual([7, 1, 7]);
  });

  it("know offsets and when clocks change", () => {
    const at = utc("2026-07-01T00:00:00");
    expect([offsetMinutes(at, BERLIN), offsetMinutes(at, LORD_HOWE), offsetMinutes(at, "Asia/Kathmandu")]).toEqual([
      120, 630, 345,
    ]);
    expect(nextClockChange(at, BERLIN)).toBe(utc("2026-10-25T01:00:00"));
    expect(previousClockChange(at, BERLIN)).toBe(utc("2026-03-29T01:00:00"));
    expect(nextClockChange(at, "UTC")).toBeUndefined();
  });
});
