import { AuditLogEvent, ChannelType, MessageFlags, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { snowflakeTime } from "#core";
import { BULK_DELETE, NONCE_MS } from "../limits.ts";
import { audit } from "../world/audit.ts";
import { isText } from "../world/guilds.ts";
import { messagePayload } from "../world/message-payload.ts";
import { removeMessage, removeMessages } from "../world/message-removal.ts";
import { announceMessage, changeMessage, postMessage } from "../world/messages.ts";
import { channelPermissions, isThread, needInChannel } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { ChannelState, MessageState } from "../world/states.ts";
import { unarchive } from "../world/threads.ts";
import { dispatchFloodedDelete } from "../world/flooded.ts";
import { storeFiles } from "./attachments.ts";
import { findChannel, findGuildOf, findMessage } from "./find.ts";
import { form, page, queryForm, snowflake } from "./form.ts";
import {
  changesOf,
  checkComponents,
  checkEmbeds,
  checkMessage,
  contentOf,
  messageSchema,
  type MessageBody,
} from "./message-body.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

function create(call: Call): Reply {
  const channel = findChannel(call);
  if (!isText(channel.type) && channel.type !== ChannelType.DM) throw refuse(50024);
  const body = form(call, messageSchema);
  checkMessage(body, call.files.length > 0);
  needToWrite(call, channel, body);
  const again = body.enforce_nonce === true ? sameNonce(call, channel, body.nonce) : undefined;
  if (again !== undefined) return ok({ ...messagePayload(call.world, again), nonce: again.nonce });
  if (channel.thread?.archived === true) unarchive(call.world, channel);
  const message = postMessage(call.world, channel, {
    authorId: call.world.botId,
    ...contentOf(body),
    attachments: storeFiles(call.world, channel.id, call.files),
    replyTo: replyOf(channel, body),
    nonce: body.nonce ?? undefined,
  });
  return ok({
    ...messagePayload(call.world, message),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
  });
}

function needToWrite(call: Call, channel: ChannelState, body: MessageBody): void {
  const { world } = call;
  if (channel.type === ChannelType.DM) return needOpenDoor(call, channel);
  if (channel.thread?.locked === true) needInChannel(world, channel, Bit.ManageThreads);
  let needed: bigint = isThread(channel.type) ? Bit.SendMessagesInThreads : Bit.SendMessages;
  if (body.embeds?.length) needed |= Bit.EmbedLinks;
  if (call.files.length > 0) needed |= Bit.AttachFiles;
  if (body.message_reference) needed |= Bit.ReadMessageHistory;
  needInChannel(world, channel, needed);
}

/** 50278 where nobody introduces the two, 50007 where the door is closed. */
function needOpenDoor(call: Call, channel: ChannelState): void {
  const userId = channel.recipientIds.find((id) => id !== call.world.botId) ?? "";
  const mutual = [...call.world.guilds.values()].some(
    (guild) => guild.members.has(userId) && guild.members.has(call.world.botId),
  );
  if (!mutual) throw refuse(50278);
  if (call.world.users.get(userId)?.dmClosed !== false) throw refuse(50007);
}

function sameNonce(call: Call, channel: ChannelState, nonce: MessageBody["nonce"]): MessageState | undefined {
  if (nonce === undefined || nonce === null) return undefined;
  const since = call.world.clock.now() - NONCE_MS;
  return [...channel.messages.values()].find(
    (one) => one.authorId === call.world.botId && one.nonce === nonce && one.at >= since,
  );
}

function replyOf(channel: ChannelState, body: MessageBody): MessageState["replyTo"] {
  const reference = body.message_reference;
  if (!reference) return undefined;
  if (channel.messages.has(reference.message_id)) return { messageId: reference.message_id, channelId: channel.id };
  if (reference.fail_if_not_exists === false) return undefined;
  throw invalidForm(["message_reference"], "Unknown message", "REPLIES_UNKNOWN_MESSAGE");
}

function list(call: Call): Reply {
  const channel = findChannel(call);
  const { limit, before, after, around } = queryForm(call, page(100, 50));
  if ((channelPermissions(call.world, channel, call.world.botId) & Bit.ReadMessageHistory) === 0n) return ok([]);
  const newestFirst = [...channel.messages.values()].sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
  return ok(pick(newestFirst, limit, { before, after, around }).map((one) => messagePayload(call.world, one)));
}

/** `after` gives the oldest behind it, still newest first, as Discord does. */
function pick(
  newestFirst: readonly MessageState[],
  limit: number,
  at: { before?: string | undefined; after?: string | undefined; around?: string | undefined },
): readonly MessageState[] {
  const { before, after, around } = at;
  if (around !== undefined) {
    const older = newestFirst.filter((one) => BigInt(one.id) <= BigInt(around));
    const newer = newestFirst.filter((one) => BigInt(one.id) > BigInt(around));
    return [...newer.slice(-Math.floor(limit / 2)), ...older.slice(0, Math.ceil(limit / 2))];
  }
  if (before !== undefined) return newestFirst.filter((one) => BigInt(one.id) < BigInt(before)).slice(0, limit);
  if (after !== undefined) return newestFirst.filter((one) => BigInt(one.id) > BigInt(after)).slice(-limit);
  return newestFirst.slice(0, limit);
}

function show(call: Call): Reply {
  const channel = findChannel(call);
  needInChannel(call.world, channel, Bit.ReadMessageHistory);
  return ok(messagePayload(call.world, findMessage(call, channel)));
}

function edit(call: Call): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  const body = form(call, messageSchema);
  if (channel.thread?.archived === true) throw refuse(50083);
  if (message.authorId !== call.world.botId || message.webhook !== undefined)
    return suppress(call, channel, message, body);
  checkEmbeds(body);
  checkComponents({ ...body, flags: (body.flags ?? 0) | message.flags });
  const files = storeFiles(call.world, channel.id, call.files);
  const kept = body.attachments?.map((one) => one.id);
  const attachments = [...message.attachments.filter((one) => kept?.includes(one.id) ?? true), ...files];
  changeMessage(call.world, channel, message, { ...changesOf(body), attachments });
  return ok(messagePayload(call.world, message));
}

