import { ChannelType, MessageFlags, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { ARCHIVE_MINUTES, FORUM_TAGS, SLOWMODE_SECONDS } from "../limits.ts";
import { deleteChannel } from "../world/channels.ts";
import { messagePayload } from "../world/message-payload.ts";
import { postMessage } from "../world/messages.ts";
import { channelPayload, memberPayload, threadMemberPayload } from "../world/payloads.ts";
import { canSee, channelPermissions, isThread, needInChannel } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { ChannelState, GuildState } from "../world/states.ts";
import { addThreadMember, changeThread, openThread, removeThreadMember, type ThreadDraft } from "../world/threads.ts";
import { storeFiles } from "./attachments.ts";
import { findChannel, findGuild, findGuildOf, findMessage } from "./find.ts";
import { form, page, queryForm, snowflake } from "./form.ts";
import { checkMessage, contentOf, messageSchema } from "./message-body.ts";
import { type Call, created, noContent, ok, type Reply, route } from "./route.ts";

const archiveMinutes = z
  .number()
  .int()
  .refine((value) => ARCHIVE_MINUTES.includes(value), "Value must be one of (60, 1440, 4320, 10080).");
const slowmode = z.number().int().min(0).max(SLOWMODE_SECONDS);
const appliedTags = z.array(snowflake).max(FORUM_TAGS.applied, `Must be ${FORUM_TAGS.applied} or fewer in length.`);
const threadSchema = z.looseObject({
  name: z.string().min(1).max(100, "Must be between 1 and 100 in length."),
  auto_archive_duration: archiveMinutes.optional(),
  rate_limit_per_user: slowmode.nullish(),
  type: z.number().int().optional(),
  invitable: z.boolean().optional(),
  applied_tags: appliedTags.optional(),
  message: messageSchema.optional(),
});
type ThreadBody = z.infer<typeof threadSchema>;

const draftOf = (call: Call, body: ThreadBody): Omit<ThreadDraft, "type"> => ({
  name: body.name,
  ownerId: call.world.botId,
  archiveMinutes: body.auto_archive_duration,
  invitable: body.invitable,
  slowmode: body.rate_limit_per_user ?? undefined,
  appliedTags: body.applied_tags,
});

/** Private unless asked otherwise, as on Discord; in a forum a post, whose first message has the thread's id. */
function start(call: Call): Reply {
  const parent = findChannel(call);
  const guild = findGuildOf(call, parent);
  const body = form(call, threadSchema);
  if (parent.type === ChannelType.GuildForum) return startPost(call, guild, parent, body);
  if (parent.type !== ChannelType.GuildText && parent.type !== ChannelType.GuildAnnouncement) throw refuse(50024);
  const type = threadType(parent, body.type ?? ChannelType.PrivateThread);
  needInChannel(
    call.world,
    parent,
    type === ChannelType.PrivateThread ? Bit.CreatePrivateThreads : Bit.CreatePublicThreads,
  );
  const thread = openThread(call.world, guild, parent, { ...draftOf(call, body), type }, call.actor);
  return created(channelPayload(call.world, thread));
}

function threadType(parent: ChannelState, wanted: number): ThreadDraft["type"] {
  if (parent.type === ChannelType.GuildAnnouncement) return ChannelType.AnnouncementThread;
  if (wanted === ChannelType.PublicThread) return ChannelType.PublicThread;
  if (wanted === ChannelType.PrivateThread) return ChannelType.PrivateThread;
  throw invalidForm(["type"], "Value must be one of (10, 11, 12).", "BASE_TYPE_CHOICES");
}

function startPost(call: Call, guild: GuildState, forum: ChannelState, body: ThreadBody): Reply {
  const { world } = call;
  needInChannel(world, forum, Bit.SendMessages);
  if (body.message === undefined) throw invalidForm(["message"], "This field is required", "BASE_TYPE_REQUIRED");
  checkMessage(body.message, call.files.length > 0);
  const unknown = (body.applied_tags ?? []).some((id) => !forum.tags.some((tag) => tag.id === id));
  if (unknown) throw invalidForm(["applied_tags"], "Unknown tag", "FORUM_TAG_UNKNOWN");
  const thread = openThread(
    world,
    guild,
    forum,
    { ...draftOf(call, body), type: ChannelType.PublicThread },
    call.actor,
  );
  const message = postMessage(world, thread, {
    id: thread.id,
    authorId: world.botId,
    ...contentOf(body.message),
    attachments: storeFiles(world, thread.id, call.files),
  });
  return created({ ...channelPayload(world, thread), message: messagePayload(world, message) });
}

function startFromMessage(call: Call): Reply {
  const parent = findChannel(call);
  const guild = findGuildOf(call, parent);
  const message = findMessage(call, parent);
  const body = form(call, threadSchema);
  needInChannel(call.world, parent, Bit.CreatePublicThreads | Bit.ReadMessageHistory);
  if (guild.channels.has(message.id)) throw refuse(160004);
  const type = threadType(parent, ChannelType.PublicThread);
  const thread = openThread(call.world, guild, parent, { ...draftOf(call, body), type, id: message.id }, call.actor);
  message.flags |= MessageFlags.HasThread;
  return created(channelPayload(call.world, thread));
}

const changeSchema = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  invitable: z.boolean().optional(),
  auto_archive_duration: archiveMinutes.optional(),
  rate_limit_per_user: slowmode.nullish(),
  applied_tags: appliedTags.optional(),
});

