import type { Action } from "./actions.ts";
import { withCaseNumber } from "./card-text.ts";
import type { Card } from "./cards.ts";

/** *high* raids, floods, appeals, approvals, commands · *medium* rule checks, tickets · *low* engagement, digests. */
export type Priority = "high" | "medium" | "low";
export const PRIORITIES = ["high", "medium", "low"] as const satisfies readonly Priority[];

/**
 * Where an order stands. *blocked* waits for the step before it; *waiting* may be taken; *leased* is in a hand, and after
 * a crash nobody knows how far it came until it is reconciled; the rest is final.
 */
export type OrderStatus = "blocked" | "waiting" | "leased" | "done" | "failed" | "unknown" | "cancelled";

/** One step of a ruled action as it is committed, before anything touches the world. */
export interface OrderDraft {
  /** `<proposal id>#<step>`: the same event decides the same orders, so an id can never stand for two acts. */
  readonly id: string;
  readonly guildId: string;
  readonly proposalId: string;
  readonly eventId: string;
  readonly agent: string;
  readonly step: number;
  /** May hold references to results of earlier steps: "$0.channelId". */
  readonly action: Action;
  readonly status: "blocked" | "waiting";
  readonly priority: Priority;
  /** Whether the plan's next step goes on when this one fails: a closed DM never stops a ban. */
  readonly onFailure: "stop" | "continue";
  /** What the audit log will say, before the case's number is put in. */
  readonly reason: string;
  /** The absolute value before the change, so that it can be put back: slowmode, nickname, timeout. */
  readonly previous?: unknown;
  /** The proposal whose case number belongs on this order, where that is not its own: the reply to a moderator's command. */
  readonly caseOf?: string;
  readonly notBefore: number;
}

/** An order as a hand gets it. */
export interface Order extends Omit<OrderDraft, "status" | "notBefore"> {
  readonly status: OrderStatus;
  readonly attempt: number;
  /** When the running attempt was leased: reconciling may look no earlier than 20 s after. */
  readonly attemptedAt?: number;
  readonly caseNumber?: number;
  /** A gateway echo of what the order made, if one came. */
  readonly evidence?: unknown;
}

/** What one request came to. */
export type Outcome =
  | { readonly kind: "done"; readonly result: unknown }
  /** Refused for good; the world is as it was. */
  | { readonly kind: "failed"; readonly code: string; readonly why: string }
  /** Proved not to have happened, and worth another try then. */
  | { readonly kind: "later"; readonly afterMs: number; readonly why: string }
  /** Sent, and nobody knows: only reconciling tells. */
  | { readonly kind: "unknown"; readonly why: string };

/** What looking at the world says about an attempt whose answer was lost. */
export type Reconciled =
  | { readonly found: "done"; readonly result: unknown }
  | { readonly found: "absent" }
  /** The look itself failed and proves nothing: look again. */
  | { readonly found: "later"; readonly why: string }
  /** It was looked for, and nobody will ever tell. */
  | { readonly found: "unknown"; readonly why: string };

const REFERENCE = /^\$(\d+)\.(\w+)$/;

/**
 * References to earlier steps' results, "$0.channelId", replaced by those results. Only fields that hold an id are looked
 * at: a member who writes "$0.channelId" has written just that.
 */
export function resolveReferences(action: Action, results: readonly unknown[]): Action {
  const entries = Object.entries(action).map(([key, value]: [string, unknown]) =>
    key.endsWith("Id") && typeof value === "string" ? [key, resolved(value, results)] : [key, value],
  );
  return Object.fromEntries(entries) as Action;
}

function resolved(text: string, results: readonly unknown[]): unknown {
  const match = REFERENCE.exec(text);
  if (match === null) return text;
  const result = results[Number(match[1])] as Record<string, unknown> | undefined;
  return result?.[match[2]!] ?? text;
}

/** The reference that no earlier step answered, if there is one: such an order must not reach a hand. */
export function unresolvedReference(action: Action): string | undefined {
  const entry = Object.entries(action).find(
    ([key, value]: [string, unknown]) => key.endsWith("Id") && typeof value === "string" && REFERENCE.test(value),
  );
  return entry?.[1] as string | undefined;
}

function filled(card: Card, caseNumber: number): Card {
  const { decision } = card;
  return decision === undefined ? card : { ...card, decision: withCaseNumber(decision, caseNumber) };
}

/** `{case}` in a text becomes the case's number, which is known only once the commit has given it. */
export function fillCase(action: Action, caseNumber: number | undefined): Action {
  if (caseNumber === undefined) return action;
  // A card holds members' words: only where the house itself mentions a case is it filled in.
  if (action.verb === "card.show" || action.verb === "card.update")
    return { ...action, card: filled(action.card, caseNumber) };
  return JSON.parse(JSON.stringify(action).replaceAll("{case}", `#${caseNumber}`)) as Action;
}
