import { GatewayDispatchEvents } from "discord-api-types/v10";
import type { ChannelState } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

export function removeMessage(world: World, channel: ChannelState, messageId: string): void {
  channel.messages.delete(messageId);
  tell(world, { kind: "delete", guildId: channel.guildId, channelId: channel.id, messageId });
  dispatch(world, GatewayDispatchEvents.MessageDelete, channel.guildId, {
    id: messageId,
    channel_id: channel.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
  });
}

/** Several at once are told in one event; a single one like any other. */
export function removeMessages(world: World, channel: ChannelState, messageIds: readonly string[]): void {
  if (messageIds.length === 0) return;
  if (messageIds.length === 1) return removeMessage(world, channel, messageIds[0] as string);
  for (const messageId of messageIds) {
    channel.messages.delete(messageId);
    tell(world, { kind: "delete", guildId: channel.guildId, channelId: channel.id, messageId });
  }
  dispatch(world, GatewayDispatchEvents.MessageDeleteBulk, channel.guildId, {
    ids: [...messageIds],
    channel_id: channel.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
  });
}
