import type { Action, ActionOf } from "#core";
import { snowflakeTime } from "#core";
import type { Step } from "./view.ts";

/** Discord's 14 days less five minutes: one id that is too old refuses them all. */
const OLDEST = 14 * 86_400_000 - 300_000;
const MOST_MESSAGES = 100;
const MOST_MEMBERS = 200;

/** One message, and each that is too old for company, is deleted alone; nothing of it waits for the rest to succeed. */
export function removalSteps(action: ActionOf<"message.bulk-delete">, at: number): readonly Step[] {
  const ids = [...new Set(action.messageIds)];
  const young = ids.filter((id) => snowflakeTime(id) > at - OLDEST);
  const chunks = chunksOf(young, MOST_MESSAGES);
  const alone = [...chunks.filter((chunk) => chunk.length === 1).flat(), ...ids.filter((id) => !young.includes(id))];
  const { channelId, author } = action;
  const together = chunks.filter((chunk) => chunk.length > 1).map((messageIds): Action => ({ ...action, messageIds }));
  const singly = alone.map((messageId): Action => ({
    verb: "message.delete",
    channelId,
    messageId,
    ...(author !== undefined && { author }),
  }));
  return [...together, ...singly].map((each) => ({ action: each, onFailure: "continue" }));
}

export function cohortSteps(action: ActionOf<"members.bulk-ban">): readonly Step[] {
  const members = [...new Map(action.members.map((member) => [member.userId, member])).values()];
  return chunksOf(members, MOST_MEMBERS).map((some) => ({
    action: { ...action, members: some },
    onFailure: "continue",
  }));
}

/** Discord lifts bans one at a time; one that is lifted already, or cannot be, keeps nobody else out. */
export function returnSteps({ userIds }: ActionOf<"members.bulk-unban">): readonly Step[] {
  return [...new Set(userIds)].map((userId) => ({ action: { verb: "member.unban", userId }, onFailure: "continue" }));
}

function chunksOf<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, index) =>
    list.slice(index * most, (index + 1) * most),
  );
}
