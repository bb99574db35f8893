import { GatewayDispatchEvents } from "discord-api-types/v10";
import type { ChannelState } from "./states.ts";
import { dispatch, type World } from "./world.ts";

/** A message of a flood was never stored, so deleting it only tells of it. */
export function dispatchFloodedDelete(world: World, channel: ChannelState, messageId: string): void {
  const place = world.flooded.get(messageId);
  world.flooded.delete(messageId);
  dispatch(world, GatewayDispatchEvents.MessageDelete, place?.guildId, {
    id: messageId,
    channel_id: channel.id,
    ...(place === undefined ? {} : { guild_id: place.guildId }),
  });
}
