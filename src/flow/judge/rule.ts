import type {
  ApprovalDraft,
  CountedTally,
  Decision,
  GuildEvent,
  HouseWrite,
  PendingDraft,
  Priority,
  ProposedAction,
  RollupIncrement,
  Verdict,
  Write,
} from "#core";
import { FIRST_PROGRESS, isUse, leavesCase } from "#core";
import { timerOf } from "../act/follow.ts";
import { remembered, toRemember } from "../act/memory.ts";
import { planOf } from "../act/plan.ts";
import type { Said } from "../decide/decide.ts";
import { ownMarks } from "../house/by-hand.ts";
import { type GuildState, keptAs, remember } from "../guild/state.ts";
import { choicesOf } from "../approvals/choices.ts";
import { approvedName } from "../approvals/names.ts";
import { timersFor } from "../approvals/timers.ts";
import { askedBy, quorumFor } from "./asking.ts";
import type { Approved } from "./approved.ts";
import { approvalId, digestOf } from "./digest.ts";
import { factsFor, reservations } from "./facts.ts";
import { judge } from "./judge.ts";
import { openCase, underNotice, undone } from "./opening.ts";
import { quotaNotice, quotaTold } from "./quota.ts";
import { replyTo } from "./reply.ts";

/** Under this name the road's own timers and memories are kept, apart from every agent's. */
const HOUSE_NAME = "house";

/** What one agent's answer comes to: the part of a commit entry that it causes. */
export interface Ruled {
  readonly decision: Decision;
  readonly tallies: CountedTally[];
  readonly writes: { readonly owner: string; readonly change: Write }[];
  readonly house: HouseWrite[];
  readonly rollups: RollupIncrement[];
}

export interface RulingContext {
  readonly event: GuildEvent;
  readonly state: GuildState;
  readonly phase: "fast" | "slow";
  readonly about?: unknown;
  /** Set where a human has allowed what is proposed: who decided, for the case. */
  readonly approved?: Approved;
  /** The road's own word, which no guild switches off. */
  readonly isOwn?: boolean;
  /** Whether a slow half of this priority may still be taken on. */
  readonly accepts: (priority: Priority) => boolean;
}

/**
 * Judges what one agent said and turns it into rows. The guild's memory is changed on the way (tallies, records, the
 * judge's reservations), so that the next proposal in line already meets what this one used up.
 */
export function rule(said: Said, context: RulingContext): Ruled {
  const ruled: Ruled = { decision: undefined as never, tallies: [], writes: [], house: [], rollups: [] };
  const verdicts: Verdict[] = [];
  let shed = false;
  for (const effect of said.effects) {
    if ("tally" in effect) {
      const { counter, key, by = 1 } = effect.tally;
      count({ owner: said.agent.name, counter, key, by }, context, ruled);
    } else if ("write" in effect) writeFor(said.agent.name, effect.write, context.state, ruled);
    else if ("propose" in effect) verdicts.push(ruleProposal(said, effect.propose, verdicts.length, context, ruled));
    else shed = !takeOn(said, effect.consider, context, ruled) || shed;
  }
  const reply = replyTo(context.event, verdicts);
  if (reply !== undefined) ruled.house.push({ write: "order.put", order: { ...reply, agent: said.agent.name } });
  return { ...ruled, decision: decisionOf(said, context, verdicts, shed) };
}

function decisionOf(said: Said, context: RulingContext, verdicts: readonly Verdict[], shed: boolean): Decision {
  const { event, state, phase, about } = context;
  return {
    eventId: event.id,
    guildId: event.guildId,
    agent: said.agent.name,
    phase,
    at: event.at,
    effects: said.effects,
    reads: said.reads,
    verdicts,
    configHash: state.policy.agents[said.agent.name]?.hash ?? state.policy.hash,
    ...(phase === "slow" ? { about } : {}),
    ...(said.error === undefined ? {} : { error: said.error }),
    ...(shed ? { shed } : {}),
  };
}

function writeFor(agent: string, change: Write, state: GuildState, ruled: Pick<Ruled, "writes">): void {
  // What an agent in shadow would say of a case is not said.
  if ("number" in change && state.policy.agents[agent]?.mode !== "live") return;
  if (!("key" in change)) return applyWrite(agent, change, state, ruled);
  const record = "record" in change ? change.record : undefined;
  applyWrite(agent, { ...change, key: keptAs(state.policy, agent, change.key, record) }, state, ruled);
}

/** Changes the guild's memory and notes the write for the commit. */
export function applyWrite(owner: string, change: Write, state: GuildState, ruled: Pick<Ruled, "writes">): void {
  ruled.writes.push({ owner, change });
  switch (change.write) {
    case "record.put":
      remember(state, `record/${change.record}/${change.key}`, change.value);
      return;
    case "record.delete":
      remember(state, `record/${change.record}/${change.key}`, undefined);
      return;
    case "total.add": {
      const key = `total/${owner}/${change.total}/${change.key}`;
      // Held by now: composing saw to that.
      remember(state, key, ((state.cache.get(key) as number | undefined) ?? 0) + change.by);
      return;
    }
    case "case.add":
    case "case.keep":
    case "timer.set":
    case "timer.clear":
    case "knowledge.put":
    case "knowledge.withdraw":
      return;
  }
}

