import type { Approval, OrderView, Verdict } from "#core";
import type { Phrase } from "./deeds.ts";

/**
 * How far a proposal has come, over ruling, approval and all steps of its plan. One that was *approved* is carried out by
 * the event of the answer, under a proposal of its own: what came of it stands there.
 */
export const STANDINGS = [
  "done",
  "under-way",
  "failed",
  "unknown",
  "asked",
  "approved",
  "rejected",
  "expired",
  "void",
  "shadow",
  "held",
] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(verdict: Verdict, approval: Approval | undefined, orders: readonly OrderView[]): Standing {
  if (verdict.ruling === "drop") return verdict.ground === "shadow" ? "shadow" : "held";
  if (verdict.ruling === "ask") {
    return approval === undefined || approval.status === "pending" ? "asked" : approval.status;
  }
  return standingOfPlan(orders);
}

/** A step that may fail (a closed DM) does not make the plan fail. */
function standingOfPlan(orders: readonly OrderView[]): Standing {
  const open = orders.some((order) => ["blocked", "waiting", "leased"].includes(order.status));
  if (orders.length === 0 || open) return "under-way";
  const needed = orders.filter((order) => order.onFailure === "stop" || order.step === orders.length - 1);
  if (needed.some((order) => order.status === "unknown")) return "unknown";
  return needed.some((order) => order.status !== "done") ? "failed" : "done";
}

/** "banned Ada", "would have banned Ada", "asks to ban Ada": what the agent did, said without its name in front. */
export function sentenceOf(phrase: Phrase, standing: Standing): string {
  const { base, past, participle, object } = phrase;
  const sentences: Readonly<Record<Standing, string>> = {
    done: `${past} ${object}`,
    "under-way": `is about to ${base} ${object}`,
    failed: `could not ${base} ${object}`,
    unknown: `tried to ${base} ${object}; nobody can tell whether it worked`,
    asked: `asks to ${base} ${object}`,
    approved: `was allowed to ${base} ${object}`,
    rejected: `was told not to ${base} ${object}`,
    void: `was allowed to ${base} ${object}, when that was not the same any more`,
    expired: `did not ${base} ${object}: nobody answered in time`,
    shadow: `would have ${participle} ${object}`,
    held: `did not ${base} ${object}`,
  };
  return sentences[standing];
}
