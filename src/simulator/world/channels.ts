import {
  AuditLogEvent,
  ChannelType,
  GatewayDispatchEvents,
  type APIGuildForumTag,
  type APIOverwrite,
} from "discord-api-types/v10";
import { CATEGORY_CHANNELS, GUILD_CHANNELS } from "../limits.ts";
import { audit, differences, type Actor } from "./audit.ts";
import { channelPayload } from "./payloads.ts";
import { isThread } from "./permissions.ts";
import { invalidForm, refuse } from "./refusal.ts";
import type { ChannelState, GuildState, ThreadFacts } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface ChannelDraft {
  readonly name: string;
  readonly type?: ChannelType | undefined;
  readonly parentId?: string | null | undefined;
  readonly position?: number | undefined;
  readonly topic?: string | null | undefined;
  readonly nsfw?: boolean | undefined;
  readonly slowmode?: number | undefined;
  readonly overwrites?: readonly APIOverwrite[] | undefined;
  readonly tags?: readonly APIGuildForumTag[] | undefined;
}

interface ChannelPlace {
  readonly id: string;
  readonly guildId?: string | undefined;
  readonly recipientIds?: readonly string[];
  readonly thread?: ThreadFacts | undefined;
}

export function newChannel(place: ChannelPlace, draft: ChannelDraft): ChannelState {
  return {
    id: place.id,
    guildId: place.guildId,
    type: draft.type ?? ChannelType.GuildText,
    name: draft.name,
    position: draft.position ?? 0,
    parentId: draft.parentId ?? null,
    topic: draft.topic ?? null,
    nsfw: draft.nsfw ?? false,
    slowmode: draft.slowmode ?? 0,
    bitrate: 64_000,
    userLimit: 0,
    overwrites: new Map((draft.overwrites ?? []).map((one) => [one.id, { ...one }])),
    tags: [...(draft.tags ?? [])],
    lastMessageId: null,
    messages: new Map(),
    recipientIds: place.recipientIds ?? [],
    thread: place.thread,
  };
}

/** Text channels are written in lower case with dashes, whatever was asked for. */
export function channelName(name: string, type: ChannelType): string {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement
    ? name.toLowerCase().replace(/\s+/g, "-")
    : name;
}

export function createChannel(world: World, guild: GuildState, draft: ChannelDraft, actor: Actor): ChannelState {
  const real = [...guild.channels.values()].filter((one) => !isThread(one.type));
  if (real.length >= GUILD_CHANNELS) throw refuse(30013);
  if (draft.parentId && real.filter((one) => one.parentId === draft.parentId).length >= CATEGORY_CHANNELS)
    throw invalidForm(
      ["parent_id"],
      "Maximum number of channels in category reached (50)",
      "CHANNEL_PARENT_MAX_CHANNELS",
    );
  const name = channelName(draft.name, draft.type ?? ChannelType.GuildText);
  const place = { id: world.ids.next(), guildId: guild.id };
  const channel = newChannel(place, { ...draft, name, position: draft.position ?? real.length });
  keepChannel(world, guild, channel);
  audit(world, guild, AuditLogEvent.ChannelCreate, actor, {
    targetId: channel.id,
    changes: differences({}, { name: channel.name, type: channel.type }),
  });
  tell(world, { kind: "channel", guildId: guild.id, id: channel.id, name: channel.name });
  dispatch(world, GatewayDispatchEvents.ChannelCreate, guild.id, channelPayload(world, channel) as never);
  return channel;
}

export function keepChannel(world: World, guild: GuildState, channel: ChannelState): void {
  guild.channels.set(channel.id, channel);
  world.channels.set(channel.id, channel);
}

export type ChannelChange = Partial<
  Pick<
    ChannelState,
    "name" | "topic" | "nsfw" | "slowmode" | "parentId" | "position" | "bitrate" | "userLimit" | "type"
  >
> & { readonly overwrites?: readonly APIOverwrite[]; readonly tags?: APIGuildForumTag[] };

export function changeChannel(
  world: World,
  guild: GuildState,
  channel: ChannelState,
  change: ChannelChange,
  actor: Actor,
): void {
  const before = facts(channel);
  const { overwrites, ...plain } = change;
  Object.assign(channel, plain);
  if (change.name !== undefined) channel.name = channelName(change.name, channel.type);
  if (overwrites !== undefined) {
    channel.overwrites.clear();
    for (const one of overwrites) channel.overwrites.set(one.id, { ...one });
  }
  const changes = differences(before, facts(channel));
  if (changes.length === 0) return;
  announceChannel(world, guild, channel);
  audit(world, guild, AuditLogEvent.ChannelUpdate, actor, { targetId: channel.id, changes });
}

