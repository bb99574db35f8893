import { expect, it } from "vitest";
import type { Ticket } from "#core";
import { entry, NOW, type Desk } from "./store.kit.ts";

const ticket = (number: number, changes: Partial<Ticket> = {}): Ticket => ({
  ...{
    number,
    status: "open",
    typeId: "help",
    userId: "50",
    name: "Ada",
    said: { title: 'a "secret" \\ ☃', text: "" },
  },
  ...{ parentId: "20", at: NOW + number, priority: "normal", waitsFor: "staff", lastAt: NOW, reminders: 0, ...changes },
});

/** What is counted of a guild's tickets. */
export function ticketPromises(given: () => Desk): void {
  const put = (desk: Desk, tickets: readonly Ticket[]) =>
    desk.committed(
      entry(desk.message(), {
        writes: tickets.map((value) => ({
          ...{ owner: "tickets" },
          change: { write: "record.put", record: "ticket", key: String(value.number), value },
        })),
      }),
    );

  it("counts the tickets since a moment in their order, without anybody's words, and no others'", async () => {
    const desk = given();
    const closed = { at: NOW + 90, how: "asked", byUserId: "60" } as const;
    const clock = { askedAt: NOW, spent: 1, told: [], answerKept: true };
    await put(desk, [
      ticket(10, { status: "closed", answeredAt: NOW + 50, closed, clock, feedback: { stars: 5, text: "", at: NOW } }),
      ticket(9, { claimedBy: "61" }),
      ticket(2, { status: "failed" }),
      ticket(1),
    ]);
    const figures = await desk.store.guild(desk.guildId).ticketFigures(NOW + 2);
    expect(figures).toEqual([
      { number: 9, typeId: "help", at: NOW + 9, staffId: "61" },
      {
        ...{ number: 10, typeId: "help", at: NOW + 10, answeredAt: NOW + 50, closedAt: NOW + 90, staffId: "60" },
        ...{ answerKept: true, stars: 5 },
      },
    ]);
    expect(await desk.store.guild("another").ticketFigures(0)).toEqual([]);
  });
}
