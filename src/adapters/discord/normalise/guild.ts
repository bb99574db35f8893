import {
  isThread,
  type Channel,
  type Directory,
  type GuildFacts,
  type Incidents,
  type Overwrite,
  type Role,
  type ThreadFacts,
} from "#core";
import type { Normaliser } from "./context.ts";
import { change, event } from "./frame-event.ts";
import { standingOf } from "./membership.ts";
import {
  asList,
  asNumber,
  asObject,
  bitsIn,
  idAt,
  idsIn,
  isId,
  objectAt,
  optionalIdAt,
  timeIn,
  type Raw,
} from "./raw.ts";
import { cleanText, firstText } from "./text.ts";
import { voiceStateFrom } from "./voice.ts";

/** A guild in an outage comes with `unavailable` and nothing else: what we know of it stays true. */
export const guildCreated: Normaliser = (data, context) => {
  if (data["unavailable"] === true) return event(idAt(data, "id"), context, { kind: "guild.unavailable" });
  const directory = directoryFrom(data, context.botUserId);
  const voice = asList(data["voice_states"]).flatMap((raw) => voiceStateFrom(asObject(raw)) ?? []);
  return event(directory.guildId, context, { kind: "guild.available", directory, ...(voice.length > 0 && { voice }) });
};

export const guildUpdated: Normaliser = (data, context) => {
  const guildId = idAt(data, "id");
  return change(guildId, context, { change: "guild.facts", ...factsOf(data) });
};

export const guildDeleted: Normaliser = (data, context) => {
  const kind = data["unavailable"] === true ? "guild.unavailable" : "guild.left";
  return event(idAt(data, "id"), context, { kind });
};

export const rolePut: Normaliser = (data, context) =>
  change(idAt(data, "guild_id"), context, { change: "role.put", role: roleFrom(objectAt(data, "role")) });

export const roleCreated: Normaliser = (data, context) =>
  change(idAt(data, "guild_id"), context, { change: "role.put", role: roleFrom(objectAt(data, "role")), isNew: true });

export const roleGone: Normaliser = (data, context) =>
  change(idAt(data, "guild_id"), context, { change: "role.gone", roleId: idAt(data, "role_id") });

export const channelPut: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  return guildId === undefined
    ? undefined
    : change(guildId, context, { change: "channel.put", channel: channelFrom(data) });
};

export const threadCreated: Normaliser = (data, context) => {
  const isNew = data["newly_created"] === true;
  return event(idAt(data, "guild_id"), context, { kind: "thread.created", thread: channelFrom(data), isNew });
};

export const threadUpdated: Normaliser = (data, context) =>
  event(idAt(data, "guild_id"), context, { kind: "thread.updated", thread: channelFrom(data) });

export const threadDeleted: Normaliser = (data, context) => {
  const parentId = optionalIdAt(data, "parent_id");
  const thread = { threadId: idAt(data, "id"), ...(parentId !== undefined && { parentId }) };
  return event(idAt(data, "guild_id"), context, { kind: "thread.deleted", ...thread });
};

/** Who is in a thread matters here only of the bot itself: private ones are seen by those who are in them. */
export const threadMembersChanged: Normaliser = (data, context) => {
  const joined = asList(data["added_members"]).some((one) => asObject(one)?.["user_id"] === context.botUserId);
  if (!joined && !idsIn(data["removed_member_ids"]).includes(context.botUserId)) return undefined;
  return change(idAt(data, "guild_id"), context, { change: "thread.joined", threadId: idAt(data, "id"), joined });
};

/** The bot was let into channels: these are the threads that are active there. */
export const threadsListed: Normaliser = (data, context) => {
  const parentIds = Array.isArray(data["channel_ids"]) ? idsIn(data["channel_ids"]) : undefined;
  const threads = Object.values(byId(asList(data["threads"]), channelFrom));
  const listed = { change: "threads.listed" as const, threads, ...(parentIds !== undefined && { parentIds }) };
  return change(idAt(data, "guild_id"), context, listed);
};

export const channelGone: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  const parentId = optionalIdAt(data, "parent_id");
  const gone = { change: "channel.gone" as const, ...(parentId !== undefined && { parentId }) };
  return guildId === undefined ? undefined : change(guildId, context, { ...gone, channelId: idAt(data, "id") });
};

export function directoryFrom(data: Raw, botUserId: string): Directory {
  const guildId = idAt(data, "id");
  const channels = [...asList(data["channels"]), ...asList(data["threads"])];
  return {
    guildId,
    ...factsOf(data),
    memberCount: asNumber(data["member_count"]) ?? 0,
    botUserId,
    ...ownStanding(data, botUserId),
    roles: byId(asList(data["roles"]), roleFrom),
    channels: byId(channels, channelFrom),
  };
}

