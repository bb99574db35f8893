import type { Effect, ProposedAction } from "./effects.ts";
import type { Exhausted } from "./questions.ts";

/** Per agent and guild. New agents start in shadow: they decide, are judged, and say what they would have done. */
export type Mode = "off" | "shadow" | "live";

export type Ruling = "run" | "ask" | "drop";

/** Why the judge ruled so; the order of this list is the order in which it looks. */
export const GROUNDS = [
  "mode-off",
  "shadow",
  "immune-owner",
  "immune-self",
  "immune-staff",
  "outranks-bot",
  "outranks-moderator",
  "moderator-lacks-permission",
  "bot-lacks-permission",
  "duplicate",
  "quota",
  "needs-approval",
  "low-confidence",
  "clear",
] as const;
export type Ground = (typeof GROUNDS)[number];

export interface Verdict {
  readonly proposalId: string;
  readonly proposal: ProposedAction;
  readonly ruling: Ruling;
  readonly ground: Ground;
  /** The ground in a sentence for people, with the facts it rests on. */
  readonly because: string;
}

/** One recorded read: what was asked, which time it was asked in this decision, what came back. */
export interface Read {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly value: unknown;
}

/** One agent's answer to one event, with all that is needed to execute it again and get the same bytes. */
export interface Decision {
  readonly eventId: string;
  readonly guildId: string;
  readonly agent: string;
  readonly phase: "fast" | "slow";
  readonly at: number;
  readonly effects: readonly Effect[];
  readonly reads: readonly Read[];
  readonly verdicts: readonly Verdict[];
  /** Hash of the agent's build, its configuration, prompts and the runtime: a decision replays only under the same. */
  readonly configHash: string;
  /** For the slow half: what the fast half wanted to think about. */
  readonly about?: unknown;
  /** The agent threw: the code, never the text of a member. */
  readonly error?: string;
  /** A question of the slow half was not answered, and why: what it says rests on rules alone. */
  readonly exhausted?: Exhausted;
  /** The slow half was given up under overload. */
  readonly shed?: boolean;
  /** Read back after its recorded reads expired or were erased: it can be told, but not executed again. */
  readonly readsExpired?: boolean;
}

/** Whether a decision says something: silence is one bit on the journal row. */
export function speaks(effects: readonly Effect[]): boolean {
  return effects.some((effect) => !("tally" in effect));
}
