import { ChannelType, OverwriteType, PermissionFlagsBits, type APIRole } from "discord-api-types/v10";
import { refuse } from "./refusal.ts";
import type { ChannelState, GuildState, MemberState } from "./states.ts";
import type { World } from "./world.ts";

export const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);
/** All that is left to a member in time-out. */
const TIMED_OUT = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

export const isThread = (type: ChannelType): boolean =>
  type === ChannelType.PublicThread || type === ChannelType.PrivateThread || type === ChannelType.AnnouncementThread;

export function guildPermissions(world: World, guild: GuildState, userId: string): bigint {
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  const base = grantedByRoles(guild, member);
  if (base === EVERYTHING) return base;
  return isTimedOut(world, member) ? base & TIMED_OUT : base;
}

function grantedByRoles(guild: GuildState, member: MemberState): bigint {
  if (guild.ownerId === member.userId) return EVERYTHING;
  let bits = BigInt(guild.roles.get(guild.id)?.permissions ?? "0");
  for (const id of member.roleIds) bits |= BigInt(guild.roles.get(id)?.permissions ?? "0");
  return (bits & PermissionFlagsBits.Administrator) !== 0n ? EVERYTHING : bits;
}

export function isTimedOut(world: World, member: MemberState): boolean {
  return member.timeoutUntil !== null && member.timeoutUntil > world.clock.now();
}

/** Guild permissions, then the overwrites of @everyone, of the roles together, of the member. Threads ask their parent. */
export function channelPermissions(world: World, channel: ChannelState, userId: string): bigint {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  if (guild === undefined) return channel.recipientIds.includes(userId) ? EVERYTHING : 0n;
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  const base = grantedByRoles(guild, member);
  if (base === EVERYTHING) return base;
  const overwrites = governing(world, channel).overwrites;
  let allow = 0n;
  let deny = 0n;
  for (const roleId of member.roleIds) {
    allow |= BigInt(overwrites.get(roleId)?.allow ?? "0");
    deny |= BigInt(overwrites.get(roleId)?.deny ?? "0");
  }
  const everyone = overwrites.get(guild.id);
  let bits = (base & ~BigInt(everyone?.deny ?? "0")) | BigInt(everyone?.allow ?? "0");
  bits = (bits & ~deny) | allow;
  const own = overwrites.get(userId);
  if (own?.type === OverwriteType.Member) bits = (bits & ~BigInt(own.deny)) | BigInt(own.allow);
  if ((bits & PermissionFlagsBits.ViewChannel) === 0n) return 0n;
  return isTimedOut(world, member) ? bits & TIMED_OUT : bits;
}

function governing(world: World, channel: ChannelState): ChannelState {
  if (!isThread(channel.type) || channel.parentId === null) return channel;
  return world.channels.get(channel.parentId) ?? channel;
}

/** Whether events of this channel reach the bot at all. A private thread is seen by its members and by thread moderators. */
export function canSee(world: World, channel: ChannelState, userId: string): boolean {
  const bits = channelPermissions(world, channel, userId);
  if ((bits & PermissionFlagsBits.ViewChannel) === 0n) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return (bits & PermissionFlagsBits.ManageThreads) !== 0n || channel.thread?.members.has(userId) === true;
}

/** In voice channels, whoever may not connect may change nothing either. */
const THROUGH_VOICE = PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageRoles;
const isVoice = (type: ChannelType): boolean => type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;

/** 50001 where the channel is hidden, 50013 where only the permission is missing. */
export function needInChannel(world: World, channel: ChannelState, wanted: bigint, userId = world.botId): void {
  if (!canSee(world, channel, userId)) throw refuse(50001);
  if (isVoice(channel.type) && (wanted & THROUGH_VOICE) !== 0n) wanted |= PermissionFlagsBits.Connect;
  if ((channelPermissions(world, channel, userId) & wanted) !== wanted) throw refuse(50013);
}

export function needInGuild(world: World, guild: GuildState, wanted: bigint, userId = world.botId): void {
  if ((guildPermissions(world, guild, userId) & wanted) !== wanted) throw refuse(50013);
}

/** Discord breaks ties of position by age: the older role, with the smaller id, is the higher one. */
export function isHigher(one: APIRole, other: APIRole): boolean {
  return one.position === other.position ? BigInt(one.id) < BigInt(other.id) : one.position > other.position;
}

export function highestRole(guild: GuildState, userId: string): APIRole {
  const everyone = guild.roles.get(guild.id) as APIRole;
  const held = guild.members.get(userId)?.roleIds ?? [];
  return held.reduce((highest, id) => {
    const role = guild.roles.get(id);
    return role !== undefined && isHigher(role, highest) ? role : highest;
  }, everyone);
}

/** The owner is above everybody; everybody else only above those whose highest role is strictly lower. */
export function needOutranked(world: World, guild: GuildState, targetId: string, actorId = world.botId): void {
  if (targetId === guild.ownerId) throw refuse(50013);
  if (actorId === guild.ownerId) return;
  if (!isHigher(highestRole(guild, actorId), highestRole(guild, targetId))) throw refuse(50013);
}

/** A role can only be given, taken or changed by somebody with a higher one. */
export function needAboveRole(world: World, guild: GuildState, role: APIRole, actorId = world.botId): void {
  if (actorId === guild.ownerId) return;
  if (!isHigher(highestRole(guild, actorId), role)) throw refuse(50013);
}
