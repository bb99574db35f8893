import { AuditLogEvent, GatewayDispatchEvents } from "discord-api-types/v10";
import { PINS } from "../limits.ts";
import { type Actor, audit } from "./audit.ts";
import { announceMessage } from "./messages.ts";
import { guildOf } from "./payloads.ts";
import { refuse } from "./refusal.ts";
import type { ChannelState, MessageState } from "./states.ts";
import { iso } from "./times.ts";
import { dispatch, type World } from "./world.ts";

/** The newest pin first. */
export function pinned(channel: ChannelState): readonly MessageState[] {
  return [...channel.messages.values()]
    .filter((one) => one.pinnedAt !== null)
    .sort((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0));
}

/** Pinning what is pinned changes nothing. */
export function setPin(world: World, channel: ChannelState, message: MessageState, isPinned: boolean, by: Actor): void {
  if ((message.pinnedAt !== null) === isPinned) return;
  if (isPinned && pinned(channel).length >= PINS) throw refuse(30003);
  message.pinnedAt = isPinned ? world.clock.now() : null;
  announceMessage(world, channel, message);
  dispatch(world, GatewayDispatchEvents.ChannelPinsUpdate, channel.guildId, {
    channel_id: channel.id,
    ...(channel.guildId === undefined ? {} : { guild_id: channel.guildId }),
    last_pin_timestamp: message.pinnedAt === null ? null : iso(message.pinnedAt),
  });
  const guild = guildOf(world, channel);
  if (guild !== undefined)
    audit(world, guild, isPinned ? AuditLogEvent.MessagePin : AuditLogEvent.MessageUnpin, by, {
      targetId: message.authorId,
      options: { channel_id: channel.id, message_id: message.id } as never,
    });
}
