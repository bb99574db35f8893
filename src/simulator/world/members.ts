import { AuditLogEvent, GatewayDispatchEvents } from "discord-api-types/v10";
import { audit, differences, type Actor } from "./audit.ts";
import { removeMessages } from "./message-removal.ts";
import { memberPayload, userById, userPayload } from "./payloads.ts";
import type { GuildState, MemberState, UserState } from "./states.ts";
import { isoOrNull } from "./times.ts";
import { changeVoice } from "./voice.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface UserDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly globalName?: string | undefined;
  readonly bot?: boolean | undefined;
  readonly avatar?: string | undefined;
  readonly accountAgeMs?: number | undefined;
  readonly dmClosed?: boolean | undefined;
}

const YEAR_MS = 365 * 86_400_000;

export function createUser(world: World, draft: UserDraft): UserState {
  const user: UserState = {
    id: draft.id ?? world.ids.before(draft.accountAgeMs ?? YEAR_MS),
    username: draft.name,
    globalName: draft.globalName ?? null,
    avatar: draft.avatar ?? null,
    bot: draft.bot ?? false,
    dmClosed: draft.dmClosed ?? false,
  };
  world.users.set(user.id, user);
  return user;
}

export function newMember(world: World, userId: string, roleIds: readonly string[] = []): MemberState {
  const voice = { channelId: null, mute: false, deaf: false };
  return { userId, nick: null, roleIds: [...roleIds], joinedAt: world.clock.now(), timeoutUntil: null, voice };
}

export function addMember(world: World, guild: GuildState, user: UserState): MemberState {
  const member = newMember(world, user.id);
  guild.members.set(user.id, member);
  tell(world, { kind: "joined", guildId: guild.id, userId: user.id, name: user.username });
  dispatch(world, GatewayDispatchEvents.GuildMemberAdd, guild.id, {
    ...memberPayload(world, member),
    guild_id: guild.id,
  });
  return member;
}

/** Somebody is no member any more, whatever the reason. */
export function removeMember(world: World, guild: GuildState, userId: string): void {
  const member = guild.members.get(userId);
  if (member === undefined) return;
  hangUp(world, guild, member);
  guild.members.delete(userId);
  const user = userById(world, userId);
  tell(world, { kind: "left", guildId: guild.id, userId, name: user.username });
  if (userId === world.botId)
    return dispatch(world, GatewayDispatchEvents.GuildDelete, guild.id, { id: guild.id } as never);
  dispatch(world, GatewayDispatchEvents.GuildMemberRemove, guild.id, { guild_id: guild.id, user: userPayload(user) });
}

/** Whoever leaves the guild leaves voice, and this is told first. */
function hangUp(world: World, guild: GuildState, member: MemberState): void {
  if (member.voice.channelId === null) return;
  changeVoice(world, guild, member, { channelId: null }, { userId: member.userId });
}

export function kick(world: World, guild: GuildState, userId: string, actor: Actor): void {
  removeMember(world, guild, userId);
  audit(world, guild, AuditLogEvent.MemberKick, actor, { targetId: userId });
}

/** Banning somebody twice changes nothing and is no error; the first reason stays. */
export function ban(world: World, guild: GuildState, userId: string, actor: Actor, deleteSeconds = 0): void {
  const user = userById(world, userId);
  if (!guild.bans.has(userId)) {
    guild.bans.set(userId, { userId, reason: actor.reason ?? null });
    removeMember(world, guild, userId);
    tell(world, { kind: "ban", guildId: guild.id, userId, name: user.username });
    dispatch(world, GatewayDispatchEvents.GuildBanAdd, guild.id, { guild_id: guild.id, user: userPayload(user) });
    audit(world, guild, AuditLogEvent.MemberBanAdd, actor, { targetId: userId });
  }
  if (deleteSeconds > 0) deleteRecent(world, guild, userId, deleteSeconds);
}

function deleteRecent(world: World, guild: GuildState, userId: string, seconds: number): void {
  const since = world.clock.now() - seconds * 1_000;
  for (const channel of guild.channels.values()) {
    const recent = [...channel.messages.values()].filter((one) => one.authorId === userId && one.at >= since);
    removeMessages(
      world,
      channel,
      recent.map((one) => one.id),
    );
  }
}

export function unban(world: World, guild: GuildState, userId: string, actor: Actor): void {
  const user = userById(world, userId);
  guild.bans.delete(userId);
  tell(world, { kind: "unban", guildId: guild.id, userId, name: user.username });
  dispatch(world, GatewayDispatchEvents.GuildBanRemove, guild.id, { guild_id: guild.id, user: userPayload(user) });
  audit(world, guild, AuditLogEvent.MemberBanRemove, actor, { targetId: userId });
}

export interface MemberDraft {
  readonly nick?: string | null | undefined;
  readonly roleIds?: readonly string[] | undefined;
  readonly timeoutUntil?: number | null | undefined;
}

/** One change, one GUILD_MEMBER_UPDATE; the audit log keeps roles apart from the rest, as Discord does. */
export function changeMember(
  world: World,
  guild: GuildState,
  member: MemberState,
  draft: MemberDraft,
  actor: Actor,
): void {
  const before = { nick: member.nick, communication_disabled_until: isoOrNull(member.timeoutUntil) };
  const rolesBefore = member.roleIds;
  if (draft.nick !== undefined) member.nick = draft.nick === "" ? null : draft.nick;
  if (draft.roleIds !== undefined) member.roleIds = [...new Set(draft.roleIds)];
  if (draft.timeoutUntil !== undefined) member.timeoutUntil = draft.timeoutUntil;
  const changes = differences(before, {
    nick: member.nick,
    communication_disabled_until: isoOrNull(member.timeoutUntil),
  });
  const roleChanges = rolesChanged(guild, rolesBefore, member.roleIds);
  if (changes.length === 0 && roleChanges.length === 0) return;
  announceMember(world, guild, member);
  const targetId = member.userId;
  if (changes.length > 0) audit(world, guild, AuditLogEvent.MemberUpdate, actor, { targetId, changes });
  if (roleChanges.length > 0)
    audit(world, guild, AuditLogEvent.MemberRoleUpdate, actor, { targetId, changes: roleChanges });
  if (changes.some((change) => change.key === "communication_disabled_until"))
    tell(world, { kind: "timeout", guildId: guild.id, userId: targetId, until: member.timeoutUntil });
}

function rolesChanged(guild: GuildState, before: readonly string[], after: readonly string[]) {
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: guild.roles.get(id)?.name ?? "" }));
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  return [
    ...(added.length === 0 ? [] : [{ key: "$add", new_value: named(added) }]),
    ...(removed.length === 0 ? [] : [{ key: "$remove", new_value: named(removed) }]),
  ];
}

export function announceMember(world: World, guild: GuildState, member: MemberState): void {
  const name = userById(world, member.userId).username;
  const { nick, roleIds, userId } = member;
  tell(world, { kind: "member", guildId: guild.id, userId, name, nick, roleIds: [...roleIds] });
  dispatch(world, GatewayDispatchEvents.GuildMemberUpdate, guild.id, {
    ...memberPayload(world, member),
    guild_id: guild.id,
  } as never);
}
