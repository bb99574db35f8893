import { describe, expect, it } from "vitest";
import { type Before, conductAfter, conductWithout, countedOffences } from "./conduct.ts";
import type { Records } from "./records/index.ts";

const AT = 1_790_000_000_000;
type Conduct = Records["conduct"];

/** A member's record after offences of so many points each, one event each. */
function after(...points: readonly number[]): Conduct {
  const start: Before = { conduct: undefined, offences: 0 };
  const end = points.reduce<Before>((before, count, index) => {
    const change = conductAfter("50", before, { eventId: `m:${index}`, at: AT, rule: "no-ads", points: count });
    const conduct = (change as { value: Conduct }).value;
    return { conduct, offences: conduct.warnings };
  }, start);
  return end.conduct!;
}

const without = (conduct: Conduct, eventId: string): Conduct =>
  (conductWithout("50", conduct, eventId) as { value: Conduct }).value;

describe("what a case had counted", () => {
  it.each([
    ["three points of three", after(3), "m:0", 0],
    ["one of two offences", after(3, 2), "m:0", 2],
    ["a rule without points", after(2, 0), "m:1", 2],
    ["what was done by hand and counted nothing", after(2), "a:99", 2],
    ["what is longer ago than is remembered", after(...Array<number>(11).fill(1)), "m:0", 11],
    ["one point of a record from before points were remembered", { warnings: 4, lastAt: AT, lastRule: "x" }, "m:0", 3],
    ["no more than there is", { ...after(5), warnings: 2 }, "m:0", 0],
  ])("is taken back: %s", (_name, conduct, eventId, left) => {
    expect(without(conduct, eventId).warnings).toBe(left);
  });

  it("is taken back once", () => {
    expect(without(without(after(3, 2), "m:0"), "m:0").warnings).toBe(2);
  });
});

it("warnings that never expire: here each fades from day to day, and is gone once the guild forgets", () => {
  const record = after(3);
  const left = [0, 9, 11, 29, 30, 400].map((days) => countedOffences(record, AT + days * 86_400_000, 30));
  expect(left).toEqual([3, 3, 2, 1, 0, 0]);
});
