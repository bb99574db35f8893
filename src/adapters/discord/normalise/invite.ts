import type { Normaliser } from "./context.ts";
import { event } from "./frame-event.ts";
import { asNumber, asObject, idAt, isId, malformed, optionalIdAt, type Raw, timeIn } from "./raw.ts";
import { cleanText } from "./text.ts";

export const inviteCreated: Normaliser = (data, context) => {
  const place = placeOf(data);
  if (place === undefined) return undefined;
  const { guildId, ...invite } = place;
  const byUserId = asObject(data["inviter"])?.["id"];
  const expiresAt = expiryOf(data);
  return event(guildId, context, {
    kind: "invite.created",
    ...invite,
    ...(isId(byUserId) && { byUserId }),
    ...(expiresAt !== undefined && { expiresAt }),
    maxUses: asNumber(data["max_uses"]) ?? 0,
  });
};

export const inviteDeleted: Normaliser = (data, context) => {
  const place = placeOf(data);
  if (place === undefined) return undefined;
  const { guildId, ...invite } = place;
  return event(guildId, context, { kind: "invite.deleted", ...invite });
};

/** Invites to group chats have no guild. */
function placeOf(data: Raw) {
  const guildId = optionalIdAt(data, "guild_id");
  const code = cleanText(data["code"]);
  if (guildId === undefined) return undefined;
  if (code === "") throw malformed("code");
  return { guildId, code, channelId: idAt(data, "channel_id") };
}

function expiryOf(data: Raw): number | undefined {
  const seconds = asNumber(data["max_age"]) ?? 0;
  const createdAt = timeIn(data["created_at"]);
  return seconds > 0 && createdAt !== undefined ? createdAt + seconds * 1_000 : undefined;
}
