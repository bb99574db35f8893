import type { Role } from "./directory.ts";
import { Permission, type PermissionName } from "./permissions.ts";

/** What gives power over others, over channels or over everybody's attention: nobody is to get it without being asked for. */
const POWERS = [
  ...(["ADMINISTRATOR", "MANAGE_GUILD", "MANAGE_ROLES", "MANAGE_CHANNELS", "MANAGE_WEBHOOKS"] as const),
  ...(["KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "MANAGE_MESSAGES", "MANAGE_NICKNAMES"] as const),
  ...(["MANAGE_THREADS", "MANAGE_EVENTS", "MENTION_EVERYONE", "VIEW_AUDIT_LOG"] as const),
  ...(["MUTE_MEMBERS", "DEAFEN_MEMBERS", "MOVE_MEMBERS"] as const),
] satisfies readonly PermissionName[];

export type RoleHindrance = "gone" | "everyone" | "managed" | "above-bot" | "powerful";

/** Why the house does not hand this role out by itself; undefined where nothing speaks against it. */
export function roleHindrance(
  role: Role | undefined,
  guildId: string,
  guild: { readonly botRank?: number },
): RoleHindrance | undefined {
  if (role === undefined) return "gone";
  if (role.id === guildId) return "everyone";
  if (role.managed === true) return "managed";
  if (powersOf(role).length > 0) return "powerful";
  return role.position < (guild.botRank ?? 0) ? undefined : "above-bot";
}

/** Discord's names, which are the same in every language. */
export function powersOf({ permissions }: Role): readonly PermissionName[] {
  const bits = BigInt(permissions);
  return POWERS.filter((name) => (bits & Permission[name]) !== 0n);
}
