import type { EventOf, HouseWrite, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { noticeOrders } from "./notice.ts";

const LIMITS: Readonly<Record<string, string>> = {
  "plan.servers": "your plan covers fewer servers than you run",
  "plan.members": "your servers have more members than your plan covers",
  "plan.callsPerMonth": "this month's requests to models are used up",
  "budget.callsPerMonth": "this month's requests to models are used up",
  "budget.dollarsPerDay": "today's budget for models is spent",
  "budget.dollarsPerMonth": "this month's budget for models is spent",
};

/** The owner hears of a limit once a month, however often it is reached: what was told is on record, and outlives any restart. */
export function budgetReached(
  event: EventOf<"budget.reached">,
  look: HouseLook,
): { readonly house: readonly HouseWrite[]; readonly writes: readonly Write[]; readonly decides: true } {
  const key = `house/budget/${event.limit}`;
  const isTold = look.record("note", key)?.text === event.month;
  if (isTold) return { house: [], writes: [], decides: true };
  const { ownerId, name } = look.guild();
  const why = LIMITS[event.limit] ?? "a limit for models is reached";
  const text = `${name}: ${why} (${event.limit}). Until it is free again, everything goes on by rules alone.`;
  return {
    house: noticeOrders(event, { ownerId, text, reason: "tell-owner: a limit for models is reached" }),
    writes: [{ write: "record.put", record: "note", key, value: { text: event.month, at: event.at } }],
    decides: true,
  };
}
