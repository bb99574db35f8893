import {
  type Channel,
  channelPermissions,
  type Directory,
  guildPermissions,
  isThread,
  missingPermissions,
  rank,
} from "./directory.ts";
import { isStaffRole } from "./permits.ts";
import type { PermissionName } from "./permissions.ts";
import type { GuildPolicy } from "./policy.ts";
import type { Verb } from "./actions.ts";
import { VERBS } from "./verbs.ts";

/** One thing that does not work as the guild wants it, and what somebody can do about it. */
export interface Shortcoming {
  /** *broken*: something the guild switched on cannot be done · *weaker*: all works, and some of it would work better. */
  readonly level: "broken" | "weaker";
  /** Stays the same for as long as the cause does: it tells what was said already. */
  readonly key: string;
  /** For which agents it matters; empty where the house as a whole is concerned. */
  readonly agents: readonly string[];
  /** A sentence: what does not work, and why. */
  readonly what: string;
  /** A sentence: what to do. */
  readonly fix: string;
  /** The same without words, for whoever says it in another language. */
  readonly about: ShortcomingFacts;
}

export type ShortcomingFacts =
  | { readonly kind: "timed-out" }
  /** Without it the house as a whole is weaker. */
  | { readonly kind: "house" | "guild"; readonly permission: PermissionName }
  | { readonly kind: "channels"; readonly permission: PermissionName; readonly channelIds: readonly string[] }
  | { readonly kind: "role-order"; readonly roleIds: readonly string[] }
  | { readonly kind: "place"; readonly is: "channel" | "role"; readonly setting: string };

/** An agent, as far as it matters here. */
interface Needing {
  readonly name: string;
  readonly verbs?: readonly Verb[];
  /** Verbs beside those, where its configuration asks for them. */
  verbsFor?(config: unknown): readonly Verb[];
}

/** What the house itself needs, whatever the agents do, and what is lost without it. */
const HOUSE_NEEDS: readonly (readonly [PermissionName, string])[] = [
  ["VIEW_AUDIT_LOG", "What moderators do by hand is recorded without their name and reason"],
  ["MANAGE_GUILD", "Invites and what Discord's AutoMod does cannot be seen"],
];

/**
 * What of a guild's choices cannot be carried out with the bot's roles and permissions as they are at this moment. Agents
 * that are off or in shadow need nothing; channels the bot does not see are taken for closed to it on purpose, unless the
 * policy names them.
 */
export function whatNoLongerWorks(
  directory: Directory,
  policy: GuildPolicy,
  agents: readonly Needing[],
  at: number,
): readonly Shortcoming[] {
  const { botTimeoutUntil, botUserId, botRoleIds } = directory;
  if (botTimeoutUntil !== undefined && botTimeoutUntil > at) return [TIMED_OUT];
  const live = agents
    .filter(({ name }) => policy.agents[name]?.mode === "live")
    .map((agent) => withVerbs(agent, [policy.agents[agent.name]?.config]));
  const granted = guildPermissions(directory, botUserId, botRoleIds);
  const house = HOUSE_NEEDS.filter(([name]) => missingPermissions(granted, [name]).length > 0);
  return [
    ...house.map(([name, lost]) => lacking(name, [], `${lost}: the bot lacks "${permissionTitle(name)}".`)),
    ...permissionsOf(live).flatMap(([name, users]) => missingAt(name, users, directory, granted)),
    ...beyondReach(directory, policy, live),
    ...placesOf(policy, live).flatMap((place) => placeMissing(place, directory)),
  ];
}

const TIMED_OUT: Shortcoming = {
  level: "broken",
  key: "timed-out",
  agents: [],
  what: "The bot can do nothing at all: somebody timed it out.",
  fix: "Remove the time-out from the bot in the list of members.",
  about: { kind: "timed-out" },
};