/** An archived thread must be opened before anything else of it changes; the same request may do both. */
export function patchThread(call: Call, guild: GuildState, thread: ChannelState): Reply {
  const body = form(call, changeSchema);
  if (
    thread.thread?.archived === true &&
    body.archived !== false &&
    Object.keys(body).some((key) => key !== "archived")
  )
    throw refuse(50083);
  const isOwner = thread.thread?.ownerId === call.world.botId;
  const reopens = body.archived === false && thread.thread?.locked !== true && Object.keys(body).length === 1;
  const bits = channelPermissions(call.world, thread, call.world.botId);
  const isModerator = (bits & Bit.ManageThreads) !== 0n;
  if (!isModerator && !isOwner && reopens) needInChannel(call.world, thread, Bit.SendMessagesInThreads);
  if (!isModerator && !isOwner && !reopens) throw refuse(50013);
  if (!isModerator && thread.thread?.locked === true) throw refuse(50013);
  if (!isModerator && (body.locked !== undefined || body.rate_limit_per_user !== undefined)) throw refuse(50013);
  const { auto_archive_duration: minutes, rate_limit_per_user: seconds, applied_tags: tags, ...plain } = body;
  const change = { ...plain, archiveMinutes: minutes, slowmode: seconds ?? undefined, appliedTags: tags };
  changeThread(call.world, guild, thread, change, call.actor);
  return ok(channelPayload(call.world, thread));
}

export function deleteThread(call: Call, guild: GuildState, thread: ChannelState): Reply {
  needInChannel(call.world, thread, Bit.ManageThreads);
  const gone = channelPayload(call.world, thread);
  deleteChannel(call.world, guild, thread, call.actor);
  return ok(gone);
}

function findThread(call: Call): ChannelState {
  const thread = findChannel(call);
  if (!isThread(thread.type)) throw refuse(50024);
  return thread;
}

function addMember(call: Call): Reply {
  const thread = findThread(call);
  if (thread.thread?.archived === true) throw refuse(50083);
  const isSelf = call.part("userId") === "@me";
  const userId = isSelf ? call.world.botId : call.id("userId");
  if (!isSelf) needInChannel(call.world, thread, Bit.SendMessagesInThreads);
  if (!findGuildOf(call, thread).members.has(userId)) throw refuse(10007);
  addThreadMember(call.world, thread, userId);
  return noContent;
}

