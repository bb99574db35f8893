import type { IntakeContext, Normaliser } from "./context.ts";
import { asObject, idAt, isId, malformed, objectAt, optionalIdAt, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

export const reactionAdded: Normaliser = (data, context) => reaction("reaction.added", data, context);
export const reactionRemoved: Normaliser = (data, context) => reaction("reaction.removed", data, context);

export const reactionsCleared: Normaliser = (data, context) => {
  const place = placeOf(data, context);
  return place && { ...place, kind: "reaction.cleared" };
};

export const emojiCleared: Normaliser = (data, context) => {
  const place = placeOf(data, context);
  return place && { ...place, kind: "reaction.cleared", emoji: emojiIn(data) };
};

function reaction(kind: "reaction.added" | "reaction.removed", data: Raw, context: IntakeContext) {
  const place = placeOf(data, context);
  if (place === undefined || data["user_id"] === context.botUserId) return undefined;
  const authorId = isId(data["message_author_id"]) ? { authorId: data["message_author_id"] } : {};
  const byBot = asObject(asObject(data["member"])?.["user"])?.["bot"] === true ? { byBot: true as const } : {};
  return { ...place, kind, userId: idAt(data, "user_id"), emoji: emojiIn(data), ...authorId, ...byBot };
}

function placeOf(data: Raw, context: IntakeContext) {
  const guildId = optionalIdAt(data, "guild_id");
  if (guildId === undefined) return undefined;
  const place = { channelId: idAt(data, "channel_id"), messageId: idAt(data, "message_id") };
  return { id: context.frameId, guildId, at: context.receivedAt, ...place };
}

/** A guild's own emoji may have lost its name, never its id. */
function emojiIn(data: Raw): string {
  const emoji = objectAt(data, "emoji");
  const name = cleanText(emoji["name"]);
  if (isId(emoji["id"])) return `${name}:${emoji["id"]}`;
  if (name === "") throw malformed("emoji");
  return name;
}
