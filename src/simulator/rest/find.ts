import type { APIRole } from "discord-api-types/v10";
import { guildOf } from "../world/payloads.ts";
import { canSee } from "../world/permissions.ts";
import { refuse } from "../world/refusal.ts";
import type { ChannelState, GuildState, MemberState, MessageState } from "../world/states.ts";
import type { Call } from "./route.ts";

/** Things by the ids in a path, or Discord's own refusal. */
export function findGuild(call: Call): GuildState {
  const guild = call.world.guilds.get(call.id("guildId"));
  if (guild === undefined) throw refuse(10004);
  if (!guild.members.has(call.world.botId)) throw refuse(50001);
  return guild;
}

/** A channel the bot can see: 50001 where it cannot. */
export function findChannel(call: Call): ChannelState {
  const channel = call.world.channels.get(call.id("channelId"));
  if (channel === undefined) throw refuse(10003);
  if (!canSee(call.world, channel, call.world.botId)) throw refuse(50001);
  return channel;
}

export function findGuildOf(call: Call, channel: ChannelState): GuildState {
  const guild = guildOf(call.world, channel);
  if (guild === undefined) throw refuse(50003);
  return guild;
}

export function findMember(call: Call, guild: GuildState, part = "userId"): MemberState {
  const userId = call.part(part) === "@me" ? call.world.botId : call.id(part);
  const member = guild.members.get(userId);
  if (member !== undefined) return member;
  throw refuse(call.world.users.has(userId) ? 10007 : 10013);
}

export function findRole(call: Call, guild: GuildState): APIRole {
  const role = guild.roles.get(call.id("roleId"));
  if (role === undefined) throw refuse(10011);
  return role;
}

export function findMessage(call: Call, channel: ChannelState): MessageState {
  const message = channel.messages.get(call.id("messageId"));
  if (message === undefined) throw refuse(10008);
  return message;
}