/** The part of a channel that the audit log compares, by Discord's names. */
function facts(channel: ChannelState) {
  return {
    name: channel.name,
    type: channel.type,
    topic: channel.topic,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.slowmode,
    parent_id: channel.parentId,
    position: channel.position,
    bitrate: channel.bitrate,
    user_limit: channel.userLimit,
    permission_overwrites: [...channel.overwrites.values()],
    available_tags: channel.tags,
  };
}

export function announceChannel(world: World, guild: GuildState, channel: ChannelState): void {
  tell(world, { kind: "channel", guildId: guild.id, id: channel.id, name: channel.name });
  dispatch(world, GatewayDispatchEvents.ChannelUpdate, guild.id, channelPayload(world, channel) as never);
}

export function putOverwrite(
  world: World,
  guild: GuildState,
  channel: ChannelState,
  overwrite: APIOverwrite,
  actor: Actor,
): void {
  const known = channel.overwrites.get(overwrite.id);
  channel.overwrites.set(overwrite.id, overwrite);
  announceChannel(world, guild, channel);
  const action = known === undefined ? AuditLogEvent.ChannelOverwriteCreate : AuditLogEvent.ChannelOverwriteUpdate;
  audit(world, guild, action, actor, {
    targetId: channel.id,
    changes: differences({ allow: known?.allow, deny: known?.deny }, { allow: overwrite.allow, deny: overwrite.deny }),
    options: { id: overwrite.id, type: `${overwrite.type}` } as never,
  });
}

export function removeOverwrite(
  world: World,
  guild: GuildState,
  channel: ChannelState,
  id: string,
  actor: Actor,
): void {
  if (!channel.overwrites.delete(id)) return;
  announceChannel(world, guild, channel);
  audit(world, guild, AuditLogEvent.ChannelOverwriteDelete, actor, { targetId: channel.id, options: { id } as never });
}

/** Its threads go with it. */
/** Discord's log keeps what a channel was; not its place, nor what was said in it. */
function lastChanges({ name, type, topic, slowmode, overwrites }: ChannelState) {
  return [
    { key: "name", old_value: name },
    { key: "type", old_value: type },
    { key: "permission_overwrites", old_value: [...overwrites.values()] },
    { key: "topic", old_value: topic },
    { key: "rate_limit_per_user", old_value: slowmode },
  ].filter(({ old_value: value }) => value !== null && value !== undefined);
}

export function deleteChannel(world: World, guild: GuildState, channel: ChannelState, actor: Actor): void {
  for (const thread of guild.channels.values())
    if (thread.parentId === channel.id && isThread(thread.type)) forget(world, guild, thread);
  forget(world, guild, channel);
  const changes = lastChanges(channel);
  const targetId = channel.id;
  tell(world, { kind: "channel-gone", guildId: guild.id, id: channel.id, name: channel.name });
  if (isThread(channel.type)) {
    dispatch(world, GatewayDispatchEvents.ThreadDelete, guild.id, {
      id: channel.id,
      guild_id: guild.id,
      parent_id: channel.parentId ?? "",
      type: channel.type,
    } as never);
    audit(world, guild, AuditLogEvent.ThreadDelete, actor, { targetId, changes });
    return;
  }
  dispatch(world, GatewayDispatchEvents.ChannelDelete, guild.id, channelPayload(world, channel) as never);
  audit(world, guild, AuditLogEvent.ChannelDelete, actor, { targetId, changes });
}

function forget(world: World, guild: GuildState, channel: ChannelState): void {
  guild.channels.delete(channel.id);
  world.channels.delete(channel.id);
}

/** The one direct channel between the bot and somebody: opening it twice gives the same. */
export function directChannel(world: World, userId: string): ChannelState {
  const known = [...world.channels.values()].find(
    (one) => one.type === ChannelType.DM && one.recipientIds.includes(userId),
  );
  if (known !== undefined) return known;
  const place = { id: world.ids.next(), recipientIds: [world.botId, userId] };
  const channel = newChannel(place, { name: "", type: ChannelType.DM });
  world.channels.set(channel.id, channel);
  dispatch(world, GatewayDispatchEvents.ChannelCreate, undefined, channelPayload(world, channel) as never);
  return channel;
}
