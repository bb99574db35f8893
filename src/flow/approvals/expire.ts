import type { Action, Approval, EventOf, ProposedAction, Verdict } from "#core";
import { targetOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { resolved } from "./ending.ts";
import { clock } from "./card.ts";
import type { Choices } from "./choices.ts";
import { inWords } from "./modify.ts";
import { overtaken } from "./situation.ts";

/** Nobody answered in time: nothing is done, or what the guild chose for that, and the record says so. */
export function expired(approvalId: string, event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const approval = look.approval(approvalId);
  if (approval?.status !== "pending" || approval.guildId !== event.guildId) return { ...NOTHING, decides: true };
  const instead = milder(approval, look.read("choices"), event, look);
  if (instead === undefined) return { ...NOTHING, decides: true, house: end(approval, event, "nothing was done") };
  return {
    ...NOTHING,
    decides: true,
    effects: [{ propose: instead }],
    approved: { decidedBy: `agent:${approval.agent}, the clock as the policy says`, approvalId },
    afterwards: ([verdict]) => end(approval, event, came(verdict!), verdict!.proposalId),
  };
}

function end(approval: Approval, event: EventOf<"clock.struck">, what: string, caseOf?: string) {
  const text = `Nobody answered by ${clock(event.at)}: ${what}.`;
  return resolved(
    approval,
    "expired",
    { by: "clock", at: event.at, text, ...(caseOf === undefined ? {} : { caseOf }) },
    event,
  );
}

function came({ ruling, because, proposal }: Verdict): string {
  if (ruling !== "run") return `nothing was done, ${because}`;
  return proposal.action.verb === "member.warn" ? "warned instead, case {case}" : "timed out instead, case {case}";
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
  if (overtaken(member.name, situation) !== undefined) return undefined;
  const minutes = onExpiry.minutes ?? 60;
  const now = { ...member, roleIds: situation.roleIds ?? member.roleIds };
  const notice = `${proposal.why} (nobody decided on more in time${onExpiry.verb === "member.warn" ? "" : `, so it is ${inWords(minutes)}`})`;
  const action: Action =
    onExpiry.verb === "member.warn"
      ? { verb: "member.warn", member: now, notice }
      : { verb: "member.timeout", member: now, until: event.at + minutes * 60_000, notice };
  return { ...proposal, action };
}
