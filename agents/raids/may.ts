import { missingPermissions, type Look, type PermissionName } from "#core";
import type { Config } from "./config.ts";

export interface Circumstances {
  readonly at: number;
  readonly why: string;
  readonly look: Look;
  readonly config: Config;
  /** The moderator who asked for it. */
  readonly onBehalfOf?: string;
}

/** Whether the bot may do it in the guild at all: what it may not do is not tried, and what comes next is done instead. */
export function may(look: Look, permission: PermissionName): boolean {
  const bits = look.guild().botPermissions;
  return bits === undefined || missingPermissions(BigInt(bits), [permission]).length === 0;
}
