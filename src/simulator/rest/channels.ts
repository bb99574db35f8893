import type { OverwriteType } from "discord-api-types/v10";
import {
  ChannelType,
  PermissionFlagsBits as Bit,
  type APIGuildForumTag,
  type APIOverwrite,
} from "discord-api-types/v10";
import { z } from "zod";
import { FORUM_TAGS, SLOWMODE_SECONDS } from "../limits.ts";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  putOverwrite,
  removeOverwrite,
  type ChannelChange,
} from "../world/channels.ts";
import { channelPayload } from "../world/payloads.ts";
import { channelPermissions, isThread, needInChannel, needInGuild } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { GuildState } from "../world/states.ts";
import type { World } from "../world/world.ts";
import { findChannel, findGuild, findGuildOf } from "./find.ts";
import { form, permissionBits, snowflake } from "./form.ts";
import { type Call, created, noContent, ok, type Reply, route } from "./route.ts";
import { deleteThread, patchThread } from "./threads.ts";

const overwriteSchema = z.looseObject({
  id: snowflake,
  type: z.coerce.number().int().min(0).max(1),
  allow: permissionBits.nullish(),
  deny: permissionBits.nullish(),
});

const tagSchema = z.looseObject({
  id: snowflake.optional(),
  name: z.string().max(20),
  moderated: z.boolean().default(false),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().nullish(),
});

const channelSchema = z.looseObject({
  name: z.string().min(1).max(100, "Must be between 1 and 100 in length.").optional(),
  type: z.number().int().optional(),
  topic: z.string().max(4_096).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: z.number().int().min(0).max(SLOWMODE_SECONDS, `Must be ${SLOWMODE_SECONDS} or fewer.`).nullish(),
  position: z.number().int().nullish(),
  parent_id: snowflake.nullish(),
  bitrate: z.number().int().min(8_000).max(384_000).nullish(),
  user_limit: z.number().int().min(0).max(99).nullish(),
  permission_overwrites: z.array(overwriteSchema).nullish(),
  available_tags: z.array(tagSchema).max(FORUM_TAGS.available).nullish(),
});
type ChannelBody = z.infer<typeof channelSchema>;

function overwrites(body: ChannelBody): APIOverwrite[] | undefined {
  return body.permission_overwrites?.map((one) => ({
    id: one.id,
    type: one.type as OverwriteType,
    allow: one.allow ?? "0",
    deny: one.deny ?? "0",
  }));
}

function tags(world: World, body: ChannelBody): APIGuildForumTag[] | undefined {
  return body.available_tags?.map((one) => ({
    id: one.id ?? world.ids.next(),
    name: one.name,
    moderated: one.moderated,
    emoji_id: one.emoji_id ?? null,
    emoji_name: one.emoji_name ?? null,
  }));
}

/** Nobody may hand out in an overwrite what they do not have themselves. */
function needOwnBits(world: World, guild: GuildState, held: bigint, wanted: readonly APIOverwrite[]): void {
  if (wanted.length === 0) return;
  needInGuild(world, guild, Bit.ManageRoles);
  for (const one of wanted) if (((BigInt(one.allow) | BigInt(one.deny)) & ~held) !== 0n) throw refuse(50013);
}

const KINDS: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];

function create(call: Call): Reply {
  const guild = findGuild(call);
  const body = form(call, channelSchema.extend({ name: z.string().min(1).max(100) }));
  needInGuild(call.world, guild, Bit.ManageChannels);
  const type: ChannelType = body.type ?? ChannelType.GuildText;
  if (!KINDS.includes(type))
    throw invalidForm(["type"], "Value is not a channel type that can be made here.", "BASE_TYPE_CHOICES");
  needParent(guild, body.parent_id);
  const wanted = overwrites(body) ?? [];
  needOwnBits(call.world, guild, heldInGuild(call, guild), wanted);
  const draft = {
    name: body.name,
    type,
    parentId: body.parent_id,
    topic: body.topic,
    nsfw: body.nsfw ?? undefined,
    slowmode: body.rate_limit_per_user ?? undefined,
    position: body.position ?? undefined,
    overwrites: wanted,
    tags: tags(call.world, body),
  };
  return created(channelPayload(call.world, createChannel(call.world, guild, draft, call.actor)));
}

