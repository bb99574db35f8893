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
  /** Only for those of age. */
  readonly nsfw?: boolean;
  readonly overwrites: readonly Overwrite[];
  /** Of a thread or a forum's post. */
  readonly thread?: ThreadFacts;
}

export interface ThreadFacts {
  readonly ownerId?: string;
  readonly archived?: boolean;
  readonly locked?: boolean;
  /** Only told where the bot is a member: a private thread is seen by those. */
  readonly joined?: boolean;
  /** Ids of the forum's tags it carries. */
  readonly tagIds?: readonly string[];
  readonly createdAt?: number;
}

/** What Discord says of raids and of what it holds back because of them; moments in milliseconds. */
export interface Incidents {
  readonly invitesOffUntil?: number;
  readonly messagesOffUntil?: number;
  readonly raidDetectedAt?: number;
  readonly dmSpamDetectedAt?: number;
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
  /** Somebody timed the bot out: until then it may only look. */
  readonly botTimeoutUntil?: number;
  /** Discord's names for what the guild has: COMMUNITY, INVITES_DISABLED … */
  readonly features?: readonly string[];
  readonly systemChannelId?: string;
  /** Where Discord itself tells the moderators of safety matters. */
  readonly safetyChannelId?: string;
  readonly incidents?: Incidents;
  /** What newcomers must have before they may speak: 0 nothing … 4 a telephone number. */
  readonly verificationLevel?: number;
  readonly roles: Readonly<Record<string, Role>>;
  /** Threads among them while they are active: those archived are as many as a guild's past. */
  readonly channels: Readonly<Record<string, Channel>>;
}

/** What is said of the guild itself, all of it each time. */
export type GuildFacts = Pick<
  Directory,
  "name" | "ownerId" | "locale" | "features" | "systemChannelId" | "safetyChannelId" | "incidents" | "verificationLevel"
>;

/** One change of a directory, as the gateway tells it. */
export type DirectoryChange =
  | { readonly change: "role.put"; readonly role: Role; readonly isNew?: boolean }
  | { readonly change: "role.gone"; readonly roleId: string }
  | { readonly change: "channel.put"; readonly channel: Channel }
  /** `parentId`: the category it lay in, where Discord tells. */
  | { readonly change: "channel.gone"; readonly channelId: string; readonly parentId?: string }
  /** The active threads as they are now, of these channels or of all. */
  | { readonly change: "threads.listed"; readonly threads: readonly Channel[]; readonly parentIds?: readonly string[] }
  /** The bot itself was let into a thread or taken out of it. */
  | { readonly change: "thread.joined"; readonly threadId: string; readonly joined: boolean }
  | { readonly change: "bot.roles"; readonly roleIds: readonly string[]; readonly timeoutUntil?: number }
  | { readonly change: "members.counted"; readonly by: 1 | -1 }
  | ({ readonly change: "guild.facts" } & GuildFacts);

export function changeDirectory(directory: Directory, change: DirectoryChange): Directory {
  switch (change.change) {
    case "role.put":
      return { ...directory, roles: putRole(directory, change.role, change.isNew === true) };
    case "role.gone":
      return { ...directory, roles: without(directory.roles, change.roleId) };
    case "channel.put":
      return { ...directory, channels: putChannel(directory, change.channel) };
    case "channel.gone":
      return { ...directory, channels: withoutChannel(directory.channels, change.channelId) };
    case "threads.listed":
      return { ...directory, channels: listThreads(directory.channels, change.threads, change.parentIds) };
    case "thread.joined":
      return { ...directory, channels: joinThread(directory.channels, change.threadId, change.joined) };
    case "bot.roles": {
      const { botTimeoutUntil: _before, ...rest } = directory;
      const { roleIds, timeoutUntil } = change;
      return { ...rest, botRoleIds: roleIds, ...(timeoutUntil !== undefined && { botTimeoutUntil: timeoutUntil }) };
    }
    case "members.counted":
      return { ...directory, memberCount: Math.max(0, directory.memberCount + change.by) };
    case "guild.facts": {
      const { features: _1, systemChannelId: _2, safetyChannelId: _3, incidents: _4, ...others } = directory;
      const { verificationLevel: _5, ...rest } = others;
      const { change: _change, ...facts } = change;
      return { ...rest, ...facts };
    }
  }
}

type Channels = Directory["channels"];

export function isThread(channel: Pick<Channel, "type"> | undefined): boolean {
  return channel !== undefined && channel.type >= 10 && channel.type <= 12;
}

/** A new role moves those at its place and above up by one, of which Discord says nothing. */
function putRole({ guildId, roles }: Directory, role: Role, isNew: boolean): Directory["roles"] {
  if (!isNew || roles[role.id] !== undefined) return { ...roles, [role.id]: role };
  const moved = Object.values(roles).map((each) =>
    each.id === guildId || each.position < role.position ? each : { ...each, position: each.position + 1 },
  );
  return Object.fromEntries([...moved, role].map((each) => [each.id, each]));
}

function putChannel({ botUserId, channels }: Directory, channel: Channel): Channels {
  if (channel.thread?.archived === true) return without(channels, channel.id);
  const isOwn = channel.thread?.ownerId === botUserId;
  return { ...channels, [channel.id]: withJoined(channel, channels[channel.id], isOwn) };
}

/** Discord tells once whether the bot has joined a thread, and not again with every change of it. */
function withJoined(channel: Channel, before: Channel | undefined, isOwn: boolean): Channel {
  if (channel.thread === undefined || (before?.thread?.joined !== true && !isOwn)) return channel;
  return { ...channel, thread: { ...channel.thread, joined: true } };
}

function joinThread(channels: Channels, threadId: string, joined: boolean): Channels {
  const known = channels[threadId];
  if (known?.thread === undefined) return channels;
  const { joined: _before, ...thread } = known.thread;
  return { ...channels, [threadId]: { ...known, thread: joined ? { ...thread, joined } : thread } };
}

/** Threads go with their channel, of which Discord says nothing more. */
function withoutChannel(channels: Channels, channelId: string): Channels {
  const goes = (channel: Channel) => channel.id === channelId || (isThread(channel) && channel.parentId === channelId);
  return Object.fromEntries(Object.entries(channels).filter(([, channel]) => !goes(channel)));
}

function listThreads(channels: Channels, threads: readonly Channel[], parentIds?: readonly string[]): Channels {
  const isListed = (channel: Channel) =>
    isThread(channel) && (parentIds === undefined || parentIds.includes(channel.parentId ?? ""));
  const kept = Object.entries(channels).filter(([, channel]) => !isListed(channel));
  const active = threads.filter((thread) => thread.thread?.archived !== true);
  return Object.fromEntries([...kept, ...active.map((thread) => [thread.id, thread] as const)]);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

/** The highest position among these roles; 0 is @everyone, which everybody has. */
export function rank(directory: Directory, roleIds: readonly string[]): number {
  return roleIds.reduce((highest, id) => Math.max(highest, directory.roles[id]?.position ?? 0), 0);
}

/** As much of a directory as permissions follow from. */
export type Permitting = Pick<Directory, "guildId" | "ownerId" | "roles" | "channels">;

/** What these roles may do in the guild as a whole. The role with the guild's own id is @everyone. */
export function guildPermissions(directory: Permitting, userId: string, roleIds: readonly string[]): bigint {
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
  directory: Permitting,
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

function governingChannel(directory: Permitting, channelId: string): Channel | undefined {
  const channel = directory.channels[channelId];
  if (channel?.parentId === undefined || !isThread(channel)) return channel;
  return directory.channels[channel.parentId];
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
