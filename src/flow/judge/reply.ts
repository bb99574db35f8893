import type { GuildEvent, OrderDraft, Use, Verdict } from "#core";
import { HOUSE_WORDS, isUse, leavesCase, Permission, targetOf } from "#core";

/**
 * Whoever used a command is told what the judge said of it: only the road knows. An agent that answers in words of its own
 * (it proposes the `interaction.reply` itself) is not spoken over.
 */
export function replyTo(event: GuildEvent, verdicts: readonly Verdict[]): Omit<OrderDraft, "agent"> | undefined {
  if (!isUse(event)) return undefined;
  if (verdicts.some(isSpoken)) return undefined;
  const told = verdicts.filter((verdict) => !isToldLater(verdict));
  const [first] = told;
  if (first === undefined) return undefined;
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
      words: { text: told.map((verdict) => sentence(verdict, event)).join("\n") },
    },
    status: "waiting",
    priority: "high",
    onFailure: "stop",
    reason: first.proposal.rule,
    caseOf: first.proposalId,
    notBefore: 0,
  };
}

/** In shadow the agent's own words are dropped with the rest: then whoever asked hears why nobody answers. */
function isSpoken({ proposal, ruling }: Verdict): boolean {
  return proposal.action.verb === "interaction.reply" && ruling !== "drop";
}

/** Choices are taken, or turned down, by an event of their own: whoever asked is told then. */
function isToldLater({ ruling, proposal }: Verdict): boolean {
  return ruling === "run" && proposal.action.verb === "policy.choose";
}

/** What has words of its own; what else is ordered is called by its verb. */
const NAMED = ["member.warn", "member.timeout", "member.kick", "member.ban", "policy.choose"] as const;
const DONE = [
  ...NAMED,
  ...(["member.unban", "members.bulk-unban", "member.untimeout", "member.tell", "message.bulk-delete"] as const),
  ...(["channel.slowmode", "channel.lock", "channel.unlock"] as const),
] as const;

function sentence(verdict: Verdict, event: Use): string {
  const { proposal, ruling } = verdict;
  const { locale } = event.interaction;
  if (ruling === "drop") return HOUSE_WORDS.say(locale, "verdict.drop", { why: whyNot(verdict, locale) });
  const { verb } = proposal.action;
  const name = targetOf(proposal.action)?.name ?? ("userId" in proposal.action ? `<@${proposal.action.userId}>` : "");
  const known = NAMED.find((one) => one === verb) ?? "other";
  const count = "userIds" in proposal.action ? proposal.action.userIds.length : 0;
  const values = { name, count, what: `${verb} ${name}`.trim() };
  if (ruling === "ask")
    return HOUSE_WORDS.say(locale, "verdict.ask", { todo: HOUSE_WORDS.say(locale, `todo.${known}`, values) });
  const done = HOUSE_WORDS.say(locale, `done.${DONE.find((one) => one === verb) ?? "other"}`, values);
  return leavesCase(proposal) ? HOUSE_WORDS.say(locale, "verdict.case", { done }) : done;
}

const GROUNDS_WITH_WORDS = [
  "mode-off",
  "shadow",
  "immune-owner",
  "immune-self",
  "immune-staff",
  "outranks-bot",
  "outranks-moderator",
  "moderator-lacks-permission",
  "duplicate",
  "quota",
] as const;

/** The judge's ground in the language of whoever asked; its own sentence is for the record. */
export function whyNot({ proposal, ground, because }: Verdict, locale: string | undefined): string {
  const values = { name: targetOf(proposal.action)?.name ?? "", permissions: permissionsIn(because), because };
  if (ground === "bot-lacks-permission") {
    return HOUSE_WORDS.say(locale, values.permissions === "" ? "why.bot-cannot" : "why.bot-lacks-permission", values);
  }
  const known = GROUNDS_WITH_WORDS.find((one) => one === ground);
  return HOUSE_WORDS.say(locale, known === undefined ? "why.other" : `why.${known}`, values);
}

/** Discord's own names are the same in every language. */
function permissionsIn(because: string): string {
  return (because.match(/\b[A-Z]+(?:_[A-Z]+)+\b|\bADMINISTRATOR\b/g) ?? [])
    .filter((name) => name in Permission)
    .join(", ");
}
