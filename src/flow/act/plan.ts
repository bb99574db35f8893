import type { Action, Directory, OrderDraft, Priority, Row, Verdict, Words } from "#core";
import { cohortSteps, removalSteps, returnSteps } from "./many.ts";
import { lockSteps, unlockSteps } from "./lock.ts";
import { incidentsOf } from "./pause.ts";
import type { PlanView, Step } from "./view.ts";

/** Discord's 28 days, and a day for incident actions; a little less, for two clocks never agree. */
export const LONGEST_TIMEOUT = 28 * 86_400_000 - 60_000;

/**
 * A ruled action as steps of one request each. The member is told before they are removed, because afterwards no DM reaches
 * them; a DM that cannot be delivered never stops the measure. A warning is its DM and nothing else.
 */
export function stepsOf(action: Action, view: PlanView): readonly Step[] {
  switch (action.verb) {
    case "member.warn":
      return tell(action.member.userId, noticeOf(action.notice, view), "stop");
    case "member.tell":
      return tell(action.userId, action.words, "stop");
    case "member.timeout":
    case "member.kick":
    case "member.ban": {
      const { notice: words, noticeRows, ...measure } = { noticeRows: undefined, ...action };
      const told = words === undefined ? [] : tell(action.member.userId, noticeOf(words, view, noticeRows), "continue");
      return [...told, one(measure.verb === "member.timeout" ? withinReach(measure, view.at) : measure)];
    }
    case "message.bulk-delete":
      return removalSteps(action, view.at);
    case "members.bulk-ban":
      return cohortSteps(action);
    case "members.bulk-unban":
      return returnSteps(action);
    case "channel.lock":
      return lockSteps(action.channelId, view);
    case "channel.unlock":
      return unlockSteps(action.channelId, view);
    case "guild.pause":
    case "guild.resume":
      return [one(incidentsOf(action, view))];
    default:
      return [one(action)];
  }
}

function one(action: Action): Step {
  return { action, onFailure: "stop" };
}

/** What lasts longer than Discord allows is ordered in parts; followOf tells when the next is due. */
function withinReach(action: Extract<Action, { verb: "member.timeout" }>, at: number): Action {
  const { lasting: _asked, ...timeout } = action;
  const longest = at + LONGEST_TIMEOUT;
  return timeout.until <= longest ? timeout : { ...timeout, until: longest, lasting: { until: timeout.until } };
}

function noticeOf(text: string, { underNotice = [] }: PlanView, rows: readonly Row[] = []): Words {
  const components = [...rows, ...underNotice];
  return components.length === 0 ? { text } : { text, components };
}

function tell(userId: string, words: Words, onFailure: Step["onFailure"]): readonly Step[] {
  return [
    { action: { verb: "dm.open", userId }, onFailure },
    { action: { verb: "message.send", channelId: "$0.channelId", words }, onFailure },
  ];
}

export interface PlanContext extends PlanView {
  readonly guildId: string;
  readonly eventId: string;
  readonly agent: string;
  readonly priority: Priority;
  /** The proposal whose case this belongs to, if it has one: its own, or the one it goes on with. */
  readonly caseOf?: string;
}

/** The outbox rows of one ruled action: the first may go at once, each further one waits for the one before. */
export function planOf(verdict: Pick<Verdict, "proposalId" | "proposal">, context: PlanContext): readonly OrderDraft[] {
  const { proposal, proposalId } = verdict;
  return stepsOf(proposal.action, context).map((step, index) => ({
    id: `${proposalId}#${index}`,
    guildId: context.guildId,
    proposalId,
    eventId: context.eventId,
    agent: context.agent,
    step: index,
    action: withCase(step.action, context.caseOf),
    status: index === 0 ? "waiting" : "blocked",
    priority: context.priority,
    onFailure: step.onFailure,
    reason: `${context.caseOf === undefined ? "" : "Case {case} · "}${proposal.rule}: ${proposal.why}`,
    ...previousOf(step.action, context.directory),
    ...(context.caseOf === undefined ? {} : { caseOf: context.caseOf }),
    notBefore: 0,
  }));
}

/** A part of a longer time-out says where the next part's case is. */
function withCase(action: Action, caseOf: string | undefined): Action {
  if (action.verb !== "member.timeout" || action.lasting === undefined || caseOf === undefined) return action;
  return { ...action, lasting: { ...action.lasting, caseOf } };
}

/** What stood there before, committed before it is changed, so that it can be put back exactly. */
function previousOf(action: Action, directory: Directory | undefined): { previous?: unknown } {
  const channel = directory?.channels[("channelId" in action && action.channelId) || ""];
  switch (action.verb) {
    case "channel.slowmode":
      return { previous: { seconds: channel?.slowmode ?? 0 } };
    case "channel.overwrite":
      return { previous: channel?.overwrites.find(({ id }) => id === action.overwrite.id) ?? null };
    case "channel.overwrite-clear":
      return { previous: channel?.overwrites.find(({ id }) => id === action.overwriteId) ?? null };
    case "channel.edit":
    case "channel.delete":
      return channel === undefined ? {} : { previous: channel };
    case "guild.incidents":
      return { previous: directory?.incidents ?? {} };
    case "guild.verification":
      return { previous: { level: directory?.verificationLevel } };
    case "member.nickname":
      return action.was === undefined ? {} : { previous: { nickname: action.was } };
    default:
      return {};
  }
}
