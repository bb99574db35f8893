import { missingPermissions, type Look, type PermissionName } from "#core";

/** Whether the bot may do it in the guild at all: what it may not do is not tried, and what comes next is done instead. */
export function may(look: Look, permission: PermissionName): boolean {
  const bits = look.guild().botPermissions;
  return bits === undefined || missingPermissions(BigInt(bits), [permission]).length === 0;
}
