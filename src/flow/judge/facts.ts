import type { GuildEvent, GuildPolicy, Mode, ProposedAction } from "#core";
import { isMeasure, isUse, sameness, targetsOf } from "#core";
import { remembered } from "../act/memory.ts";
import type { GuildState } from "../guild/state.ts";
import type { CountedTally } from "#core";
import type { Facts } from "./judge.ts";
import type { Approved } from "./approved.ts";

/** Under this name the judge keeps counts of its own, by the same tallies as any agent: they survive like all others. */
const JUDGE = "judge";

/** A message is deleted once; a second measure against a member within this time is the same misdeed seen twice. */
const SAME_SECONDS = { "message.delete": 600, other: 60 } as const;

/** The longest of the judge's own windows besides the guild's quotas: how much of the journal's tail a start must read. */
export const LONGEST_SAME_SECONDS = SAME_SECONDS["message.delete"];

/** Gathers what the judge must know, from memory alone. */
export function factsFor(
  event: GuildEvent,
  agent: string,
  proposal: ProposedAction,
  state: GuildState,
  mode: Mode,
  approved: Approved | undefined,
): Facts {
  const { quota } = state.policy;
  const moderator = approved === undefined ? askedBy(event, proposal) : approved.moderator;
  const same = moderator === undefined && approved === undefined ? sameness(proposal.action) : undefined;
  const count = (counter: string, key: string, seconds: number) =>
    state.counters.count(JUDGE, counter, key, seconds, event.at);
  return {
    mode,
    policy: state.policy,
    directory: state.directory,
    at: event.at,
    remembered: (key) => remembered(state, key),
    continued: approved?.continues !== undefined,
    ...(moderator === undefined ? {} : { moderator }),
    sameDone: same !== undefined && count("same", same, sameSeconds(proposal)) > 0,
    measuresOfRule: count("rule", proposal.rule, quota.perRule.perSeconds),
    measuresOfGuild: quota.perGuild === undefined ? 0 : count("guild", "all", quota.perGuild.perSeconds),
    measuresOfModerator:
      moderator === undefined ? 0 : count("moderator", moderator.member.userId, quota.perModerator.perSeconds),
    approved: approved !== undefined,
    agent,
  };
}

function sameSeconds({ action }: ProposedAction): number {
  return action.verb === "message.delete" ? SAME_SECONDS["message.delete"] : SAME_SECONDS.other;
}

/** Only the person who used the command can be the one it is done for: an agent cannot borrow somebody's rank. */
function askedBy(event: GuildEvent, proposal: ProposedAction): Facts["moderator"] {
  if (proposal.onBehalfOf === undefined) return undefined;
  if (!isUse(event)) return undefined;
  return event.by.userId === proposal.onBehalfOf ? { member: event.by, permissions: event.byPermissions } : undefined;
}

/** What a proposal that runs (or waits for a human) uses up, reserved at once so that the next one in line sees it. */
export function reservations(
  proposal: ProposedAction,
  ruling: "run" | "ask",
  { quota }: GuildPolicy,
): readonly CountedTally[] {
  const tallies: CountedTally[] = [];
  const same = sameness(proposal.action);
  if (same !== undefined) tallies.push({ owner: JUDGE, counter: "same", key: same, by: 1 });
  if (!isMeasure(proposal.action)) return tallies;
  // A cohort counts by its heads, unless a human looks at it first.
  const by = ruling === "ask" ? 1 : Math.max(1, targetsOf(proposal.action).length);
  if (quota.perGuild !== undefined) tallies.push({ owner: JUDGE, counter: "guild", key: "all", by });
  if (proposal.onBehalfOf === undefined) tallies.push({ owner: JUDGE, counter: "rule", key: proposal.rule, by });
  else tallies.push({ owner: JUDGE, counter: "moderator", key: proposal.onBehalfOf, by });
  return tallies;
}
