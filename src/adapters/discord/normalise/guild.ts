import type { Channel, Directory, DirectoryChange, GuildEvent, Overwrite, Role } from "#core";
import type { IntakeContext, Normaliser } from "./context.ts";
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
  type Raw,
  timeIn,
} from "./raw.ts";
import { cleanText, firstText } from "./text.ts";

/** A guild in an outage comes with `unavailable` and nothing else: what we know of it stays true. */
export const guildCreated: Normaliser = (data, context) => {
  if (data["unavailable"] === true) return undefined;
  const directory = directoryFrom(data, context.botUserId);
  return event(directory.guildId, context, { kind: "guild.available", directory });
};

export const guildUpdated: Normaliser = (data, context) => {
  const guildId = idAt(data, "id");
  return change(guildId, context, { change: "guild.facts", ...factsOf(data) });
};

export const guildDeleted: Normaliser = (data, context) => {
  if (data["unavailable"] === true) return undefined;
  return event(idAt(data, "id"), context, { kind: "guild.left" });
};

export const rolePut: Normaliser = (data, context) =>
  change(idAt(data, "guild_id"), context, { change: "role.put", role: roleFrom(objectAt(data, "role")) });

export const roleGone: Normaliser = (data, context) =>
  change(idAt(data, "guild_id"), context, { change: "role.gone", roleId: idAt(data, "role_id") });

export const channelPut: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  return guildId === undefined
    ? undefined
    : change(guildId, context, { change: "channel.put", channel: channelFrom(data) });
};

export const channelGone: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  return guildId === undefined
    ? undefined
    : change(guildId, context, { change: "channel.gone", channelId: idAt(data, "id") });
};

type Body<T = GuildEvent> = T extends GuildEvent ? Omit<T, "id" | "guildId" | "at"> : never;

function event(guildId: string, context: IntakeContext, body: Body): GuildEvent {
  return { id: context.frameId, guildId, at: context.receivedAt, ...body } as GuildEvent;
}

function change(guildId: string, context: IntakeContext, made: DirectoryChange): GuildEvent {
  return event(guildId, context, { kind: "directory.changed", change: made });
}

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

function factsOf(data: Raw) {
  const locale = firstText(data["preferred_locale"]) || "en-US";
  const incidents = incidentsFrom(asObject(data["incidents_data"]));
  return {
    name: cleanText(data["name"]),
    ownerId: idAt(data, "owner_id"),
    locale,
    ...(incidents !== undefined && { incidents }),
  };
}

function incidentsFrom(raw: Raw | undefined): Directory["incidents"] {
  const invitesOffUntil = timeIn(raw?.["invites_disabled_until"]);
  const messagesOffUntil = timeIn(raw?.["dms_disabled_until"]);
  if (invitesOffUntil === undefined && messagesOffUntil === undefined) return undefined;
  return {
    ...(invitesOffUntil !== undefined && { invitesOffUntil }),
    ...(messagesOffUntil !== undefined && { messagesOffUntil }),
  };
}

/** Discord always lists the bot itself among the members of GUILD_CREATE, whatever else it leaves out. */
function ownStanding(data: Raw, botUserId: string): Pick<Directory, "botRoleIds" | "botTimeoutUntil"> {
  const own = asList(data["members"])
    .map(asObject)
    .find((member) => asObject(member?.["user"])?.["id"] === botUserId);
  const until = timeIn(own?.["communication_disabled_until"]);
  return { botRoleIds: idsIn(own?.["roles"]), ...(until !== undefined && { botTimeoutUntil: until }) };
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
  const metadata = asObject(raw["thread_metadata"]);
  if (metadata !== undefined) channel.thread = threadFrom(raw, metadata);
  return channel;
}

/** Discord puts the bot's own membership beside a thread it has joined. */
function threadFrom(raw: Raw, metadata: Raw): NonNullable<Channel["thread"]> {
  return {
    ...(isId(raw["owner_id"]) && { ownerId: raw["owner_id"] }),
    ...(metadata["archived"] === true && { archived: true }),
    ...(metadata["locked"] === true && { locked: true }),
    ...(asObject(raw["member"]) !== undefined && { joined: true }),
  };
}

function overwriteFrom(value: unknown): readonly Overwrite[] {
  const raw = asObject(value);
  if (raw === undefined || !isId(raw["id"])) return [];
  const type = raw["type"] === 1 ? "member" : "role";
  return [{ id: raw["id"], type, allow: bitsIn(raw["allow"]), deny: bitsIn(raw["deny"]) }];
}
