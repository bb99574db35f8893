import type { Action } from "./actions.ts";
import { type CardText, joined } from "./card-text.ts";
import type { Card, CardPlace } from "./cards.ts";

/** What may be changed of a proposal before it is allowed: never to something harsher. */
export interface Modification {
  readonly verb?: Action["verb"];
  readonly minutes?: number;
  readonly reason?: string;
}

/** A modification that waits to be confirmed: what would be done instead, and its digest. */
export interface ModifiedDraft {
  readonly by: string;
  readonly action: Action;
  readonly why: string;
  readonly digest: string;
  readonly at: number;
  /** What would be different, in words. */
  readonly difference: string;
}

/** One person's word. Who is known on several faces has one `person` on all of them. */
export interface Vote {
  readonly person: string;
  readonly by: string;
  readonly name: string;
  readonly at: number;
  /** The digest of what was allowed: a modification is voted for apart. */
  readonly digest: string;
}

/** A card of an approval in one place. Its orders are one plan, so that edits arrive in the order they were made in. */
export interface ShownCard {
  readonly plan: string;
  readonly place: CardPlace;
  /** How many steps the plan has by now. */
  readonly steps: number;
  readonly standing: "ordered" | "shown" | "lost";
  readonly shownAt?: number;
  readonly messageId?: string;
}

/** All of an approval that changes while it waits. `revision` counts the changes: each is a compare-and-set. */
export interface ApprovalProgress {
  readonly revision: number;
  readonly quorum: number;
  readonly votes: readonly Vote[];
  readonly shown: readonly ShownCard[];
  readonly draft?: ModifiedDraft;
  readonly card?: Card;
  readonly decided?: Decided;
  /** Of a cohort, what became of each; who is not named here is under way. */
  readonly results?: Readonly<Record<string, MemberResult>>;
  /** Who asked, where a person did: may not answer, and is who the judge measures again. */
  readonly asker?: { readonly userId: string; readonly roleIds: readonly string[]; readonly permissions: string };
}

/** *spared* left out by whoever allowed it · *gone* had left, or was banned already. */
export type MemberResult = "done" | "failed" | "unknown" | "spared" | "gone";

/** What became of it, as the cards say it. */
export interface Decided {
  readonly text: CardText;
  /** The proposal whose case it names. */
  readonly caseOf?: string;
  /** What came of carrying it out, once that is known. */
  readonly came?: CardText;
}

export function decidedText({ text, came }: Decided): CardText {
  return came === undefined ? text : joined(text, " ", came);
}

export const FIRST_PROGRESS: ApprovalProgress = { revision: 0, quorum: 1, votes: [], shown: [] };

export interface DecisionTimes {
  readonly waiting: number;
  readonly answered: number;
  readonly expired: number;
  /** Half of the answers took no longer than this, in milliseconds. */
  readonly medianMs?: number;
  readonly byFace: Readonly<Record<string, number>>;
}

interface Answered {
  readonly status: string;
  readonly askedAt: number;
  readonly answeredAt?: number;
  readonly answeredBy?: string;
}

/** Never less than nothing: whoever answers may have another clock than whoever asked. */
export function tookMs({ askedAt, answeredAt = askedAt }: Pick<Answered, "askedAt" | "answeredAt">): number {
  return Math.max(0, answeredAt - askedAt);
}

/** How long people took to decide: the median, because one forgotten weekend says nothing about the rest. */
export function decisionTimes(approvals: readonly Answered[]): DecisionTimes {
  const answered = approvals.filter(({ status }) => status !== "pending" && status !== "expired");
  const took = answered.map(tookMs).sort((a, b) => a - b);
  const byFace: Record<string, number> = {};
  for (const { answeredBy = "" } of answered) {
    const face = answeredBy.split(":", 1)[0]!;
    byFace[face] = (byFace[face] ?? 0) + 1;
  }
  const middle = took.length / 2;
  const median = took.length === 0 ? undefined : (took[Math.ceil(middle) - 1]! + took[Math.floor(middle)]!) / 2;
  return {
    waiting: approvals.filter(({ status }) => status === "pending").length,
    answered: answered.length,
    expired: approvals.filter(({ status }) => status === "expired").length,
    ...(median === undefined ? {} : { medianMs: median }),
    byFace,
  };
}
