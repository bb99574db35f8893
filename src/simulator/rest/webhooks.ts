import { AuditLogEvent, GatewayDispatchEvents, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { WEBHOOKS_PER_CHANNEL } from "../limits.ts";
import { audit } from "../world/audit.ts";
import { isText } from "../world/guilds.ts";
import { messagePayload } from "../world/message-payload.ts";
import { removeMessage } from "../world/message-removal.ts";
import { changeMessage, postMessage } from "../world/messages.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { needInChannel, needInGuild } from "../world/permissions.ts";
import { refuse } from "../world/refusal.ts";
import type { ChannelState, MessageState, WebhookState } from "../world/states.ts";
import { dispatch, type World } from "../world/world.ts";
import { storeFiles } from "./attachments.ts";
import { findChannel, findGuild, findGuildOf } from "./find.ts";
import { form } from "./form.ts";
import { deleteAnswer, editAnswer, followUp, showAnswer } from "./interactions.ts";
import { changesOf, checkMessage, contentOf, messageSchema } from "./message-body.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

function payload(world: World, webhook: WebhookState, withToken = true) {
  return {
    id: webhook.id,
    type: 1,
    guild_id: webhook.guildId,
    channel_id: webhook.channelId,
    name: webhook.name,
    avatar: null,
    application_id: world.applicationId,
    user: userPayload(userById(world, world.botId)),
    ...(withToken ? { token: webhook.token } : {}),
  };
}

function create(call: Call): Reply {
  const { world } = call;
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  if (!isText(channel.type)) throw refuse(50024);
  needInChannel(world, channel, Bit.ManageWebhooks);
  const { name } = form(call, z.looseObject({ name: z.string().min(1).max(80) }));
  if ([...world.webhooks.values()].filter((one) => one.channelId === channel.id).length >= WEBHOOKS_PER_CHANNEL)
    throw refuse(30007);
  const id = world.ids.next();
  const webhook: WebhookState = {
    id,
    token: world.ids.secret("webhook", id),
    guildId: guild.id,
    channelId: channel.id,
    name,
  };
  world.webhooks.set(id, webhook);
  audit(world, guild, AuditLogEvent.WebhookCreate, call.actor, {
    targetId: id,
    changes: [{ key: "name", new_value: name }],
  });
  dispatch(world, GatewayDispatchEvents.WebhooksUpdate, guild.id, { guild_id: guild.id, channel_id: channel.id });
  return ok(payload(world, webhook));
}

function find(call: Call): WebhookState {
  const webhook = call.world.webhooks.get(call.id("webhookId"));
  if (webhook === undefined) throw refuse(10015);
  const token = call.part("webhookToken");
  if (token !== "" && token !== webhook.token) throw refuse(50027);
  if (token === "")
    needInGuild(call.world, call.world.guilds.get(webhook.guildId) ?? findGuild(call), Bit.ManageWebhooks);
  return webhook;
}

function remove(call: Call): Reply {
  const webhook = find(call);
  const guild = call.world.guilds.get(webhook.guildId);
  call.world.webhooks.delete(webhook.id);
  if (guild === undefined) return noContent;
  audit(call.world, guild, AuditLogEvent.WebhookDelete, call.actor, { targetId: webhook.id });
  dispatch(call.world, GatewayDispatchEvents.WebhooksUpdate, guild.id, {
    guild_id: guild.id,
    channel_id: webhook.channelId,
  });
  return noContent;
}

/** Whether this token is an interaction's: then the address is not a webhook of a channel but the application's own. */
const isAnswer = (call: Call): boolean => call.part("webhookId") === call.world.applicationId;

function place(call: Call, webhook: WebhookState): ChannelState {
  const channel = call.world.channels.get(call.query.get("thread_id") ?? webhook.channelId);
  if (channel === undefined) throw refuse(10003);
  return channel;
}

function execute(call: Call): Reply {
  const webhook = find(call);
  const body = form(call, messageSchema.extend({ username: z.string().min(1).max(80).optional() }));
  checkMessage(body, call.files.length > 0);
  const channel = place(call, webhook);
  const message = postMessage(call.world, channel, {
    authorId: webhook.id,
    ...contentOf(body),
    attachments: storeFiles(call.world, channel.id, call.files),
    webhook: { id: webhook.id, name: body.username ?? webhook.name },
  });
  return call.query.get("wait") === "true" ? ok(messagePayload(call.world, message)) : noContent;
}

function findPosted(call: Call): { channel: ChannelState; message: MessageState } {
  const webhook = find(call);
  const channel = place(call, webhook);
  const message = channel.messages.get(call.id("messageId"));
  if (message === undefined || message.webhook?.id !== webhook.id) throw refuse(10008);
  return { channel, message };
}

function editPosted(call: Call): Reply {
  const { channel, message } = findPosted(call);
  changeMessage(call.world, channel, message, changesOf(form(call, messageSchema)));
  return ok(messagePayload(call.world, message));
}

function deletePosted(call: Call): Reply {
  const { channel, message } = findPosted(call);
  removeMessage(call.world, channel, message.id);
  return noContent;
}

const TOKEN_PATH = "/webhooks/:webhookId/:webhookToken";
const MESSAGE_PATH = `${TOKEN_PATH}/messages/:messageId`;
/** Both kinds of token stand in the path, and interaction endpoints do not count against the global limit. */
const byToken = { anonymous: true, exempt: true };

export const webhookRoutes = [
  route("POST", "/channels/:channelId/webhooks", create),
  route("GET", "/channels/:channelId/webhooks", (call) => {
    const channel = findChannel(call);
    needInChannel(call.world, channel, Bit.ManageWebhooks);
    return ok(
      [...call.world.webhooks.values()]
        .filter((one) => one.channelId === channel.id)
        .map((one) => payload(call.world, one)),
    );
  }),
  route("GET", "/guilds/:guildId/webhooks", (call) => {
    const guild = findGuild(call);
    needInGuild(call.world, guild, Bit.ManageWebhooks);
    return ok(
      [...call.world.webhooks.values()]
        .filter((one) => one.guildId === guild.id)
        .map((one) => payload(call.world, one)),
    );
  }),
  route("GET", "/webhooks/:webhookId", (call) => ok(payload(call.world, find(call)))),
  route("DELETE", "/webhooks/:webhookId", remove),
  route("GET", TOKEN_PATH, (call) => ok(payload(call.world, find(call), false)), byToken),
  route("DELETE", TOKEN_PATH, remove, byToken),
  route("POST", TOKEN_PATH, (call) => (isAnswer(call) ? followUp(call) : execute(call)), byToken),
  route(
    "GET",
    MESSAGE_PATH,
    (call) => (isAnswer(call) ? showAnswer(call) : ok(messagePayload(call.world, findPosted(call).message))),
    byToken,
  ),
  route("PATCH", MESSAGE_PATH, (call) => (isAnswer(call) ? editAnswer(call) : editPosted(call)), byToken),
  route("DELETE", MESSAGE_PATH, (call) => (isAnswer(call) ? deleteAnswer(call) : deletePosted(call)), byToken),
];
