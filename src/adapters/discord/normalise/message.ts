import { type Attachment, type EventOf, type GuildEvent, snowflakeTime } from "#core";
import { markerIn } from "../marker.ts";
import type { IntakeContext, Normaliser } from "./context.ts";
import { memberFrom } from "./member.ts";
import {
  asList,
  asNumber,
  asObject,
  idAt,
  idsIn,
  idsOf,
  isId,
  objectAt,
  optionalIdAt,
  type Raw,
  timeIn,
} from "./raw.ts";
import { cleanText } from "./text.ts";

/** What people and bots write: default, reply, slash command, context menu. The rest are Discord's own notices. */
const WRITTEN = new Set([0, 19, 20, 23]);

type Facts = Omit<EventOf<"message.created">, "id" | "guildId" | "at" | "kind">;

export const messageCreated: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  if (guildId === undefined || !WRITTEN.has(asNumber(data["type"]) ?? 0)) return undefined;
  const messageId = idAt(data, "id");
  const at = snowflakeTime(messageId);
  const author = objectAt(data, "author");
  if (author["id"] === context.botUserId) return echo(`m:${messageId}`, guildId, at, data, context);
  return { id: `m:${messageId}`, guildId, at, kind: "message.created", ...facts(data, author, messageId) };
};

/** Link previews also arrive as updates: without an edited time, or without the text, nobody edited anything. */
export const messageUpdated: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  const at = timeIn(data["edited_timestamp"]);
  const author = asObject(data["author"]);
  if (guildId === undefined || at === undefined || author === undefined) return undefined;
  if (typeof data["content"] !== "string" || !WRITTEN.has(asNumber(data["type"]) ?? 0)) return undefined;
  const messageId = idAt(data, "id");
  const id = `e:${messageId}:${at}`;
  if (author["id"] === context.botUserId) return echo(id, guildId, at, data, context);
  return { id, guildId, at, kind: "message.edited", ...facts(data, author, messageId) };
};

export const messageDeleted: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  if (guildId === undefined) return undefined;
  return deletion(guildId, data, [idAt(data, "id")], context);
};

export const messagesDeleted: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  const messageIds = idsIn(data["ids"]);
  if (guildId === undefined || messageIds.length === 0) return undefined;
  return deletion(guildId, data, messageIds, context);
};

function deletion(guildId: string, data: Raw, messageIds: readonly string[], context: IntakeContext): GuildEvent {
  const channelId = idAt(data, "channel_id");
  return { id: context.frameId, guildId, at: context.receivedAt, kind: "message.deleted", channelId, messageIds };
}

/** What we wrote ourselves is evidence for the order it came from, and nothing an agent should hear. */
function echo(id: string, guildId: string, at: number, data: Raw, context: IntakeContext): GuildEvent | undefined {
  const marker = markerIn(data);
  const orderId = marker === undefined ? undefined : context.orderOf(marker);
  if (orderId === undefined) return undefined;
  const channelId = idAt(data, "channel_id");
  return { id, guildId, at, kind: "message.echoed", channelId, messageId: idAt(data, "id"), orderId };
}

function facts(data: Raw, author: Raw, messageId: string): Facts {
  const result: { -readonly [K in keyof Facts]: Facts[K] } = {
    channelId: idAt(data, "channel_id"),
    messageId,
    author: memberFrom(author, asObject(data["member"]), author["bot"] === true || isId(data["webhook_id"])),
    text: cleanText(data["content"]),
    mentionedUserIds: idsOf(data["mentions"]),
    mentionedRoleIds: idsIn(data["mention_roles"]),
    attachments: attachmentsIn(data["attachments"]),
  };
  if (data["mention_everyone"] === true) result.mentionsEveryone = true;
  const reply = asObject(data["message_reference"]);
  if (reply !== undefined && data["type"] === 19 && isId(reply["message_id"])) {
    result.replyToMessageId = reply["message_id"];
  }
  return result;
}

function attachmentsIn(value: unknown): readonly Attachment[] {
  const list = asList(value);
  return list.length === 0 ? [] : list.map(asObject).filter(hasId).map(attachmentFrom);
}

function hasId(value: Raw | undefined): value is Raw & { readonly id: string } {
  return value !== undefined && isId(value["id"]);
}

function attachmentFrom(raw: Raw & { readonly id: string }): Attachment {
  const plain = { id: raw.id, name: cleanText(raw["filename"]), size: asNumber(raw["size"]) ?? 0 };
  const contentType = cleanText(raw["content_type"]);
  return contentType === "" ? plain : { ...plain, contentType };
}