/** Of somebody else's message only the embeds can be hidden. */
function suppress(call: Call, channel: ChannelState, message: MessageState, body: MessageBody): Reply {
  if (Object.keys(body).some((key) => key !== "flags")) throw refuse(50005);
  needInChannel(call.world, channel, Bit.ManageMessages);
  const embeds = ((body.flags ?? 0) & MessageFlags.SuppressEmbeds) !== 0 ? { embeds: [] } : {};
  changeMessage(call.world, channel, message, { flags: body.flags ?? 0, ...embeds });
  return ok(messagePayload(call.world, message));
}

function remove(call: Call): Reply {
  const channel = findChannel(call);
  const messageId = call.id("messageId");
  if (call.world.flooded.has(messageId)) {
    needInChannel(call.world, channel, Bit.ManageMessages);
    dispatchFloodedDelete(call.world, channel, messageId);
    return noContent;
  }
  const message = findMessage(call, channel);
  const isOwn = message.authorId === call.world.botId;
  if (!isOwn && channel.type === ChannelType.DM) throw refuse(50003);
  if (!isOwn) needInChannel(call.world, channel, Bit.ManageMessages);
  removeMessage(call.world, channel, message.id);
  return noContent;
}

/** One id that is too old or given twice refuses them all. Ids that are gone already do not matter. */
function bulkRemove(call: Call): Reply {
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  needInChannel(call.world, channel, Bit.ManageMessages);
  const { messages } = form(call, z.looseObject({ messages: z.array(snowflake) }));
  if (messages.length < BULK_DELETE.least || messages.length > BULK_DELETE.most)
    throw invalidForm(["messages"], "Must be between 2 and 100 in length.", "BASE_TYPE_BAD_LENGTH");
  if (new Set(messages).size !== messages.length)
    throw invalidForm(["messages"], "The set already contains this value", "SET_TYPE_ALREADY_CONTAINS_VALUE");
  const oldest = call.world.clock.now() - BULK_DELETE.oldestMs;
  if (messages.some((id) => snowflakeTime(id) < oldest)) throw refuse(50034);
  const present = messages.filter((id) => channel.messages.has(id));
  removeMessages(call.world, channel, present);
  audit(call.world, guild, AuditLogEvent.MessageBulkDelete, call.actor, {
    targetId: channel.id,
    options: { count: String(present.length) } as never,
  });
  return noContent;
}

/** A bot's own needs no more than the right to write there; once is enough. */
function crosspost(call: Call): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (channel.type !== ChannelType.GuildAnnouncement) throw refuse(50024);
  const isOwn = message.authorId === call.world.botId;
  needInChannel(call.world, channel, isOwn ? Bit.SendMessages : Bit.SendMessages | Bit.ManageMessages);
  if ((message.flags & MessageFlags.Crossposted) !== 0) throw refuse(40033);
  message.flags |= MessageFlags.Crossposted;
  announceMessage(call.world, channel, message);
  return ok(messagePayload(call.world, message));
}

export const messageRoutes = [
  route("POST", "/channels/:channelId/messages", create),
  route("GET", "/channels/:channelId/messages", list),
  route("POST", "/channels/:channelId/messages/bulk-delete", bulkRemove),
  route("POST", "/channels/:channelId/messages/:messageId/crosspost", crosspost),
  route("GET", "/channels/:channelId/messages/:messageId", show),
  route("PATCH", "/channels/:channelId/messages/:messageId", edit),
  route("DELETE", "/channels/:channelId/messages/:messageId", remove),
  route("POST", "/channels/:channelId/typing", (call) => {
    needInChannel(call.world, findChannel(call), Bit.SendMessages);
    return noContent;
  }),
];
