import { GuildhallError } from "#core";
import { userById } from "../world/payloads.ts";
import { canSee, channelPermissions } from "../world/permissions.ts";
import type { ChannelState, GuildState, MemberState, MessageState } from "../world/states.ts";
import type { World } from "../world/world.ts";

/** What somebody in the client would be told: no such channel, not allowed, timed out. */
export function refused(why: string): GuildhallError {
  return new GuildhallError("simulator.refused", why);
}

export function guildIn(world: World, guildId: string): GuildState {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) throw refused(`there is no guild ${guildId}`);
  return guild;
}

export function channelIn(world: World, channelId: string): ChannelState {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw refused(`there is no channel ${channelId}`);
  return channel;
}

export function memberIn(guild: GuildState, userId: string): MemberState {
  const member = guild.members.get(userId);
  if (member === undefined) throw refused(`${userId} is no member of ${guild.name}`);
  return member;
}

export function messageIn(channel: ChannelState, messageId: string): MessageState {
  const message = channel.messages.get(messageId);
  if (message === undefined) throw refused(`there is no message ${messageId} in ${channel.name}`);
  return message;
}

/** A member acts within what Discord lets them do: hidden channels and time-outs hold for people too. */
export function mayIn(world: World, channel: ChannelState, userId: string, wanted: bigint): void {
  const isAllowed = canSee(world, channel, userId) && (channelPermissions(world, channel, userId) & wanted) === wanted;
  if (!isAllowed) throw refused(`${nameOf(world, userId)} may not do that in #${channel.name}`);
}

/** Ids mean nothing to whoever reads a refusal. */
export function nameOf(world: World, userId: string): string {
  const { globalName, username } = userById(world, userId);
  return globalName ?? username;
}
