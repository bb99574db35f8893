import type { Verdict, Ground } from "./rulings.ts";
import { CONFIRM_ABOVE, type GuildPolicy } from "./policy.ts";
import type { Shortcoming } from "./standing.ts";
import { VERBS } from "./verbs.ts";

/** So many of the messages of a stretch one rule would have met. */
export interface RuleHits {
  readonly agent: string;
  readonly rule: string;
  readonly messages: number;
}

/** A rule that meets so many that somebody should look at the figure before it goes live. */
export interface HeavyRule extends RuleHits {
  /** From 0 to 1. */
  readonly share: number;
}

/** What some choices would have done with a stretch of what happened. */
export interface Rehearsal {
  readonly messages: number;
  readonly hits: readonly RuleHits[];
  /** Those that ask before they go live. */
  readonly heavy: readonly HeavyRule[];
}

/** A guild's document with some settings changed, and what of it could not be carried out; or why there is none. */
export type Amended =
  | { readonly document: string; readonly basedOn: number; readonly shortcomings: readonly Shortcoming[] }
  | { readonly refused: "kept-in-file" }
  | { readonly refused: "mistake"; readonly mistake: string };

/** How much of the past a rule is held against before it goes live. */
export const REHEARSED_MS = 86_400_000;

const SPARED: ReadonlySet<Ground> = new Set(["immune-owner", "immune-self", "immune-staff", "outranks-bot"]);

/** Whether a rule has met a message: something is done to it or to whoever wrote it, unless the rule does not reach them. */
export function isHit({ proposal, ground }: Pick<Verdict, "proposal" | "ground">): boolean {
  const { measure, respectsRank } = VERBS[proposal.action.verb];
  return (measure || respectsRank) && !SPARED.has(ground);
}

/**
 * Rules of agents that would go live, or act by other choices than before, and meet too many: heaviest first. What is in
 * force already asks nobody again.
 */
export function heavyRules(
  { messages, hits }: { readonly messages: number; readonly hits: readonly RuleHits[] },
  before: GuildPolicy,
  after: GuildPolicy,
): readonly HeavyRule[] {
  const limit = before.confirmAbove ?? CONFIRM_ABOVE;
  return hits
    .filter(({ agent }) => isNews(agent, before, after))
    .map((one) => ({ ...one, share: one.messages / messages }))
    .filter(({ share }) => share > limit)
    .sort((a, b) => b.messages - a.messages);
}

function isNews(agent: string, { agents: before }: GuildPolicy, { agents: after }: GuildPolicy): boolean {
  const next = after[agent];
  if (next?.mode !== "live") return false;
  return before[agent]?.mode !== "live" || before[agent].hash !== next.hash;
}

/** One line a rule, with the figure. */
export function heavyRuleLine({ agent, rule, messages, share }: HeavyRule, of: number): string {
  return `${agent}/${rule} would have hit ${messages} of ${of} messages of the last day (${percent(share)} %)`;
}

/** With one decimal, and never rounded down to nothing. */
export function percent(share: number): string {
  return Math.max(0.1, share * 100).toFixed(1);
}
