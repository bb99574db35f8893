import type { EventOf } from "#core";
import type { IntakeContext, Normaliser } from "./context.ts";
import { memberInFull, userName } from "./member.ts";
import { idAt, idsIn, objectAt, type Raw, timeIn } from "./raw.ts";
import { cleanText } from "./text.ts";

export const memberJoined: Normaliser = (data, context) => {
  const member = memberInFull(data);
  const at = member.joinedAt ?? context.receivedAt;
  return { id: context.frameId, guildId: idAt(data, "guild_id"), at, kind: "member.joined", member };
};

/** A change of the bot's own membership is a change of what it may do; anybody else's is news of a member. */
export const memberUpdated: Normaliser = (data, context) => {
  const base = { id: context.frameId, guildId: idAt(data, "guild_id"), at: context.receivedAt };
  if (objectAt(data, "user")["id"] === context.botUserId) {
    return { ...base, kind: "directory.changed", change: { change: "bot.roles", ...standingOf(data) } };
  }
  const event: { -readonly [K in keyof EventOf<"member.updated">]: EventOf<"member.updated">[K] } = {
    ...base,
    kind: "member.updated",
    member: memberInFull(data),
  };
  const nickname = cleanText(data["nick"]);
  if (nickname !== "") event.nickname = nickname;
  const timeoutUntil = timeIn(data["communication_disabled_until"]);
  if (timeoutUntil !== undefined) event.timeoutUntil = timeoutUntil;
  return event;
};

/** What of the bot's own membership says what it may do. A time-out that is over is none. */
export function standingOf(membership: Raw): { roleIds: readonly string[]; timeoutUntil?: number } {
  const roleIds = idsIn(membership["roles"]);
  const timeoutUntil = timeIn(membership["communication_disabled_until"]);
  return timeoutUntil === undefined ? { roleIds } : { roleIds, timeoutUntil };
}

export const memberLeft: Normaliser = (data, context) => about("member.left", data, context);
export const memberBanned: Normaliser = (data, context) => about("member.banned", data, context);
export const memberUnbanned: Normaliser = (data, context) => about("member.unbanned", data, context);

function about(kind: "member.left" | "member.banned" | "member.unbanned", data: Raw, context: IntakeContext) {
  const user = objectAt(data, "user");
  const who = { userId: idAt(user, "id"), name: userName(user) };
  return { id: context.frameId, guildId: idAt(data, "guild_id"), at: context.receivedAt, kind, ...who };
}
