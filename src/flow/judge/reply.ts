import type { GuildEvent, OrderDraft, Verb, Verdict } from "#core";
import { isMeasure, isUse, targetOf } from "#core";

/**
 * Whoever used a command is told what the judge said of it: only the road knows. An agent that answers in words of its own
 * (it proposes the `interaction.reply` itself) is not spoken over.
 */
export function replyTo(event: GuildEvent, verdicts: readonly Verdict[]): Omit<OrderDraft, "agent"> | undefined {
  if (!isUse(event)) return undefined;
  if (verdicts.length === 0 || verdicts.some(({ proposal }) => proposal.action.verb === "interaction.reply"))
    return undefined;
  const first = verdicts[0]!;
  return {
    id: `${first.proposalId}/reply#0`,
    guildId: event.guildId,
    proposalId: `${first.proposalId}/reply`,
    eventId: event.id,
    step: 0,
    action: {
      verb: "interaction.reply",
      interaction: event.interaction,
      ephemeral: true,
      words: { text: verdicts.map((verdict) => sentence(verdict)).join("\n") },
    },
    status: "waiting",
    priority: "high",
    onFailure: "stop",
    reason: first.proposal.rule,
    caseOf: first.proposalId,
    notBefore: 0,
  };
}

const WORDS: Partial<Record<Verb, { readonly done: string; readonly todo: string }>> = {
  "member.warn": { done: "Warned", todo: "warn" },
  "member.timeout": { done: "Timed out", todo: "time out" },
  "member.kick": { done: "Kicked", todo: "kick" },
  "member.ban": { done: "Banned", todo: "ban" },
};

function sentence({ proposal, ruling, because }: Verdict): string {
  const { verb } = proposal.action;
  const { done = `Ordered ${verb} for`, todo = `${verb} for` } = WORDS[verb] ?? {};
  const whom = targetOf(proposal.action)?.name ?? "";
  if (ruling === "drop") return `Not done: ${because}.`;
  if (ruling === "ask") return `Asked for approval to ${todo} ${whom}. Nothing happens until somebody allows it.`;
  return `${done} ${whom}.${isMeasure(proposal.action) ? " Case {case}." : ""}`;
}
