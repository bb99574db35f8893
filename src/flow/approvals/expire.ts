import type { Action, Approval, CardText, EventOf, ProposedAction, Verdict } from "#core";
import { targetOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { resolved } from "./ending.ts";
import { clock } from "./card.ts";
import type { Choices } from "./choices.ts";
import { whyStopped } from "./execute.ts";
import { overtaken } from "./situation.ts";
import { caseMention, lengthIn, say, text } from "./words.ts";

/** Nobody answered in time: nothing is done, or what the guild chose for that, and the record says so. */
export function expired(approvalId: string, event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const approval = look.approval(approvalId);
  if (approval?.status !== "pending" || approval.guildId !== event.guildId) return { ...NOTHING, decides: true };
  const { locale } = look.guild();
  const instead = milder(approval, look.read("choices"), event, look);
  const nothing = text(locale, "expired.nothing");
  if (instead === undefined) return { ...NOTHING, decides: true, house: end(approval, event, nothing, locale) };
  return {
    ...NOTHING,
    decides: true,
    effects: [{ propose: instead }],
    approved: { decidedBy: `agent:${approval.agent}, the clock as the policy says`, approvalId },
    afterwards: ([verdict]) => end(approval, event, came(verdict!, locale), locale, verdict!.proposalId),
  };
}

function end(approval: Approval, event: EventOf<"clock.struck">, what: CardText, locale: string, caseOf?: string) {
  const decided = say(locale, "expired", { time: clock(event.at), what });
  const facts = { by: "clock", at: event.at, text: decided };
  return resolved(approval, "expired", { ...facts, ...(caseOf === undefined ? {} : { caseOf }) }, event);
}

function came(verdict: Verdict, locale: string): CardText {
  if (verdict.ruling !== "run") return say(locale, "expired.stopped", { why: whyStopped(verdict, locale) });
  const isWarning = verdict.proposal.action.verb === "member.warn";
  return say(locale, isWarning ? "expired.warn" : "expired.timeout", { case: caseMention(locale) });
}

/** Only instead of something harsher, and only while the member is there. */
function milder(
  { verdict, askedAt }: Approval,
  { onExpiry }: Choices,
  event: EventOf<"clock.struck">,
  look: HouseLook,
): ProposedAction | undefined {
  const { proposal } = verdict;
  const member = targetOf(proposal.action);
  const isHarsh = proposal.action.verb === "member.ban" || proposal.action.verb === "member.kick";
  if (onExpiry === undefined || member === undefined || !isHarsh) return undefined;
  const situation = look.read("situation", member.userId, askedAt);
  if (overtaken(situation) !== undefined) return undefined;
  const minutes = onExpiry.minutes ?? 60;
  const now = { ...member, roleIds: situation.roleIds ?? member.roleIds };
  const { locale } = look.guild();
  const notice =
    onExpiry.verb === "member.warn"
      ? text(locale, "expired.notice", { why: proposal.why })
      : text(locale, "expired.notice.length", { why: proposal.why, length: lengthIn(locale, minutes) });
  const action: Action =
    onExpiry.verb === "member.warn"
      ? { verb: "member.warn", member: now, notice }
      : { verb: "member.timeout", member: now, until: event.at + minutes * 60_000, notice };
  return { ...proposal, action };
}
