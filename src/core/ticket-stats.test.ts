import { describe, expect, it } from "vitest";
import { figuresOf, ticketStats, type TicketFigures } from "./ticket-stats.ts";
import type { Ticket } from "./tickets.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
const START = 20_000 * DAY;
let number = 0;
const one = (facts: Partial<TicketFigures> = {}): TicketFigures => ({
  ...{ number: ++number, typeId: "help", at: START + 1, ...facts },
});
const ticket: Ticket = {
  ...{ number: 1, status: "closed", typeId: "help", userId: "50", name: "ada", said: { title: "", text: "" } },
  ...{ parentId: "20", at: START, priority: "normal", waitsFor: "staff", lastAt: START, reminders: 0 },
  ...{ answeredAt: START + 5, closed: { at: START + 9, how: "asked", byUserId: "60" } },
};

describe("what is counted of a ticket", () => {
  it.each<readonly [string, Partial<Ticket>, object | undefined]>([
    ["closed by staff", {}, { staffId: "60", answeredAt: START + 5, closedAt: START + 9 }],
    ["claimed by one and closed by another", { claimedBy: "61" }, { staffId: "61" }],
    ["rated", { feedback: { stars: 4, text: "fine", at: START + 10 } }, { stars: 4 }],
    [
      "with promises",
      { clock: { askedAt: 0, spent: 0, told: [], answerKept: true, solveKept: false } },
      { answerKept: true, solveKept: false },
    ],
    ["that never came to be", { status: "failed" }, undefined],
    ["that went on in another", { closed: { at: START, how: "merged", into: 2 } }, undefined],
  ])("%s", (_name, changes, expected) => {
    const figures = figuresOf({ ...ticket, ...changes });
    if (expected === undefined) expect(figures).toBeUndefined();
    else expect(figures).toMatchObject(expected);
  });

  it("is nobody's work where the member closed it, and holds nobody's words", () => {
    const own = figuresOf({
      ...ticket,
      closed: { at: START + 9, how: "asked", byUserId: "50" },
      said: { title: "secret", text: "" },
    });
    expect(own).not.toHaveProperty("staffId");
    expect(JSON.stringify(own)).not.toMatch(/secret|ada|"50"/);
  });
});

describe("statistics", () => {
  it("count what was opened within the stretch, by type and by staff, most first", () => {
    const tickets = [
      one({ typeId: "billing", staffId: "60" }),
      one({ staffId: "61", closedAt: START + 2 }),
      one({ staffId: "61" }),
      one({ at: START - 1 }),
      one({ at: START + DAY }),
    ];
    const stats = ticketStats(tickets, START, START + DAY);
    expect(stats.all).toMatchObject({ opened: 3, closed: 1 });
    expect(stats.types.map(({ typeId, opened }) => [typeId, opened])).toEqual([
      ["help", 2],
      ["billing", 1],
    ]);
    expect(stats.staff.map(({ userId, opened }) => [userId, opened])).toEqual([
      ["61", 2],
      ["60", 1],
    ]);
  });

  it.each<readonly [string, readonly number[], object]>([
    ["none", [], { count: 0 }],
    ["one", [7], { count: 1, median: 7, p95: 7 }],
    ["four: the lower middle", [4, 1, 3, 2], { count: 4, median: 2, p95: 4 }],
    ["twenty: the nineteenth", Array.from({ length: 20 }, (_, i) => i + 1), { count: 20, median: 10, p95: 19 }],
  ])("tell how long the first answer took of %s", (_name, minutes, expected) => {
    const tickets = minutes.map((took) => one({ answeredAt: START + 1 + took * MINUTE }));
    const { count, median, p95 } = ticketStats([...tickets, one()], START, START + DAY).all.firstAnswer;
    const inMinutes = { count, ...(median !== undefined && { median: median / MINUTE, p95: p95! / MINUTE }) };
    expect(inMinutes).toEqual(expected);
  });

  it("tell which promises were kept of those whose end is known, and what members think", () => {
    const tickets = [
      one({ answerKept: true, stars: 5 }),
      one({ answerKept: false, stars: 2 }),
      one({ solveKept: true }),
      one(),
    ];
    const { answerKept, solveKept, ratings } = ticketStats(tickets, START, START + DAY).all;
    expect({ answerKept, solveKept, ratings }).toEqual({
      ...{ answerKept: { kept: 1, of: 2 }, solveKept: { kept: 1, of: 1 }, ratings: { count: 2, mean: 3.5 } },
    });
  });

  it("name every day of the stretch, the empty ones too", () => {
    const tickets = [one({ at: START + 2 * DAY, closedAt: START + 2 * DAY + 5 })];
    expect(ticketStats(tickets, START + 10, START + 3 * DAY).days).toEqual([
      { day: START, opened: 0, closed: 0 },
      { day: START + DAY, opened: 0, closed: 0 },
      { day: START + 2 * DAY, opened: 1, closed: 1 },
    ]);
  });
});