/** An agent with all it may propose under any of these configurations. */
export function withVerbs(agent: Needing, configs: readonly unknown[]): Needing {
  const { name, verbs = [] } = agent;
  const more = configs.flatMap((config) => (config === undefined ? [] : (agent.verbsFor?.(config) ?? [])));
  return { name, verbs: [...new Set([...verbs, ...more])] };
}

/** Permissions by name, each with the agents that need it. What is only said by whoever asked needs none. */
function permissionsOf(agents: readonly Needing[]): readonly (readonly [PermissionName, readonly string[]])[] {
  const users = new Map<PermissionName, Set<string>>();
  for (const { name, verbs = [] } of agents)
    for (const permission of verbs.flatMap(needsOf)) {
      const known = users.get(permission) ?? new Set();
      users.set(permission, known.add(name));
    }
  return [...users].map(([permission, names]) => [permission, [...names].sort()]);
}

/** With what it needs in most places: a thread asks for another permission than a channel does. */
const MOSTLY: Partial<Record<Verb, PermissionName>> = {
  "message.send": "SEND_MESSAGES",
  "channel.slowmode": "MANAGE_CHANNELS",
};

function needsOf(verb: Verb): readonly PermissionName[] {
  const { [verb]: mostly } = MOSTLY;
  return mostly === undefined ? VERBS[verb].needs : [...VERBS[verb].needs, mostly];
}

/** Missing in the guild, or taken away in channels the bot sees. */
function missingAt(
  permission: PermissionName,
  users: readonly string[],
  directory: Directory,
  granted: bigint,
): readonly Shortcoming[] {
  const title = permissionTitle(permission);
  const whom = users.join(", ");
  const isGranted = missingPermissions(granted, [permission]).length === 0;
  if (!isGranted) return [lacking(permission, users, `${whom} cannot do all it should: the bot lacks "${title}".`)];
  if (!PER_CHANNEL.has(permission)) return [];
  const channels = Object.values(directory.channels).filter((channel) => lacksIn(channel, permission, directory));
  if (channels.length === 0) return [];
  return [
    {
      level: "broken",
      key: `channels:${permission}`,
      agents: users,
      what: `${whom} cannot do all it should in ${listed(channels)}: the bot lacks "${title}" there.`,
      fix: `Allow "${title}" to the bot's role in the settings of these channels or of their category.`,
      about: { kind: "channels", permission, channelIds: channels.map(({ id }) => id) },
    },
  ];
}

const PER_CHANNEL: ReadonlySet<PermissionName> = new Set([
  ...(["SEND_MESSAGES", "EMBED_LINKS", "MANAGE_MESSAGES", "READ_MESSAGE_HISTORY", "ADD_REACTIONS"] as const),
  ...(["MANAGE_CHANNELS", "MANAGE_THREADS", "MANAGE_ROLES"] as const),
]);

function lacksIn(channel: Channel, permission: PermissionName, directory: Directory): boolean {
  if (isThread(channel) || channel.type === CATEGORY) return false;
  const bits = channelPermissions(directory, channel.id, directory.botUserId, directory.botRoleIds);
  return bits !== 0n && missingPermissions(bits, [permission]).length > 0;
}

const CATEGORY = 4;
const NAMED = 5;

function listed(channels: readonly Channel[]): string {
  const names = channels.slice(0, NAMED).map(({ name }) => `#${name}`);
  const more = channels.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}

function lacking(permission: PermissionName, agents: readonly string[], what: string): Shortcoming {
  const fix = `Switch on "${permissionTitle(permission)}" for the bot's role in Server Settings → Roles.`;
  const kind = agents.length === 0 ? "house" : "guild";
  const level = kind === "house" ? "weaker" : "broken";
  return { level, key: `${kind}:${permission}`, agents, what, fix, about: { kind, permission } };
}

