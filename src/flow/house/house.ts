import { type Agent, type EventOf, type GuildEvent, voiceWrites } from "#core";
import { z } from "zod";
import { approvalsSay } from "../approvals/index.ts";
import type { HouseLook } from "../decide/look.ts";
import { banSeen, BY_HAND_COUNTERS, byHand, isUnseen, unseen } from "./by-hand.ts";
import { followUpDue, followUpTimer, isFollowUp, overtaken } from "./follow-ups.ts";
import { AUTOMOD_SECONDS, automodKey } from "./hearing.ts";
import { budgetReached } from "./owner-notice.ts";
import { type HouseSays, NOTHING } from "./says.ts";
import { checkStanding, isStandingDue, standingMayChange } from "./sentinel.ts";

/** The house decides like an agent, from recorded reads alone, so that its decisions replay like any other. */
export const HOUSE: Agent = {
  name: "house",
  description: "Carries answers, timers and outcomes along the road.",
  listens: [
    "approval.answered",
    "button.pressed",
    "modal.submitted",
    "chat.said",
    "policy.chosen",
    "clock.struck",
    "budget.reached",
  ],
  config: z.unknown(),
  counters: { ...BY_HAND_COUNTERS, automod: { windowSeconds: AUTOMOD_SECONDS } },
  decide: (event, look) => houseSays(event, look as HouseLook).effects,
};

export function houseSays(event: GuildEvent, look: HouseLook): HouseSays {
  switch (event.kind) {
    case "guild.available":
      return {
        ...NOTHING,
        house: [{ write: "directory.put", directory: event.directory }],
        writes: [...voiceWrites(event, look), ...standingMayChange(event)],
      };
    case "voice.changed":
    case "voice.left":
      return { ...NOTHING, writes: voiceWrites(event, look) };
    case "audit.logged":
      return { ...NOTHING, ...byHand(event, look) };
    case "member.banned":
    case "member.unbanned":
      return { ...NOTHING, writes: [...overtaken(event), ...banSeen(event, look)] };
    case "automod.acted":
      return { ...NOTHING, tallies: [{ counter: "automod", key: automodKey(event) }] };
    case "policy.chosen":
      return chosen(event, look);
    case "clock.struck":
      return event.owner === HOUSE.name ? struck(event, look) : NOTHING;
    case "message.echoed": {
      const evidence = { channelId: event.channelId, messageId: event.messageId };
      return { ...NOTHING, house: [{ write: "order.evidence", orderId: event.orderId, evidence }] };
    }
    case "budget.reached":
      return { ...NOTHING, ...budgetReached(event, look) };
    case "vectors.made":
      return {
        ...NOTHING,
        house: event.spent.map((spent) => ({ write: "spending.book" as const, agent: HOUSE.name, spent })),
      };
    case "action.done": {
      const says = settled(event.orderId, "done", event.result, approvalsSay(event, look));
      return { ...says, writes: [...says.writes, ...followUpTimer(event)] };
    }
    case "action.failed":
      return settled(event.orderId, event.outcome, { code: event.code, why: event.why }, approvalsSay(event, look));
    default: {
      const says = approvalsSay(event, look);
      const writes = [...overtaken(event), ...standingMayChange(event)];
      return writes.length === 0 ? says : { ...says, writes: [...says.writes, ...writes] };
    }
  }
}

function struck(event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  if (isFollowUp(event)) return { ...NOTHING, ...followUpDue(event), decides: true };
  if (isStandingDue(event)) return { ...NOTHING, ...checkStanding(event, look) };
  return isUnseen(event) ? { ...NOTHING, ...unseen(event, look) } : approvalsSay(event, look);
}

/** Whoever saw an older version than the one in force changes nothing, and the record says so. */
function chosen(event: EventOf<"policy.chosen">, look: HouseLook): HouseSays {
  const { document, basedOn, by, at } = event;
  if (look.policyVersion() !== basedOn) return { ...NOTHING, decides: true };
  const policy = { version: basedOn + 1, document, by, at };
  const writes = standingMayChange(event);
  return { ...NOTHING, house: [{ write: "policy.put", policy }], writes, decides: true };
}

/** The order ends before anything that goes on from it is put down. */
function settled(orderId: string, status: "done" | "failed" | "unknown", result: unknown, more: HouseSays): HouseSays {
  return { ...more, house: [{ write: "order.settle", orderId, status, result }, ...more.house] };
}