function dropMember(call: Call): Reply {
  const thread = findThread(call);
  if (thread.thread?.archived === true) throw refuse(50083);
  const isSelf = call.part("userId") === "@me";
  const isOwnPrivate = thread.type === ChannelType.PrivateThread && thread.thread?.ownerId === call.world.botId;
  if (!isSelf && !isOwnPrivate) needInChannel(call.world, thread, Bit.ManageThreads);
  removeThreadMember(call.world, thread, isSelf ? call.world.botId : call.id("userId"));
  return noContent;
}

function memberOf(call: Call, thread: ChannelState, userId: string) {
  const member = findGuildOf(call, thread).members.get(userId);
  const withMember = call.query.get("with_member") === "true" && member !== undefined;
  return {
    ...threadMemberPayload(thread, userId),
    ...(withMember ? { member: memberPayload(call.world, member) } : {}),
  };
}

function showMember(call: Call): Reply {
  const thread = findThread(call);
  const userId = call.part("userId") === "@me" ? call.world.botId : call.id("userId");
  if (thread.thread?.members.has(userId) !== true) throw refuse(10007);
  return ok(memberOf(call, thread, userId));
}

function listActive(call: Call): Reply {
  const guild = findGuild(call);
  const { botId } = call.world;
  const threads = [...guild.channels.values()].filter(
    (one) => one.thread?.archived === false && canSee(call.world, one, botId),
  );
  return ok(listing(call, threads));
}

function listing(call: Call, threads: readonly ChannelState[]) {
  const { botId } = call.world;
  const mine = threads.filter((one) => one.thread?.members.has(botId) === true);
  return {
    threads: threads.map((one) => channelPayload(call.world, one)),
    members: mine.map((one) => threadMemberPayload(one, botId)),
  };
}

/** Latest archived first. `before` is a time for the public and private lists, a thread's id for the joined ones. */
function listArchived(call: Call, wants: (thread: ChannelState) => boolean, needed: bigint): Reply {
  const parent = findChannel(call);
  const guild = findGuildOf(call, parent);
  needInChannel(call.world, parent, Bit.ReadMessageHistory | needed);
  const { limit, before } = queryForm(call, page(100, 50));
  const archived = [...guild.channels.values()]
    .filter((one) => one.parentId === parent.id && one.thread?.archived === true && wants(one))
    .filter((one) => before === undefined || isBefore(one, before))
    .sort((one, other) => (other.thread?.archivedAt ?? 0) - (one.thread?.archivedAt ?? 0));
  return ok({ ...listing(call, archived.slice(0, limit)), has_more: archived.length > limit });
}

const isBefore = (thread: ChannelState, before: string): boolean =>
  /^\d{15,}$/.test(before) ? BigInt(thread.id) < BigInt(before) : (thread.thread?.archivedAt ?? 0) < Date.parse(before);

const isPrivate = (thread: ChannelState): boolean => thread.type === ChannelType.PrivateThread;
const THREADS = "/channels/:channelId/threads";
const THREAD_MEMBERS = "/channels/:channelId/thread-members";

export const threadRoutes = [
  route("POST", THREADS, start),
  route("POST", "/channels/:channelId/messages/:messageId/threads", startFromMessage),
  route("GET", `${THREADS}/archived/public`, (call) => listArchived(call, (one) => !isPrivate(one), 0n)),
  route("GET", `${THREADS}/archived/private`, (call) => listArchived(call, isPrivate, Bit.ManageThreads)),
  route("GET", "/channels/:channelId/users/@me/threads/archived/private", (call) =>
    listArchived(call, (one) => isPrivate(one) && one.thread?.members.has(call.world.botId) === true, 0n),
  ),
  route("GET", "/guilds/:guildId/threads/active", listActive),
  route("GET", THREAD_MEMBERS, (call) => {
    const thread = findThread(call);
    return ok([...(thread.thread?.members.keys() ?? [])].map((id) => memberOf(call, thread, id)));
  }),
  route("GET", `${THREAD_MEMBERS}/:userId`, showMember),
  route("PUT", `${THREAD_MEMBERS}/:userId`, addMember),
  route("DELETE", `${THREAD_MEMBERS}/:userId`, dropMember),
];
