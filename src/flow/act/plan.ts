import type { Action, Directory, OrderDraft, Priority, Verdict } from "#core";

interface Step {
  readonly action: Action;
  readonly onFailure: "stop" | "continue";
}

/**
 * A ruled action as steps of one request each. The member is told before they are removed, because afterwards no DM reaches
 * them; a DM that cannot be delivered never stops the measure. A warning is its DM and nothing else.
 */
export function stepsOf(action: Action): readonly Step[] {
  switch (action.verb) {
    case "member.warn":
      return notice(action.member.userId, action.notice, "stop");
    case "member.timeout":
    case "member.kick":
    case "member.ban": {
      const { notice: words, ...measure } = action;
      const told = words === undefined ? [] : notice(action.member.userId, words, "continue");
      return [...told, { action: measure, onFailure: "stop" }];
    }
    default:
      return [{ action, onFailure: "stop" }];
  }
}

function notice(userId: string, text: string, onFailure: Step["onFailure"]): readonly Step[] {
  return [
    { action: { verb: "dm.open", userId }, onFailure },
    { action: { verb: "message.send", channelId: "$0.channelId", words: { text } }, onFailure },
  ];
}

export interface PlanContext {
  readonly guildId: string;
  readonly eventId: string;
  readonly agent: string;
  readonly priority: Priority;
  readonly directory: Directory | undefined;
  readonly opensCase: boolean;
  readonly caseOf?: string;
}

/** The outbox rows of one ruled action: the first may go at once, each further one waits for the one before. */
export function planOf(verdict: Pick<Verdict, "proposalId" | "proposal">, context: PlanContext): readonly OrderDraft[] {
  const { proposal, proposalId } = verdict;
  return stepsOf(proposal.action).map((step, index) => ({
    id: `${proposalId}#${index}`,
    guildId: context.guildId,
    proposalId,
    eventId: context.eventId,
    agent: context.agent,
    step: index,
    action: step.action,
    status: index === 0 ? "waiting" : "blocked",
    priority: context.priority,
    onFailure: step.onFailure,
    reason: `${context.opensCase ? "Case {case} · " : ""}${proposal.rule}: ${proposal.why}`,
    ...previousOf(step.action, context.directory),
    ...(context.caseOf === undefined ? {} : { caseOf: context.caseOf }),
    notBefore: 0,
  }));
}

/** What stood there before, committed before it is changed, so that it can be put back exactly. */
function previousOf(action: Action, directory: Directory | undefined): { previous?: unknown } {
  if (action.verb !== "channel.slowmode") return {};
  return { previous: { seconds: directory?.channels[action.channelId]?.slowmode ?? 0 } };
}
