import {
  type Agent,
  type Effect,
  type EventOf,
  type GuildEvent,
  type HouseWrite,
  type Tally,
  voiceWrites,
  type Write,
} from "#core";
import { z } from "zod";
import type { HouseLook } from "../decide/look.ts";
import type { Approved } from "../judge/rule.ts";
import { banSeen, BY_HAND_COUNTERS, byHand, isUnseen, unseen } from "./by-hand.ts";
import { followUpTimer, followUpDue, isFollowUp, overtaken } from "./follow-ups.ts";
import { AUTOMOD_SECONDS, automodKey } from "./hearing.ts";
import { budgetReached } from "./owner-notice.ts";

/** What the road itself does about an event, beside what agents say: directories, answers, timers, outcomes. */
export interface HouseSays {
  readonly effects: readonly Effect[];
  readonly house: readonly HouseWrite[];
  readonly writes: readonly Write[];
  readonly tallies: readonly Tally[];
  /** Set where a human allowed what the effects propose. */
  readonly approved?: Approved;
  /** Whether this is worth a decision of its own in the journal. */
  readonly decides: boolean;
}

const NOTHING: HouseSays = { effects: [], house: [], writes: [], tallies: [], decides: false };

/** The house decides like an agent, from recorded reads alone, so that its decisions replay like any other. */
export const HOUSE: Agent = {
  name: "house",
  description: "Carries answers, timers and outcomes along the road.",
  listens: ["approval.answered", "policy.chosen", "clock.struck", "budget.reached"],
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
        writes: voiceWrites(event, look),
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
    case "approval.answered":
      return answered(event.approvalId, event.answer === "approve" ? "approved" : "rejected", event.by, event, look);
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
    case "action.done":
      return { ...settled(event.orderId, "done", event.result), writes: followUpTimer(event) };
    case "action.failed":
      return settled(event.orderId, event.outcome, { code: event.code, why: event.why });
    default: {
      const writes = overtaken(event);
      return writes.length === 0 ? NOTHING : { ...NOTHING, writes };
    }
  }
}

function struck(event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  if (isFollowUp(event)) return { ...NOTHING, ...followUpDue(event), decides: true };
  return isUnseen(event) ? { ...NOTHING, ...unseen(event, look) } : expired(event, look);
}

function settled(orderId: string, status: "done" | "failed" | "unknown", result: unknown): HouseSays {
  return { ...NOTHING, house: [{ write: "order.settle", orderId, status, result }] };
}

/** Whoever saw an older version than the one in force changes nothing, and the record says so. */
function chosen({ document, basedOn, by, at }: EventOf<"policy.chosen">, look: HouseLook): HouseSays {
  if (look.policyVersion() !== basedOn) return { ...NOTHING, decides: true };
  const policy = { version: basedOn + 1, document, by, at };
  return { ...NOTHING, house: [{ write: "policy.put", policy }], decides: true };
}

/**
 * An answer counts only while the approval is pending. The look says so now; the compare-and-set in the commit says so for
 * good: a lost race comes back as stale state, and this is decided again on what is true by then.
 */
function answered(
  approvalId: string,
  to: "approved" | "rejected" | "expired",
  by: string,
  event: GuildEvent & { note?: string },
  look: HouseLook,
): HouseSays {
  const approval = look.approval(approvalId);
  if (approval?.status !== "pending" || approval.guildId !== event.guildId) return { ...NOTHING, decides: true };
  const resolve: HouseWrite = {
    write: "approval.resolve",
    approvalId,
    to,
    by,
    at: event.at,
    ...(event.note === undefined ? {} : { note: event.note }),
  };
  return {
    ...NOTHING,
    effects: to === "approved" ? [{ propose: approval.verdict.proposal }] : [],
    house: [resolve],
    writes: to === "expired" ? [] : [{ write: "timer.clear", timer: `approval:${approvalId}` }],
    ...(to === "approved" ? { approved: { decidedBy: `agent:${approval.agent}, approved by ${by}` } } : {}),
    decides: true,
  };
}

/** Nobody answered in time: nothing is done, and the record says so. */
function expired(event: Extract<GuildEvent, { kind: "clock.struck" }>, look: HouseLook): HouseSays {
  const { approvalId } = event.payload as { approvalId: string };
  return answered(approvalId, "expired", "clock", event, look);
}
