import { describe, expect, it } from "vitest";
import { limitReached, monthOf, type Standing } from "./limits.ts";
import { costOf } from "./prices.ts";

const free = { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 };
const none = { calls: 0, microdollars: 0 };
const standing = (rest: { plan?: Partial<Standing["plan"]>; guild?: Partial<Standing["guild"]> }): Standing => ({
  plan: {
    limits: { servers: -1, members: -1, callsPerMonth: -1 },
    serversBefore: 0,
    members: 0,
    calls: 0,
    ...rest.plan,
  },
  guild: { limits: free, today: none, month: none, ...rest.guild },
});
const starter = { servers: 1, members: 5_000, callsPerMonth: 10_000 };

describe("limits", () => {
  it.each([
    ["nothing is limited", standing({ plan: { serversBefore: 99, members: 9e9, calls: 9e9 } }), undefined],
    ["the first server of one", standing({ plan: { limits: starter } }), undefined],
    ["the second server of one", standing({ plan: { limits: starter, serversBefore: 1 } }), "plan.servers"],
    ["as many members as allowed", standing({ plan: { limits: starter, members: 5_000 } }), undefined],
    ["one member too many", standing({ plan: { limits: starter, members: 5_001 } }), "plan.members"],
    ["the last call", standing({ plan: { limits: starter, calls: 9_999 } }), undefined],
    ["no call left", standing({ plan: { limits: starter, calls: 10_000 } }), "plan.callsPerMonth"],
    ["nothing allowed", standing({ guild: { limits: { ...free, dollarsPerDay: 0 } } }), "budget.dollarsPerDay"],
    [
      "a cent left of the month",
      standing({ guild: { limits: { ...free, dollarsPerMonth: 2 }, month: { calls: 1, microdollars: 1_990_000 } } }),
      undefined,
    ],
    [
      "the month's money is spent",
      standing({ guild: { limits: { ...free, dollarsPerMonth: 2 }, month: { calls: 1, microdollars: 2_000_000 } } }),
      "budget.dollarsPerMonth",
    ],
  ])("%s", (_name, given, expected) => expect(limitReached(given)).toBe(expected));

  it("a month is the calendar's, in UTC", () => {
    expect(monthOf(Date.UTC(2026, 1, 28, 23, 59))).toEqual({
      from: Date.UTC(2026, 1),
      to: Date.UTC(2026, 2),
      name: "2026-02",
    });
  });
});

describe("prices", () => {
  const prices = { "openai:gpt-5": { in: 1.25, out: 10 }, "openai:gpt-5-mini": { in: 0.25, out: 2 } };
  it.each([
    ["openai:gpt-5-mini", 1_000, 100, 450],
    ["openai:gpt-5-mini-2025-08-07", 1_000, 100, 450],
    ["openai:gpt-5", 1_000, 100, 2_250],
    ["openai:gpt-5-mini", 1, 0, 1],
    ["ollama:llama3.2", 1_000, 1_000, 0],
  ])("%s, %i in and %i out: %i", (model, tokensIn, tokensOut, expected) =>
    expect(costOf(model, tokensIn, tokensOut, prices)).toBe(expected),
  );
});