/** Members whose highest role is not below the bot's cannot be touched. That of staff is as it should be. */
function beyondReach(directory: Directory, policy: GuildPolicy, agents: readonly Needing[]): readonly Shortcoming[] {
  const users = agents.filter(({ verbs = [] }) =>
    verbs.some((verb) => VERBS[verb].measure && VERBS[verb].needs.length),
  );
  if (users.length === 0 || directory.ownerId === directory.botUserId) return [];
  const reach = rank(directory, directory.botRoleIds);
  const above = Object.values(directory.roles).filter(
    (role) => role.position >= reach && role.managed !== true && role.id !== directory.guildId,
  );
  const roles = above.filter((role) => !isStaffRole(role, policy.staffRoleIds));
  const names = roles.map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  return [
    {
      level: "broken",
      key: "role-order",
      agents: users.map(({ name }) => name),
      what: `Members with ${names.slice(0, NAMED).join(", ")} cannot be moderated: their role is not below the bot's.`,
      fix: "Drag the bot's role above these roles in Server Settings → Roles.",
      about: { kind: "role-order", roleIds: roles.map(({ id }) => id) },
    },
  ];
}

interface Place {
  readonly id: string;
  readonly is: "channel" | "role";
  readonly setting: string;
  readonly agent?: string;
}

/** Channels and roles that the policy names, by the name of the setting. */
function placesOf(policy: GuildPolicy, agents: readonly Needing[]): readonly Place[] {
  const notice: readonly Place[] =
    policy.noticeChannelId === undefined
      ? []
      : [{ id: policy.noticeChannelId, is: "channel", setting: "noticeChannelId" }];
  const staff = policy.staffRoleIds.map((id): Place => ({ id, is: "role", setting: "staffRoleIds" }));
  const own = agents.flatMap(({ name }) =>
    namedIn(policy.agents[name]?.config, `agents.${name}.config`).map((place) => ({ ...place, agent: name })),
  );
  return [...notice, ...staff, ...own];
}

/** Settings are called …ChannelId, …RoleIds and the like: that is how they are known. */
function namedIn(value: unknown, path: string): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
    const setting = `${path}.${key}`;
    const is = /(?:channel|category)Ids?$/i.test(key) ? "channel" : /roleIds?$/i.test(key) ? "role" : undefined;
    if (is === undefined) return namedIn(entry, setting);
    const ids = (Array.isArray(entry) ? entry : [entry]).filter((id) => typeof id === "string");
    return ids.map((id): Place => ({ id, is, setting }));
  });
}

function placeMissing({ id, is, setting, agent }: Place, directory: Directory): readonly Shortcoming[] {
  if ((is === "channel" ? directory.channels : directory.roles)[id] !== undefined) return [];
  const what = `The ${is} ${id} in the setting ${setting} does not exist, or the bot cannot see it.`;
  const fix = `Put the id of a ${is} that exists there, or take it out.`;
  const agents = agent === undefined ? [] : [agent];
  return [{ level: "broken", key: `${setting}:${id}`, agents, what, fix, about: { kind: "place", is, setting } }];
}

const TITLES: Partial<Record<PermissionName, string>> = {
  MODERATE_MEMBERS: "Timeout Members",
  MANAGE_GUILD: "Manage Server",
  VIEW_CHANNEL: "View Channels",
  CREATE_INSTANT_INVITE: "Create Invite",
};

/** As Discord's own settings call it. */
export function permissionTitle(permission: PermissionName): string {
  const words = permission.split("_").map((word) => word[0]! + word.slice(1).toLowerCase());
  return TITLES[permission] ?? words.join(" ");
}

/** What the house does by itself: it reads what was said while it was away, and tells staff what they should know. */
const ALWAYS: readonly PermissionName[] = ["VIEW_CHANNEL", "READ_MESSAGE_HISTORY", "SEND_MESSAGES", "EMBED_LINKS"];

/** The least the bot must be invited with, so that nothing of this is lacking at once. */
export function permissionsFor(agents: readonly Needing[]): readonly PermissionName[] {
  const all = [...ALWAYS, ...HOUSE_NEEDS.map(([name]) => name), ...permissionsOf(agents).map(([name]) => name)];
  return [...new Set(all)].sort();
}
