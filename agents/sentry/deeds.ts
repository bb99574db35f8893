import {
  Permission,
  type AuditChange,
  type Deed,
  type EventOf,
  type Look,
  type PermissionName,
  type Spree,
} from "#core";
import type { Config } from "./config.ts";
import { CHANNEL_DELETE, recreationOf, ROLE_DELETE } from "./recreation.ts";

type Logged = EventOf<"audit.logged">;

/** Discord's numbers for what is looked at. */
const ENTRY = { kick: 20, prune: 21, ban: 22, memberRoles: 25, roleCreate: 30, roleUpdate: 31, webhook: 50 };

/** Whoever holds one of these can empty a guild, or make others able to. */
const POWERS: readonly PermissionName[] = [
  ...(["ADMINISTRATOR", "MANAGE_GUILD", "MANAGE_ROLES", "MANAGE_CHANNELS"] as const),
  ...(["MANAGE_WEBHOOKS", "BAN_MEMBERS", "KICK_MEMBERS", "MENTION_EVERYONE"] as const),
];
const POWER = POWERS.reduce((bits, name) => bits | Permission[name], 0n);

const WINDOW_MS = 60_000;
const REMEMBERED = 60;

export function isPower(permissions: string): boolean {
  return (BigInt(permissions) & POWER) !== 0n;
}

/** What an entry of the audit log is, if it is any of this. */
export function deedOf(event: Logged, look: Look): Deed | undefined {
  const kind = kindOf(event, look);
  if (kind === undefined) return undefined;
  const named = event.changes.find(({ key }) => key === "name");
  const name = typeof named?.before === "string" ? named.before : (event.targetName ?? "");
  const again = recreationOf(event, look);
  return { at: event.at, kind, targetId: event.targetId ?? "", name, ...(again !== undefined && { again }) };
}

function kindOf({ action, changes }: Logged, look: Look): Deed["kind"] | undefined {
  switch (action) {
    case CHANNEL_DELETE:
      return "channel-deleted";
    case ROLE_DELETE:
      return "role-deleted";
    case ENTRY.kick:
    case ENTRY.ban:
    case ENTRY.prune:
      return "removal";
    case ENTRY.webhook:
      return "webhook";
    case ENTRY.roleCreate:
    case ENTRY.roleUpdate:
      return changes.some(givesPower) ? "grant" : undefined;
    case ENTRY.memberRoles:
      return changes.some((change) => addsPower(change, look)) ? "grant" : undefined;
    default:
      return undefined;
  }
}

function givesPower({ key, before, after }: AuditChange): boolean {
  if (key !== "permissions") return false;
  const gained = bits(after) & ~bits(before);
  return (gained & POWER) !== 0n;
}

function bits(value: unknown): bigint {
  return typeof value === "string" && /^\d{1,20}$/.test(value) ? BigInt(value) : 0n;
}

function addsPower({ key, after }: AuditChange, look: Look): boolean {
  if (key !== "$add" || !Array.isArray(after)) return false;
  return (after as readonly { readonly id?: unknown }[]).some(({ id }) => {
    const role = typeof id === "string" ? look.role(id) : undefined;
    return role !== undefined && isPower(role.permissions);
  });
}

/** The latest deeds of an account, this one included; what lies further back is over. */
export function after(spree: Spree | undefined, deed: Deed): Spree {
  const known = (spree?.deeds ?? []).filter(({ at }) => deed.at - at < WINDOW_MS || spree?.stoppedAt !== undefined);
  return { taken: [], left: [], ...spree, deeds: [...known, deed].slice(-REMEMBERED) };
}

export function isTooMuch({ deeds }: Spree, { limits }: Config): boolean {
  const count = (...kinds: readonly Deed["kind"][]) => deeds.filter(({ kind }) => kinds.includes(kind)).length;
  return (
    count("channel-deleted", "role-deleted") >= limits.deletions ||
    count("removal") >= limits.removals ||
    count("webhook") >= limits.webhooks ||
    count("grant") >= limits.grants
  );
}
