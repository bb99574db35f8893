import type { CountedTally, Directory, GuildEvent, HouseWrite, ProposedAction, Verdict } from "#core";
import { noticeOrders } from "../house/notice.ts";

/** Whether the owner was told of this rule or this moderator already. */
export function quotaTold({ rule, onBehalfOf }: ProposedAction): CountedTally {
  const key = onBehalfOf === undefined ? `rule/${rule}` : `moderator/${onBehalfOf}`;
  return { owner: "judge", counter: "told", key, by: 1 };
}

/** A broken rule or a stolen account: either way somebody has to look, and it is the owner who can take a role away. */
export function quotaNotice(
  { proposal, because }: Verdict,
  event: GuildEvent,
  directory: Directory | undefined,
): readonly HouseWrite[] {
  if (directory === undefined) return [];
  const advice =
    proposal.onBehalfOf === undefined
      ? "Look at the rule, or switch its agent to shadow."
      : `If <@${proposal.onBehalfOf}> did not mean to do that, take the moderator's role away until you know.`;
  const text = `${directory.name}: ${because}. Everything beyond is refused until the time has passed. ${advice}`;
  return noticeOrders(event, {
    ownerId: directory.ownerId,
    text,
    reason: "tell-owner: a quota is reached",
    name: "quota",
  });
}