function factsOf(data: Raw): GuildFacts {
  const facts: { -readonly [K in keyof GuildFacts]: GuildFacts[K] } = {
    name: cleanText(data["name"]),
    ownerId: idAt(data, "owner_id"),
    locale: firstText(data["preferred_locale"]) || "en-US",
  };
  const features = asList(data["features"]).map(cleanText).filter(Boolean);
  if (features.length > 0) facts.features = features.toSorted();
  if (isId(data["system_channel_id"])) facts.systemChannelId = data["system_channel_id"];
  const safety = data["safety_alerts_channel_id"] ?? data["public_updates_channel_id"];
  if (isId(safety)) facts.safetyChannelId = safety;
  const incidents = incidentsIn(asObject(data["incidents_data"]));
  if (incidents !== undefined) facts.incidents = incidents;
  const level = asNumber(data["verification_level"]);
  if (level !== undefined) facts.verificationLevel = level;
  return facts;
}

const INCIDENTS = [
  ["invitesOffUntil", "invites_disabled_until"],
  ["messagesOffUntil", "dms_disabled_until"],
  ["raidDetectedAt", "raid_detected_at"],
  ["dmSpamDetectedAt", "dm_spam_detected_at"],
] as const satisfies readonly (readonly [keyof Incidents, string])[];

function incidentsIn(data: Raw | undefined): Incidents | undefined {
  if (data === undefined) return undefined;
  const told = INCIDENTS.flatMap(([name, field]) => {
    const moment = timeIn(data[field]);
    return moment === undefined ? [] : [[name, moment] as const];
  });
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** Discord always lists the bot itself among the members of GUILD_CREATE, whatever else it leaves out. */
function ownStanding(data: Raw, botUserId: string): Pick<Directory, "botRoleIds" | "botTimeoutUntil"> {
  const own = asList(data["members"])
    .map(asObject)
    .find((member) => asObject(member?.["user"])?.["id"] === botUserId);
  const { roleIds, timeoutUntil } = standingOf(own ?? {});
  return { botRoleIds: roleIds, ...(timeoutUntil !== undefined && { botTimeoutUntil: timeoutUntil }) };
}

/** One broken role or channel must not hide a guild: it is left out. */
function byId<T extends { readonly id: string }>(list: readonly unknown[], from: (raw: Raw) => T): Record<string, T> {
  const result: Record<string, T> = {};
  for (const entry of list) {
    const raw = asObject(entry);
    if (raw === undefined || !isId(raw["id"])) continue;
    result[raw["id"]] = from(raw);
  }
  return result;
}

export function roleFrom(raw: Raw): Role {
  const id = idAt(raw, "id");
  const role = {
    id,
    name: cleanText(raw["name"]),
    position: asNumber(raw["position"]) ?? 0,
    permissions: bitsIn(raw["permissions"]),
  };
  return raw["managed"] === true ? { ...role, managed: true } : role;
}

export function channelFrom(raw: Raw): Channel {
  const channel: { -readonly [K in keyof Channel]: Channel[K] } = {
    id: idAt(raw, "id"),
    name: cleanText(raw["name"]),
    type: asNumber(raw["type"]) ?? 0,
    overwrites: asList(raw["permission_overwrites"]).flatMap(overwriteFrom),
  };
  if (isId(raw["parent_id"])) channel.parentId = raw["parent_id"];
  const slowmode = asNumber(raw["rate_limit_per_user"]);
  if (slowmode !== undefined) channel.slowmode = slowmode;
  if (raw["nsfw"] === true) channel.nsfw = true;
  if (isThread(channel)) channel.thread = threadFacts(raw);
  return channel;
}

/** Discord puts the bot's own membership beside a thread it has joined. */
function threadFacts(raw: Raw): ThreadFacts {
  const facts: { -readonly [K in keyof ThreadFacts]: ThreadFacts[K] } = {};
  if (isId(raw["owner_id"])) facts.ownerId = raw["owner_id"];
  const metadata = asObject(raw["thread_metadata"]) ?? {};
  if (metadata["archived"] === true) facts.archived = true;
  if (metadata["locked"] === true) facts.locked = true;
  if (asObject(raw["member"]) !== undefined) facts.joined = true;
  const createdAt = timeIn(metadata["create_timestamp"]);
  if (createdAt !== undefined) facts.createdAt = createdAt;
  const tagIds = idsIn(raw["applied_tags"]);
  if (tagIds.length > 0) facts.tagIds = tagIds;
  return facts;
}

function overwriteFrom(value: unknown): readonly Overwrite[] {
  const raw = asObject(value);
  if (raw === undefined || !isId(raw["id"])) return [];
  const type = raw["type"] === 1 ? "member" : "role";
  return [{ id: raw["id"], type, allow: bitsIn(raw["allow"]), deny: bitsIn(raw["deny"]) }];
}
