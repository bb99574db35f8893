import type { Member } from "#core";
import { asObject, idAt, idsIn, type Raw, timeIn } from "./raw.ts";
import { cleanText, firstText } from "./text.ts";

/** A user and, where the payload has one, their membership. Whoever is called nothing is called by their id. */
export function memberFrom(user: Raw, membership: Raw | undefined, isBot = user["bot"] === true): Member {
  const userId = idAt(user, "id");
  const name = firstText(membership?.["nick"], user["global_name"], user["username"]) || userId;
  const roleIds = idsIn(membership?.["roles"]);
  const joinedAt = timeIn(membership?.["joined_at"]);
  if (isBot)
    return joinedAt === undefined
      ? { userId, name, roleIds, bot: true }
      : { userId, name, roleIds, bot: true, joinedAt };
  return joinedAt === undefined ? { userId, name, roleIds } : { userId, name, roleIds, joinedAt };
}

/** A membership that carries its user, as member events and interactions do. */
export function memberWithUser(membership: Raw, field = "user"): Member {
  return memberFrom(asObject(membership[field]) ?? {}, membership);
}

/** With what only matters where the membership itself is the news, or somebody asks: it would make every message's row longer. */
export function memberInFull(membership: Raw, user = asObject(membership["user"]) ?? {}): Member {
  const member: { -readonly [K in keyof Member]: Member[K] } = memberFrom(user, membership);
  const username = cleanText(user["username"]);
  if (username !== "" && username !== member.name) member.username = username;
  const avatar = firstText(membership["avatar"], user["avatar"]);
  if (avatar !== "") member.avatar = avatar;
  if (firstText(membership["avatar"]) !== "") member.ownAvatar = true;
  if (membership["pending"] === true) member.pending = true;
  return member;
}

export function userName(user: Raw): string {
  return firstText(user["global_name"], user["username"]) || idAt(user, "id");
}
