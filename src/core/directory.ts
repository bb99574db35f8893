import { ALL_PERMISSIONS, Permission, type PermissionName } from "./permissions.ts";

/** Permission bits travel as decimal strings, as Discord sends them: they outgrow a JavaScript number and JSON knows no bigint. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly permissions: string;
  readonly managed?: boolean;
}

export interface Overwrite {
  readonly id: string;
  readonly type: "role" | "member";
  readonly allow: string;
  readonly deny: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Discord's number for the kind of channel: 0 text, 2 voice, 4 category, 5 announcement, 10–12 threads, 15 forum. */
  readonly type: number;
  readonly parentId?: string;
  readonly slowmode?: number;
  readonly overwrites: readonly Overwrite[];
  /** Of threads alone. `joined` is only told where the bot is a member: a private thread is seen by those. */
  readonly thread?: {
    readonly ownerId?: string;
    readonly archived?: boolean;
    readonly locked?: boolean;
    readonly joined?: boolean;
  };
}

/** What we know of a guild without asking: kept by events, stored in the commit of the event that changed it. */
export interface Directory {
  readonly guildId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly memberCount: number;
  readonly botUserId: string;
  readonly botRoleIds: readonly string[];
  /** Somebody has timed the bot itself out until then: it can only look. */
  readonly botTimeoutUntil?: number;
  /** Until when invites and direct messages between members are off, where somebody has switched them off. */
  readonly incidents?: { readonly invitesOffUntil?: number; readonly messagesOffUntil?: number };
  readonly roles: Readonly<Record<string, Role>>;
  readonly channels: Readonly<Record<string, Channel>>;
}

/** One change of a directory, as the gateway tells it. */
export type DirectoryChange =
  | { readonly change: "role.put"; readonly role: Role }
  | { readonly change: "role.gone"; readonly roleId: string }
  | { readonly change: "channel.put"; readonly channel: Channel }
  | { readonly change: "channel.gone"; readonly channelId: string }
  | { readonly change: "bot.roles"; readonly roleIds: readonly string[]; readonly timeoutUntil?: number }
  | ({ readonly change: "guild.facts" } & Pick<Directory, "name" | "ownerId" | "locale" | "incidents">);

export function changeDirectory(directory: Directory, change: DirectoryChange): Directory {
  switch (change.change) {
    case "role.put":
      return { ...directory, roles: { ...directory.roles, [change.role.id]: change.role } };
    case "role.gone":
      return { ...directory, roles: without(directory.roles, change.roleId) };
    case "channel.put":
      return {
        ...directory,
        channels: { ...directory.channels, [change.channel.id]: kept(directory, change.channel) },
      };
    case "channel.gone":
      return { ...directory, channels: without(directory.channels, change.channelId) };
    case "bot.roles":
      return withBot(directory, change.roleIds, change.timeoutUntil);
    case "guild.facts":
      return withFacts(directory, change);
  }
}

function withFacts(directory: Directory, change: Extract<DirectoryChange, { change: "guild.facts" }>): Directory {
  const { incidents: _before, ...rest } = directory;
  const { change: _kind, ...facts } = change;
  return { ...rest, ...facts };
}

function withBot(directory: Directory, botRoleIds: readonly string[], botTimeoutUntil?: number): Directory {
  const { botTimeoutUntil: _before, ...rest } = directory;
  return { ...rest, botRoleIds, ...(botTimeoutUntil !== undefined && { botTimeoutUntil }) };
}

/** Discord tells once whether the bot has joined a thread, and not again with every change of it. */
function kept({ channels }: Directory, channel: Channel): Channel {
  const joined = channels[channel.id]?.thread?.joined;
  if (joined === undefined || channel.thread === undefined || channel.thread.joined !== undefined) return channel;
  return { ...channel, thread: { ...channel.thread, joined } };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

/** The highest position among these roles; 0 is @everyone, which everybody has. */
export function rank(directory: Directory, roleIds: readonly string[]): number {
  return roleIds.reduce((highest, id) => Math.max(highest, directory.roles[id]?.position ?? 0), 0);
}

/** What these roles may do in the guild as a whole. The role with the guild's own id is @everyone. */
export function guildPermissions(directory: Directory, userId: string, roleIds: readonly string[]): bigint {
  if (userId === directory.ownerId) return ALL_PERMISSIONS;
  let bits = BigInt(directory.roles[directory.guildId]?.permissions ?? "0");
  for (const id of roleIds) bits |= BigInt(directory.roles[id]?.permissions ?? "0");
  return (bits & Permission.ADMINISTRATOR) !== 0n ? ALL_PERMISSIONS : bits;
}

/**
 * What these roles may do in one channel: guild permissions, then the overwrites of @everyone, of the roles together,
 * of the member, in Discord's order. A thread is judged by its parent. An unknown channel grants what the guild grants.
 */
export function channelPermissions(
  directory: Directory,
  channelId: string,
  userId: string,
  roleIds: readonly string[],
): bigint {
  const base = guildPermissions(directory, userId, roleIds);
  if (base === ALL_PERMISSIONS) return base;
  const channel = governingChannel(directory, channelId);
  if (channel === undefined) return base;
  let bits = applyOverwrites(
    base,
    channel.overwrites.filter((o) => o.id === directory.guildId),
  );
  bits = applyOverwrites(
    bits,
    channel.overwrites.filter((o) => o.type === "role" && o.id !== directory.guildId && roleIds.includes(o.id)),
  );
  bits = applyOverwrites(
    bits,
    channel.overwrites.filter((o) => o.type === "member" && o.id === userId),
  );
  return (bits & Permission.VIEW_CHANNEL) === 0n ? 0n : bits;
}

function governingChannel(directory: Directory, channelId: string): Channel | undefined {
  const channel = directory.channels[channelId];
  const isThread = channel !== undefined && channel.type >= 10 && channel.type <= 12;
  return isThread && channel.parentId !== undefined ? directory.channels[channel.parentId] : channel;
}

function applyOverwrites(bits: bigint, overwrites: readonly Overwrite[]): bigint {
  let allow = 0n;
  let deny = 0n;
  for (const overwrite of overwrites) {
    allow |= BigInt(overwrite.allow);
    deny |= BigInt(overwrite.deny);
  }
  return (bits & ~deny) | allow;
}

export function missingPermissions(granted: bigint, needed: readonly PermissionName[]): PermissionName[] {
  return needed.filter((name) => (granted & Permission[name]) === 0n);
}
