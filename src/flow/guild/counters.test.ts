import fc from "fast-check";
import { expect, test } from "vitest";
import { Counters } from "./counters.ts";

const tally = (key: string, by = 1) => ({ owner: "agent", counter: "seen", key, by });

test("counts what lies within the window, as of the event", () => {
  const counters = new Counters(60);
  counters.add(tally("k"), 1_000);
  counters.add(tally("k", 3), 5_000);
  expect(counters.count("agent", "seen", "k", 10, 11_000)).toBe(3);
  expect(counters.count("agent", "seen", "k", 60, 11_000)).toBe(4);
  expect(counters.count("other", "seen", "k", 60, 11_000)).toBe(0);
});

test("agrees with a plain sum over everything, through sweeps too", () => {
  const additions = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.nat(120_000)), { minLength: 1, maxLength: 50 });
  const property = fc.property(additions, (added) => {
    const counters = new Counters(30);
    const sorted = [...added].sort(([, a], [, b]) => a - b);
    for (const [key, at] of sorted) counters.add(tally(key), at);
    const now = sorted.at(-1)![1];
    for (let index = 0; index < 5_000; index++) counters.add(tally("filler"), now);
    for (const key of ["a", "b"]) {
      const expected = sorted.filter(([name, at]) => name === key && at > now - 30_000).length;
      expect(counters.count("agent", "seen", key, 30, now)).toBe(expected);
    }
  });
  fc.assert(property, { numRuns: 50 });
});
