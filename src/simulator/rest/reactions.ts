import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { messagePayload } from "../world/message-payload.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { channelPermissions, needInChannel } from "../world/permissions.ts";
import { pinned, setPin } from "../world/pins.ts";
import { addReaction, clearReactions, emojiKey, emojiOf, removeReaction } from "../world/reactions.ts";
import { refuse } from "../world/refusal.ts";
import { iso } from "../world/times.ts";
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

function putPin(call: Call, isPinned: boolean): Reply {
  const channel = findChannel(call);
  const message = findMessage(call, channel);
  if (channel.guildId !== undefined) needInChannel(call.world, channel, Bit.PinMessages);
  setPin(call.world, channel, message, isPinned, call.actor);
  return noContent;
}

/** Pages go by when something was pinned. Without the permission to read history there is nothing to see, and no refusal. */
function listPins(call: Call): Reply {
  const { world } = call;
  const channel = findChannel(call);
  const { limit, before } = queryForm(call, pinPage);
  const bits = channelPermissions(world, channel, world.botId);
  const all = (bits & Bit.ReadMessageHistory) === 0n ? [] : pinned(channel);
  const older = all.filter((one) => before === undefined || (one.pinnedAt ?? 0) < Date.parse(before));
  const items = older.slice(0, limit).map((one) => ({
    pinned_at: iso(one.pinnedAt ?? 0),
    message: messagePayload(world, one),
  }));
  return ok({ items, has_more: older.length > limit });
}

const pinPage = z.looseObject({
  limit: z.coerce.number().int().min(1).max(50).default(50),
  before: z.iso.datetime({ offset: true }).optional(),
});

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
  route("GET", PINS_PATH, listPins),
  route("GET", OLD_PINS_PATH, (call) => ok(pinned(findChannel(call)).map((one) => messagePayload(call.world, one)))),
  ...[PINS_PATH, OLD_PINS_PATH].flatMap((path) => [
    route("PUT", `${path}/:messageId`, (call) => putPin(call, true)),
    route("DELETE", `${path}/:messageId`, (call) => putPin(call, false)),
  ]),
];
