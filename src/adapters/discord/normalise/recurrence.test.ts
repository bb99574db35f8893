import { describe, expect, it } from "vitest";
import { ruleOf } from "#core/calendar/recurrence";
import { ruleFrom } from "./recurrence.ts";

const none = { by_weekday: null, by_n_weekday: null, by_month: null, by_month_day: null, by_year_day: null };
const start = "2026-12-24T19:00:00+00:00";

describe("a rule of Discord's", () => {
  it.each([
    ["every week", { frequency: 2 }, "FREQ=WEEKLY"],
    ["every other Thursday", { frequency: 2, interval: 2, by_weekday: [3] }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"],
    ["Monday to Friday", { frequency: 3, by_weekday: [0, 1, 2, 3, 4] }, "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"],
    ["the fourth Thursday", { frequency: 1, by_n_weekday: [{ n: 4, day: 3 }] }, "FREQ=MONTHLY;BYDAY=4TH"],
    ["Christmas Eve", { frequency: 0, by_month: [12], by_month_day: [24] }, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"],
    ["three times", { frequency: 3, count: 3 }, "FREQ=DAILY;COUNT=3"],
    ["until then", { frequency: 3, end: "2027-01-02T19:00:00+00:00" }, "FREQ=DAILY;UNTIL=20270102T190000Z"],
  ])("%s", (_what, rule, expected) => {
    const text = ruleFrom({ ...none, start, end: null, interval: 1, count: null, ...rule });
    expect(text).toBe(expected);
    // In words that our own calendars read, too.
    expect(ruleOf(text!, Date.parse(start), "UTC")).toEqual({ rule: expected });
  });

  it.each([
    ["nothing", null],
    ["no object", "weekly"],
    ["no frequency", { ...none, start }],
    ["a frequency that is none", { frequency: 9 }],
  ])("%s is none", (_what, data) => expect(ruleFrom(data)).toBeUndefined());

  it("leaves out what is no number of its kind", () => {
    const odd = {
      frequency: 1,
      interval: 0,
      by_weekday: [9, "1"],
      by_month: [13, 1.5],
      by_n_weekday: [7, { n: 6, day: 1 }],
    };
    expect(ruleFrom({ ...odd, by_month_day: {}, count: -1, end: "soon" })).toBe("FREQ=MONTHLY;BYDAY=TU");
  });
});
