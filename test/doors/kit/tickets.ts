import type { Ticket } from "#core";
import type { TestHouse } from "./house.ts";
import { GUILD } from "./road.ts";

export const STAFF = "900000000000000102";
const MINUTE = 60_000;

/** A ticket that was answered after five minutes, closed after thirty, and liked. */
export async function opened(house: TestHouse, at: number): Promise<void> {
  const ticket: Ticket = {
    ...{ number: 1, status: "closed", typeId: "help", userId: "900000000000000103", name: "Ada", parentId: "20", at },
    ...{ said: { title: "Badge", text: "" }, priority: "normal", waitsFor: "member", lastAt: at, reminders: 0 },
    ...{ answeredAt: at + 5 * MINUTE, claimedBy: STAFF, closed: { at: at + 30 * MINUTE, how: "asked" } },
    ...{ feedback: { stars: 4, text: "", at }, clock: { askedAt: at, spent: 0, told: [], answerKept: true } },
  };
  const event = { id: `t:${at}`, guildId: GUILD, at, kind: "clock.struck", timer: "", owner: "", payload: 0 } as const;
  const change = { write: "record.put", record: "ticket", key: "1", value: ticket } as const;
  await house.road.commit({ event, writes: [{ owner: "tickets", change }] });
}