function ruleProposal(
  said: Said,
  proposal: ProposedAction,
  index: number,
  context: RulingContext,
  ruled: Ruled,
): Verdict {
  const { event, state } = context;
  const approved = context.approved !== undefined;
  const mode = approved || context.isOwn === true ? "live" : (state.policy.agents[said.agent.name]?.mode ?? "shadow");
  const judgement = judge(proposal, factsFor(event, said.agent.name, proposal, state, mode, context.approved));
  const phase = context.phase === "slow" ? "slow-" : "";
  const answered = context.approved?.approvalId;
  const by = answered === undefined ? said.agent.name : approvedName(answered);
  const verdict: Verdict = { proposalId: `${event.id}/${by}/${phase}${index}`, proposal, ...judgement };
  const hour = event.at - (event.at % 3_600_000);
  ruled.rollups.push({ metric: `ruling.${verdict.ruling}`, key: `${said.agent.name}/${proposal.rule}`, hour, by: 1 });
  if (verdict.ruling !== "drop" && !approved)
    for (const tally of reservations(proposal, verdict.ruling, state.policy)) count(tally, context, ruled);
  if (verdict.ground === "quota") quotaReached(verdict, context, ruled);
  if (verdict.ruling === "run") carryOut(said, verdict, context, ruled);
  if (verdict.ruling === "ask") askHuman(said, verdict, context, ruled);
  return verdict;
}

/** The owner hears of it once, however often it is tried again. */
function quotaReached(verdict: Verdict, context: RulingContext, ruled: Ruled): void {
  const { event, state } = context;
  const told = quotaTold(verdict.proposal);
  const { perRule, perModerator } = state.policy.quota;
  const { perSeconds } = verdict.proposal.onBehalfOf === undefined ? perRule : perModerator;
  if (state.counters.count(told.owner, told.counter, told.key, perSeconds, event.at) > 0) return;
  count(told, context, ruled);
  ruled.house.push(...quotaNotice(verdict, event, state.directory));
}

function count(tally: CountedTally, { event, state }: RulingContext, ruled: Ruled): void {
  state.counters.add(tally, event.at);
  ruled.tallies.push(tally);
}

function carryOut(said: Said, verdict: Verdict, context: RulingContext, ruled: Ruled): void {
  const { event, state, approved } = context;
  const { proposal, proposalId } = verdict;
  const { action } = proposal;
  const continues = approved?.continues;
  const opensCase = leavesCase(proposal) && continues === undefined;
  const decidedBy =
    approved?.decidedBy ??
    (proposal.onBehalfOf === undefined ? `agent:${said.agent.name}` : `user:${proposal.onBehalfOf}`);
  if (opensCase) ruled.house.push(openCase(verdict, context, decidedBy));
  if (proposal.undoes !== undefined)
    applyWrite(HOUSE_NAME, undone(proposal.undoes, proposal.why, event, decidedBy), state, ruled);
  const caseOf = continues?.caseOf ?? (opensCase ? proposalId : undefined);
  const view = {
    directory: state.directory,
    at: event.at,
    staffRoleIds: state.policy.staffRoleIds,
    remembered: (key: string) => remembered(state, key),
    ...(opensCase && underNotice(state)),
  };
  const orders = planOf(verdict, {
    ...view,
    guildId: event.guildId,
    eventId: event.id,
    agent: said.agent.name,
    priority: priorityOf(said, event),
    ...(caseOf === undefined ? {} : { caseOf }),
  });
  for (const order of orders) {
    ruled.house.push({ write: "order.put", order });
    for (const mark of ownMarks(order.action)) count({ owner: HOUSE_NAME, by: 1, ...mark }, context, ruled);
  }
  const memory = toRemember(action, view);
  if (memory !== undefined) applyWrite(HOUSE_NAME, memory, state, ruled);
  const timer = timerOf(action, memory?.value.value);
  if (timer !== undefined) applyWrite(HOUSE_NAME, timer, state, ruled);
}

function askHuman(said: Said, verdict: Verdict, { event, state }: RulingContext, ruled: Ruled): void {
  const choices = choicesOf(state.policy);
  const approval: ApprovalDraft = {
    id: approvalId(verdict.proposalId),
    guildId: event.guildId,
    eventId: event.id,
    agent: said.agent.name,
    verdict,
    digest: digestOf(verdict.proposal),
    askedAt: event.at,
    expiresAt: event.at + choices.expireAfterSeconds * 1_000,
    progress: {
      ...FIRST_PROGRESS,
      ...askedBy(event, verdict.proposal),
      quorum: quorumFor(verdict, said.agent.name, choices),
    },
  };
  ruled.house.push({ write: "approval.ask", approval });
  for (const change of timersFor(approval, choices)) ruled.writes.push({ owner: HOUSE_NAME, change });
  remember(state, `approval/${approval.id}`, { ...approval, status: "pending" });
}

function takeOn(said: Said, about: unknown, { event, accepts }: RulingContext, ruled: Ruled): boolean {
  const priority = priorityOf(said, event);
  if (!accepts(priority)) return false;
  const pending: PendingDraft = {
    eventId: event.id,
    guildId: event.guildId,
    agent: said.agent.name,
    about,
    priority,
    at: event.at,
  };
  ruled.house.push({ write: "pending.put", pending });
  return true;
}

/** Commands and approvals have somebody waiting; for the rest the agent says how urgent its events are. */
export function priorityOf(said: Pick<Said, "agent">, event: GuildEvent): Priority {
  if (isUse(event) || event.kind === "approval.answered") return "high";
  return said.agent.priority?.(event) ?? "medium";
}
