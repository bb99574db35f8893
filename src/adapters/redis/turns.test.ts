import { describe, expect, it } from "vitest";
import type { Priority } from "#core";
import { turnsOf } from "./turns.ts";

const [BUSY, CALM] = ["80100000000000001", "80100000000000002"];

describe("turns by number", () => {
  it("puts a guild that asks for much behind one that asks for little, by as many places", () => {
    const place = turnsOf(() => 0);
    expect([1, 2, 3, 4].map(() => place(BUSY, "high"))).toEqual([1, 2, 3, 4]);
    expect([1, 2].map(() => place(CALM, "high"))).toEqual([1, 2]);
  });

  it("never lets a lower lane overtake a higher one, however much was asked for", () => {
    const place = turnsOf(() => 0);
    const last = (priority: Priority): number => {
      for (let asked = 1; asked < 600_000; asked++) place(BUSY, priority);
      return place(BUSY, priority);
    };
    const [high, medium] = [last("high"), last("medium")];
    expect(high).toBeLessThan(place(CALM, "medium"));
    expect(medium).toBeLessThan(place(CALM, "low"));
    expect(last("low")).toBeLessThanOrEqual(2_097_151);
  });

  it("forgives as many a second as one bot may do", () => {
    let now = 0;
    const place = turnsOf(() => now);
    for (let asked = 0; asked < 120; asked++) place(BUSY, "medium");
    const before = place(BUSY, "medium");
    now = 1_000;
    expect(before - place(BUSY, "medium")).toBe(49);
    now = 60_000;
    expect(place(BUSY, "medium")).toBe(500_001);
  });
});
