import { AuditLogEvent, GatewayDispatchEvents, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { PINS } from "../limits.ts";
import { audit } from "../world/audit.ts";
import { messagePayload } from "../world/message-payload.ts";
import { announceMessage } from "../world/messages.ts";
import { guildOf, userById, userPayload } from "../world/payloads.ts";
import { needInChannel } from "../world/permissions.ts";
import { addReaction, clearReactions, emojiKey, emojiOf, removeReaction } from "../world/reactions.ts";
import { refuse } from "../world/refusal.ts";
import type { ChannelState, MessageState } from "../world/states.ts";
import { iso } from "../world/times.ts";
import { dispatch } from "../world/world.ts";
import { findChannel, findMessage } from "./find.ts";
import { page, queryForm } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

function add(call: Call): Reply {
  const channel = findChannel(call);
  needInChannel(call.world, channel, Bit.ReadMessageHistory);
  const message = findMessage(call, channel);
  if (channel.thread?.archived === true) throw refuse(50083);
  // Joining a reaction that is there needs no permission to add new ones.
  if (!message.reactions.has(emojiKey(emojiOf(call.part("emoji")))))
    needInChannel(call.world, channel, Bit.AddReactions);
  addReaction(call.world, channel, message, call.part("emoji"), call.world.botId);
  return noContent;
}

function remove(call: Call): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  const userId = call.part("userId") === "" ? call.world.botId : call.id("userId");
  if (userId !== call.world.botId) needInChannel(call.world, channel, Bit.ManageMessages);
  removeReaction(call.world, channel, message, call.part("emoji"), userId);
  return noContent;
}

function clear(call: Call): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  needInChannel(call.world, channel, Bit.ManageMessages);
  clearReactions(call.world, channel, message, call.part("emoji") || undefined);
  return noContent;
}

function list(call: Call): Reply {
  const channel = findChannel(call);
  needInChannel(call.world, channel, Bit.ReadMessageHistory);
  const { limit, after } = queryForm(call, page(100, 25));
  const reaction = findMessage(call, channel).reactions.get(emojiKey(emojiOf(call.part("emoji"))));
  const ids = [...(reaction?.userIds ?? [])].filter((id) => after === undefined || BigInt(id) > BigInt(after));
  return ok(ids.slice(0, limit).map((id) => userPayload(userById(call.world, id))));
}

function pinned(channel: ChannelState): MessageState[] {
  return [...channel.messages.values()]
    .filter((one) => one.pinnedAt !== null)
    .sort((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0));
}

/** Pinning what is pinned changes nothing. */
function setPin(call: Call, isPinned: boolean): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (channel.guildId !== undefined) needInChannel(call.world, channel, Bit.PinMessages);
  if ((message.pinnedAt !== null) === isPinned) return noContent;
  if (isPinned && pinned(channel).length >= PINS) throw refuse(30003);
  message.pinnedAt = isPinned ? call.world.clock.now() : null;
  announceMessage(call.world, channel, message);
  dispatch(call.world, GatewayDispatchEvents.ChannelPinsUpdate, channel.guildId, {
    channel_id: channel.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    last_pin_timestamp: message.pinnedAt === null ? null : iso(message.pinnedAt),
  });
  const guild = guildOf(call.world, channel);
  if (guild !== undefined)
    audit(call.world, guild, isPinned ? AuditLogEvent.MessagePin : AuditLogEvent.MessageUnpin, call.actor, {
      targetId: message.authorId,
      options: { channel_id: channel.id, message_id: message.id } as never,
    });
  return noContent;
}

const PINS_PATH = "/channels/:channelId/messages/pins";
const OLD_PINS_PATH = "/channels/:channelId/pins";
const REACTIONS_PATH = "/channels/:channelId/messages/:messageId/reactions";

export const reactionRoutes = [
  route("PUT", `${REACTIONS_PATH}/:emoji/@me`, add),
  route("DELETE", `${REACTIONS_PATH}/:emoji/@me`, remove),
  route("DELETE", `${REACTIONS_PATH}/:emoji/:userId`, remove),
  route("GET", `${REACTIONS_PATH}/:emoji`, list),
  route("DELETE", `${REACTIONS_PATH}/:emoji`, clear),
  route("DELETE", REACTIONS_PATH, clear),
];

/** Before the routes of messages: `pins` would pass for a message's id. */
export const pinRoutes = [
  route("GET", PINS_PATH, (call) => {
    const items = pinned(findChannel(call)).map((one) => ({
      pinned_at: iso(one.pinnedAt ?? 0),
      message: messagePayload(call.world, one),
    }));
    return ok({ items, has_more: false });
  }),
  route("GET", OLD_PINS_PATH, (call) => ok(pinned(findChannel(call)).map((one) => messagePayload(call.world, one)))),
  ...[PINS_PATH, OLD_PINS_PATH].flatMap((path) => [
    route("PUT", `${path}/:messageId`, (call) => setPin(call, true)),
    route("DELETE", `${path}/:messageId`, (call) => setPin(call, false)),
  ]),
];
