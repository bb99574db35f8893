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
import { cleanText, LONGEST_TEXT } from "./text.ts";

/** What people and bots write: default, reply, slash command, context menu. The rest are Discord's own notices. */
const WRITTEN = new Set([0, 19, 20, 23]);

type Notice = EventOf<"incident.noticed">["notice"];
const INCIDENT_NOTICES: ReadonlyMap<number, Notice> = new Map([
  [36, "alert-mode-on"],
  [37, "alert-mode-off"],
  [38, "raid-reported"],
  [39, "false-alarm"],
]);

type Facts = Omit<EventOf<"message.created">, "id" | "guildId" | "at" | "kind">;

export const messageCreated: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  const type = asNumber(data["type"]) ?? 0;
  if (guildId === undefined) return undefined;
  const notice = INCIDENT_NOTICES.get(type);
  if (notice !== undefined) return incidentNoticed(guildId, notice, data);
  if (!WRITTEN.has(type)) return undefined;
  const messageId = idAt(data, "id");
  const at = snowflakeTime(messageId);
  const author = objectAt(data, "author");
  if (author["id"] === context.botUserId) return echo(`m:${messageId}`, guildId, at, data, context);
  return { id: `m:${messageId}`, guildId, at, kind: "message.created", ...facts(data, author, messageId) };
};

function incidentNoticed(guildId: string, notice: Notice, data: Raw): GuildEvent {
  const messageId = idAt(data, "id");
  return {
    ...{ id: `m:${messageId}`, guildId, at: snowflakeTime(messageId), kind: "incident.noticed", notice },
    ...{ channelId: idAt(data, "channel_id"), messageId },
    by: memberFrom(objectAt(data, "author"), asObject(data["member"])),
  };
}

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

type Writable = { -readonly [K in keyof Facts]: Facts[K] };

function facts(data: Raw, author: Raw, messageId: string): Facts {
  const shown = forwardIn(data) ?? data;
  const result: Writable = {
    channelId: idAt(data, "channel_id"),
    messageId,
    author: memberFrom(author, asObject(data["member"]), author["bot"] === true || isId(data["webhook_id"])),
    text: "",
    mentionedUserIds: idsOf(data["mentions"]),
    mentionedRoleIds: idsIn(data["mention_roles"]),
    attachments: attachmentsIn(shown["attachments"]),
  };
  putText(result, shown);
  if (data["mention_everyone"] === true) result.mentionsEveryone = true;
  putReference(result, data, shown !== data);
  putExtras(result, data, shown);
  return result;
}

/** A message as Discord shows it to whoever asks, if people or bots wrote it. */
export function writtenMessage(data: Raw | undefined): Facts | undefined {
  if (data === undefined || !WRITTEN.has(asNumber(data["type"]) ?? 0)) return undefined;
  return facts(data, objectAt(data, "author"), idAt(data, "id"));
}

/** What a message says, as people see it: of a forward what was forwarded. */
export function wordsIn(data: Raw): readonly string[] {
  return [cleanText(writtenIn(forwardIn(data) ?? data))];
}

function writtenIn(shown: Raw): unknown {
  const { content } = shown;
  const poll = asObject(shown["poll"]);
  return poll === undefined ? content : [content, ...pollTexts(poll)].filter(isText).join("\n");
}

function putText(result: Writable, shown: Raw): void {
  const poll = asObject(shown["poll"]);
  const written = writtenIn(shown);
  result.text = cleanText(written);
  if (poll !== undefined) result.isPoll = true;
  if (typeof written === "string" && written.length > LONGEST_TEXT) result.fullLength = written.length;
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function pollTexts(poll: Raw): readonly unknown[] {
  const answers = asList(poll["answers"]).map((answer) => asObject(asObject(answer)?.["poll_media"])?.["text"]);
  return [asObject(poll["question"])?.["text"], ...answers];
}

/** What a forward shows is a copy taken when it was forwarded; its own content is empty. */
function forwardIn(data: Raw): Raw | undefined {
  const snapshots = asList(data["message_snapshots"]);
  return snapshots.length === 0 ? undefined : asObject(asObject(snapshots[0])?.["message"]);
}

const REPLY = 19;

function putReference(result: Writable, data: Raw, isForward: boolean): void {
  const reference = asObject(data["message_reference"]);
  const messageId = isId(reference?.["message_id"]) ? reference["message_id"] : undefined;
  if (isForward) {
    const channelId = isId(reference?.["channel_id"]) ? reference["channel_id"] : undefined;
    result.forwarded = { ...(messageId !== undefined && { messageId }), ...(channelId !== undefined && { channelId }) };
    return;
  }
  if (messageId === undefined || data["type"] !== REPLY) return;
  result.replyToMessageId = messageId;
  const author = asObject(asObject(data["referenced_message"])?.["author"]);
  if (isId(author?.["id"])) result.replyToUserId = author["id"];
}

/** What most messages do not have is left out: a journal row of an ordinary one must stay small. */
function putExtras(result: Writable, data: Raw, shown: Raw): void {
  const stickers = asList(shown["sticker_items"]).map(asObject).filter(hasId);
  if (stickers.length > 0) result.stickers = stickers.map(({ id, name }) => ({ id, name: cleanText(name) }));
  const embedUrls = embedUrlsIn(shown["embeds"]);
  if (embedUrls.length > 0) result.embedUrls = embedUrls;
  if (isId(data["webhook_id"])) result.webhookId = data["webhook_id"];
  const type = asNumber(data["type"]) ?? 0;
  if (type !== 0) result.messageType = type;
  const flags = asNumber(data["flags"]) ?? 0;
  if (flags !== 0) result.flags = flags;
}

function embedUrlsIn(value: unknown): readonly string[] {
  const list = asList(value);
  if (list.length === 0) return [];
  return [...new Set(list.map((embed) => cleanText(asObject(embed)?.["url"])).filter(isText))];
}

export function attachmentsIn(value: unknown): readonly Attachment[] {
  const list = asList(value);
  return list.length === 0 ? [] : list.map(asObject).filter(hasId).map(attachmentFrom);
}

function hasId(value: Raw | undefined): value is Raw & { readonly id: string } {
  return value !== undefined && isId(value["id"]);
}

function attachmentFrom(raw: Raw & { readonly id: string }): Attachment {
  const result: { -readonly [K in keyof Attachment]: Attachment[K] } = {
    id: raw.id,
    name: cleanText(raw["filename"]),
    size: asNumber(raw["size"]) ?? 0,
  };
  const contentType = cleanText(raw["content_type"]);
  if (contentType !== "") result.contentType = contentType;
  const [width, height] = [asNumber(raw["width"]), asNumber(raw["height"])];
  if (width !== undefined && height !== undefined) Object.assign(result, { width, height });
  const url = cleanText(raw["url"]);
  if (url !== "") result.url = url;
  return result;
}
