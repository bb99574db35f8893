import type { RoleFlags } from "discord-api-types/v10";
import { AuditLogEvent, GatewayDispatchEvents, type APIRole } from "discord-api-types/v10";
import { GUILD_ROLES } from "../limits.ts";
import { audit, differences, type Actor } from "./audit.ts";
import { refuse } from "./refusal.ts";
import { memberPayload } from "./payloads.ts";
import type { GuildState } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface RoleDraft {
  readonly name?: string | undefined;
  readonly permissions?: bigint | string | undefined;
  readonly color?: number | undefined;
  readonly hoist?: boolean | undefined;
  readonly mentionable?: boolean | undefined;
}

export function newRole(id: string, position: number, draft: RoleDraft, botId?: string): APIRole {
  const color = draft.color ?? 0;
  return {
    id,
    name: draft.name ?? "new role",
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: draft.hoist ?? false,
    position,
    permissions: BigInt(draft.permissions ?? 0n).toString(),
    managed: botId !== undefined,
    mentionable: draft.mentionable ?? false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as RoleFlags,
    ...(botId === undefined ? {} : { tags: { bot_id: botId } }),
  };
}

/** A new role stands at the bottom, just above @everyone, and pushes the others up. */
export function createRole(world: World, guild: GuildState, draft: RoleDraft, actor: Actor): APIRole {
  if (guild.roles.size >= GUILD_ROLES) throw refuse(30005);
  for (const role of guild.roles.values()) if (role.id !== guild.id) role.position += 1;
  const role = newRole(world.ids.next(), 1, draft);
  guild.roles.set(role.id, role);
  audit(world, guild, AuditLogEvent.RoleCreate, actor, {
    targetId: role.id,
    changes: differences({}, { name: role.name, permissions: role.permissions }),
  });
  tell(world, { kind: "role", guildId: guild.id, id: role.id, name: role.name });
  dispatch(world, GatewayDispatchEvents.GuildRoleCreate, guild.id, { guild_id: guild.id, role });
  return role;
}

export function changeRole(world: World, guild: GuildState, role: APIRole, draft: RoleDraft, actor: Actor): void {
  const before = { ...role };
  if (draft.name !== undefined) role.name = draft.name;
  if (draft.permissions !== undefined) role.permissions = BigInt(draft.permissions).toString();
  if (draft.color !== undefined) {
    role.color = draft.color;
    role.colors = { ...role.colors, primary_color: draft.color };
  }
  if (draft.hoist !== undefined) role.hoist = draft.hoist;
  if (draft.mentionable !== undefined) role.mentionable = draft.mentionable;
  const changes = differences({ ...before }, { ...role });
  if (changes.length === 0) return;
  audit(world, guild, AuditLogEvent.RoleUpdate, actor, { targetId: role.id, changes });
  announceRole(world, guild, role);
}

export function announceRole(world: World, guild: GuildState, role: APIRole): void {
  tell(world, { kind: "role", guildId: guild.id, id: role.id, name: role.name });
  dispatch(world, GatewayDispatchEvents.GuildRoleUpdate, guild.id, { guild_id: guild.id, role });
}

/** Who held the role loses it; Discord sends one role event and a member update for each of them. */
export function deleteRole(world: World, guild: GuildState, role: APIRole, actor: Actor): void {
  guild.roles.delete(role.id);
  audit(world, guild, AuditLogEvent.RoleDelete, actor, {
    targetId: role.id,
    changes: [
      { key: "name", old_value: role.name },
      { key: "permissions", old_value: role.permissions },
    ],
  });
  tell(world, { kind: "role-gone", guildId: guild.id, id: role.id, name: role.name });
  dispatch(world, GatewayDispatchEvents.GuildRoleDelete, guild.id, { guild_id: guild.id, role_id: role.id });
  for (const member of guild.members.values()) {
    if (!member.roleIds.includes(role.id)) continue;
    member.roleIds = member.roleIds.filter((id) => id !== role.id);
    dispatch(world, GatewayDispatchEvents.GuildMemberUpdate, guild.id, {
      guild_id: guild.id,
      ...memberPayload(world, member),
    } as never);
  }
}