function needParent(guild: GuildState, parentId: string | null | undefined): void {
  if (parentId === null || parentId === undefined) return;
  if (guild.channels.get(parentId)?.type !== ChannelType.GuildCategory)
    throw invalidForm(["parent_id"], "Category does not exist", "CHANNEL_PARENT_INVALID");
}

function heldInGuild(call: Call, guild: GuildState): bigint {
  const held =
    guild.members.get(call.world.botId)?.roleIds.map((id) => BigInt(guild.roles.get(id)?.permissions ?? "0")) ?? [];
  const bits = held.reduce((all, one) => all | one, BigInt(guild.roles.get(guild.id)?.permissions ?? "0"));
  return (bits & Bit.Administrator) !== 0n || guild.ownerId === call.world.botId ? ~0n : bits;
}

function change(call: Call): Reply {
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  if (isThread(channel.type)) return patchThread(call, guild, channel);
  needInChannel(call.world, channel, Bit.ManageChannels);
  const body = form(call, channelSchema);
  needParent(guild, body.parent_id);
  const wanted = overwrites(body);
  if (wanted !== undefined)
    needOwnBits(call.world, guild, channelPermissions(call.world, channel, call.world.botId), wanted);
  changeChannel(call.world, guild, channel, changeOf(call.world, body, wanted), call.actor);
  return ok(channelPayload(call.world, channel));
}

function changeOf(world: World, body: ChannelBody, wanted: APIOverwrite[] | undefined): ChannelChange {
  const forumTags = tags(world, body);
  return {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.topic === undefined ? {} : { topic: body.topic }),
    ...(body.nsfw === undefined ? {} : { nsfw: body.nsfw ?? false }),
    ...(body.rate_limit_per_user === undefined ? {} : { slowmode: body.rate_limit_per_user ?? 0 }),
    ...(typeof body.position === "number" ? { position: body.position } : {}),
    ...(body.parent_id === undefined ? {} : { parentId: body.parent_id }),
    ...(typeof body.bitrate === "number" ? { bitrate: body.bitrate } : {}),
    ...(typeof body.user_limit === "number" ? { userLimit: body.user_limit } : {}),
    ...(wanted === undefined ? {} : { overwrites: wanted }),
    ...(forumTags === undefined ? {} : { tags: forumTags }),
  };
}

function remove(call: Call): Reply {
  const channel = findChannel(call);
  // "Deleting" a direct channel only closes it in the client.
  if (channel.type === ChannelType.DM) return ok(channelPayload(call.world, channel));
  const guild = findGuildOf(call, channel);
  if (isThread(channel.type)) return deleteThread(call, guild, channel);
  needInChannel(call.world, channel, Bit.ManageChannels);
  const gone = channelPayload(call.world, channel);
  deleteChannel(call.world, guild, channel, call.actor);
  return ok(gone);
}

function setOverwrite(call: Call): Reply {
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  if (isThread(channel.type)) throw refuse(50024);
  needInChannel(call.world, channel, Bit.ManageRoles);
  const body = form(call, overwriteSchema.omit({ id: true }));
  const overwrite = {
    id: call.id("overwriteId"),
    type: body.type as OverwriteType,
    allow: body.allow ?? "0",
    deny: body.deny ?? "0",
  };
  needOwnBits(call.world, guild, channelPermissions(call.world, channel, call.world.botId), [overwrite]);
  putOverwrite(call.world, guild, channel, overwrite, call.actor);
  return noContent;
}

function dropOverwrite(call: Call): Reply {
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  needInChannel(call.world, channel, Bit.ManageRoles);
  removeOverwrite(call.world, guild, channel, call.id("overwriteId"), call.actor);
  return noContent;
}

function list(call: Call): Reply {
  const channels = [...findGuild(call).channels.values()].filter((one) => !isThread(one.type));
  return ok(channels.map((one) => channelPayload(call.world, one)));
}

export const channelRoutes = [
  route("GET", "/guilds/:guildId/channels", list),
  route("POST", "/guilds/:guildId/channels", create),
  route("GET", "/channels/:channelId", (call) => ok(channelPayload(call.world, findChannel(call)))),
  route("PATCH", "/channels/:channelId", change),
  route("DELETE", "/channels/:channelId", remove),
  route("PUT", "/channels/:channelId/permissions/:overwriteId", setOverwrite),
  route("DELETE", "/channels/:channelId/permissions/:overwriteId", dropOverwrite),
];
