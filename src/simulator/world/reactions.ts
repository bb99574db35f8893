import { GatewayDispatchEvents, ReactionType } from "discord-api-types/v10";
import { REACTION_KINDS } from "../limits.ts";
import { guildOf, memberPayload } from "./payloads.ts";
import { refuse } from "./refusal.ts";
import type { ChannelState, MessageState, ReactionState } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

/** `🎉` or `name:id`, as routes and controls name an emoji. */
export function emojiOf(text: string): ReactionState["emoji"] {
  const custom = /^<?(?:a?:)?([\w~]+):(\d+)>?$/.exec(text);
  if (custom !== null) return { id: custom[2] as string, name: custom[1] as string };
  if (text === "" || /^[\w\s:]*$/.test(text)) throw refuse(10014);
  return { id: null, name: text };
}

export const emojiKey = (emoji: ReactionState["emoji"]): string =>
  emoji.id === null ? emoji.name : `${emoji.name}:${emoji.id}`;

/** Reacting twice is no error and no event. */
export function addReaction(
  world: World,
  channel: ChannelState,
  message: MessageState,
  text: string,
  userId: string,
): void {
  const emoji = emojiOf(text);
  const key = emojiKey(emoji);
  const reaction = message.reactions.get(key) ?? { emoji, userIds: new Set<string>() };
  if (reaction.userIds.has(userId)) return;
  if (!message.reactions.has(key) && message.reactions.size >= REACTION_KINDS) throw refuse(30010);
  message.reactions.set(key, reaction);
  reaction.userIds.add(userId);
  const guild = guildOf(world, channel);
  const member = guild?.members.get(userId);
  tell(world, { kind: "reaction", channelId: channel.id, messageId: message.id, userId, emoji: key });
  dispatch(world, GatewayDispatchEvents.MessageReactionAdd, channel.guildId, {
    ...place(channel, message),
    user_id: userId,
    message_author_id: message.authorId,
    emoji,
    burst: false,
    type: ReactionType.Normal,
    ...(member === undefined ? {} : { member: memberPayload(world, member) }),
  });
}

export function removeReaction(
  world: World,
  channel: ChannelState,
  message: MessageState,
  text: string,
  userId: string,
): void {
  const emoji = emojiOf(text);
  const key = emojiKey(emoji);
  const reaction = message.reactions.get(key);
  if (reaction === undefined || !reaction.userIds.delete(userId)) return;
  if (reaction.userIds.size === 0) message.reactions.delete(key);
  tell(world, { kind: "unreaction", channelId: channel.id, messageId: message.id, userId, emoji: key });
  dispatch(world, GatewayDispatchEvents.MessageReactionRemove, channel.guildId, {
    ...place(channel, message),
    user_id: userId,
    emoji,
    burst: false,
    type: ReactionType.Normal,
  });
}

export function clearReactions(world: World, channel: ChannelState, message: MessageState, text?: string): void {
  if (text === undefined) {
    message.reactions.clear();
    dispatch(world, GatewayDispatchEvents.MessageReactionRemoveAll, channel.guildId, place(channel, message));
    return;
  }
  const emoji = emojiOf(text);
  message.reactions.delete(emojiKey(emoji));
  const data = { ...place(channel, message), emoji };
  dispatch(world, GatewayDispatchEvents.MessageReactionRemoveEmoji, channel.guildId, data);
}

function place(channel: ChannelState, message: MessageState) {
  return {
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
  };
}
