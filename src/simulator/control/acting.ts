import { AuditLogEvent, ChannelType, OverwriteType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { audit } from "../world/audit.ts";
import { carryOut, hitsOf, isBlocked } from "../world/auto-moderation.ts";
import { createGuild, type GuildDraft, isText } from "../world/guilds.ts";
import { addMember, changeMember, createUser, removeMember, type UserDraft } from "../world/members.ts";
import { removeMessage } from "../world/message-removal.ts";
import { changeMessage, postMessage } from "../world/messages.ts";
import { directChannel, createChannel, putOverwrite, type ChannelDraft } from "../world/channels.ts";
import { dropInvite } from "../world/invites.ts";
import { userById } from "../world/payloads.ts";
import { isThread } from "../world/permissions.ts";
import { addReaction, removeReaction } from "../world/reactions.ts";
import { setPin } from "../world/pins.ts";
import { createRole, changeRole, type RoleDraft } from "../world/roles.ts";
import { changeThread, openThread, unarchive } from "../world/threads.ts";
import { changeVoice } from "../world/voice.ts";
import type { World } from "../world/world.ts";
import { storeFile, storeFiles } from "../rest/attachments.ts";
import { channelIn, guildIn, mayIn, memberIn, messageIn, refused } from "./refused.ts";

export interface SayOptions {
  readonly attachments?: readonly { readonly name: string; readonly contentType?: string; readonly bytes: Buffer }[];
  readonly replyTo?: string;
  /** History: written so many milliseconds ago, by id and by time. */
  readonly ageMs?: number;
}

/** What members do in their client, and how the world around them is arranged. */
export function actingControl(world: World) {
  return {
    createGuild: (draft: GuildDraft) => createGuild(world, draft),
    createChannel: (guildId: string, draft: ChannelDraft) =>
      createChannel(world, guildIn(world, guildId), draft, ownerOf(world, guildId)),
    createRole: (guildId: string, draft: RoleDraft) =>
      createRole(world, guildIn(world, guildId), draft, ownerOf(world, guildId)),
    /** Null: they leave. */
    connectToVoice: (guildId: string, userId: string, channelId: string | null) => {
      const guild = guildIn(world, guildId);
      changeVoice(world, guild, memberIn(guild, userId), { channelId }, { userId });
    },
    /** Somebody outside of every guild. */
    createUser: (draft: UserDraft) => createUser(world, draft).id,
    say: (guildId: string, channelId: string, userId: string, text: string, options: SayOptions = {}) =>
      say(world, guildId, channelId, userId, text, options),
    /** A post in a forum, with its first message, which has its id. */
    openPost(
      guildId: string,
      forumId: string,
      userId: string,
      name: string,
      text: string,
      tagIds: readonly string[] = [],
    ): string {
      const [guild, forum] = [guildIn(world, guildId), channelIn(world, forumId)];
      mayIn(world, forum, userId, Bit.SendMessages);
      const draft = { name, type: ChannelType.PublicThread, ownerId: userId, appliedTags: tagIds } as const;
      const thread = openThread(world, guild, forum, draft, { userId });
      return postMessage(world, thread, { id: thread.id, authorId: userId, content: text }).id;
    },
    /** By whoever opened it, or by somebody who may manage threads. */
    tagPost(postId: string, userId: string, tagIds: readonly string[]): void {
      const post = channelIn(world, postId);
      if (post.thread?.ownerId !== userId) mayIn(world, post, userId, Bit.ManageThreads);
      changeThread(world, guildIn(world, post.guildId ?? ""), post, { appliedTags: tagIds }, { userId });
    },
    pin(channelId: string, messageId: string, userId: string, isPinned = true): void {
      const channel = channelIn(world, channelId);
      mayIn(world, channel, userId, Bit.PinMessages);
      setPin(world, channel, messageIn(channel, messageId), isPinned, { userId });
    },
    /** A direct message to the bot. */
    sayDirect(userId: string, text: string): string {
      if (!world.users.has(userId)) throw refused(`there is no user ${userId}`);
      return postMessage(world, directChannel(world, userId), { authorId: userId, content: text }).id;
    },
    editMessage(channelId: string, messageId: string, text: string): void {
      const channel = channelIn(world, channelId);
      changeMessage(world, channel, messageIn(channel, messageId), { content: text });
    },
    /** By its author, unless somebody else is named: then the audit log tells of it. */
    deleteMessage: (channelId: string, messageId: string, byUserId?: string) =>
      deleteMessage(world, channelId, messageId, byUserId),
    react(channelId: string, messageId: string, userId: string, emoji: string): void {
      const channel = channelIn(world, channelId);
      const message = messageIn(channel, messageId);
      mayIn(
        world,
        channel,
        userId,
        message.reactions.has(emoji) ? Bit.ReadMessageHistory : Bit.ReadMessageHistory | Bit.AddReactions,
      );
      addReaction(world, channel, message, emoji, userId);
    },
    unreact(channelId: string, messageId: string, userId: string, emoji: string): void {
      const channel = channelIn(world, channelId);
      removeReaction(world, channel, messageIn(channel, messageId), emoji, userId);
    },
    /** A new account, or with `id` somebody who was here before. Whoever is banned stays outside. */
    /** By an invite, where a code is given. */
    join: (guildId: string, draft: UserDraft, code?: string) => join(world, guildId, draft, code),
    leave(guildId: string, userId: string): void {
      const guild = guildIn(world, guildId);
      memberIn(guild, userId);
      removeMember(world, guild, userId);
    },
    setRoles(guildId: string, userId: string, roleIds: readonly string[]): void {
      const guild = guildIn(world, guildId);
      changeMember(world, guild, memberIn(guild, userId), { roleIds }, { userId: guild.ownerId });
    },
    setNick(guildId: string, userId: string, nick: string | null): void {
      const guild = guildIn(world, guildId);
      changeMember(world, guild, memberIn(guild, userId), { nick }, { userId });
    },
    setPermissions(guildId: string, roleId: string, permissions: bigint): void {
      const guild = guildIn(world, guildId);
      const role = guild.roles.get(roleId);
      if (role === undefined) throw refused(`there is no role ${roleId}`);
      changeRole(world, guild, role, { permissions }, { userId: guild.ownerId });
    },
    setOverwrite: (channelId: string, overwrite: { id: string; allow?: bigint; deny?: bigint }) =>
      setOverwrite(world, channelId, overwrite),
    setAvatar(userId: string, hash: string, bytes: Buffer): void {
      const user = world.users.get(userId);
      if (user === undefined) throw refused(`there is no user ${userId}`);
      user.avatar = hash;
      world.files.set(hash, { name: `${hash}.png`, contentType: "image/png", bytes });
    },
    /** What somebody gives with a command: its id is the option's value. */
    upload: (name: string, contentType: string, text: string): string =>
      storeFile(world, { name, contentType, bytes: Buffer.from(text) }),
    setDirectMessages(userId: string, open: boolean): void {
      const user = world.users.get(userId);
      if (user === undefined) throw refused(`there is no user ${userId}`);
      user.dmClosed = !open;
    },
  };
}

function ownerOf(world: World, guildId: string) {
  return { userId: guildIn(world, guildId).ownerId };
}

function say(
  world: World,
  guildId: string,
  channelId: string,
  userId: string,
  text: string,
  options: SayOptions,
): string {
  const guild = guildIn(world, guildId);
  const member = memberIn(guild, userId);
  const channel = channelIn(world, channelId);
  if (!isText(channel.type)) throw refused(`${channel.name} is no place to write`);
  mayIn(world, channel, userId, isThread(channel.type) ? Bit.SendMessagesInThreads : Bit.SendMessages);
  const place = { guild, channel, member };
  const hits = hitsOf(world, place, text);
  if (isBlocked(hits)) {
    carryOut(world, place, text, hits);
    throw refused("AutoMod keeps that out");
  }
  unarchive(world, channel);
  const files = (options.attachments ?? []).map((one, index) => ({
    contentType: "application/octet-stream",
    ...one,
    index: String(index),
  }));
  const { id } = postMessage(world, channel, {
    authorId: userId,
    content: text,
    attachments: storeFiles(world, channelId, files),
    ...(options.ageMs === undefined
      ? {}
      : { id: world.ids.before(options.ageMs), at: world.clock.now() - options.ageMs }),
    replyTo: options.replyTo === undefined ? undefined : { messageId: options.replyTo, channelId },
  });
  carryOut(world, place, text, hits, id);
  return id;
}

function deleteMessage(world: World, channelId: string, messageId: string, byUserId: string | undefined): void {
  const channel = channelIn(world, channelId);
  const message = messageIn(channel, messageId);
  const isOther = byUserId !== undefined && byUserId !== message.authorId;
  if (isOther) mayIn(world, channel, byUserId, Bit.ManageMessages);
  removeMessage(world, channel, messageId);
  if (!isOther || channel.guildId === undefined) return;
  audit(
    world,
    guildIn(world, channel.guildId),
    AuditLogEvent.MessageDelete,
    { userId: byUserId },
    {
      targetId: message.authorId,
      options: { channel_id: channelId, count: "1" } as never,
    },
  );
}

function join(world: World, guildId: string, draft: UserDraft, code?: string): string {
  const guild = guildIn(world, guildId);
  const user = world.users.get(draft.id ?? "") ?? createUser(world, draft);
  if (guild.bans.has(user.id)) throw refused(`${userById(world, user.id).username} is banned from ${guild.name}`);
  if (guild.members.has(user.id)) throw refused(`${user.username} is a member already`);
  if (code !== undefined) useInvite(world, guildId, code);
  addMember(world, guild, user);
  return user.id;
}

/** The last use takes it away, of which Discord tells before it tells of who came. */
function useInvite(world: World, guildId: string, code: string): void {
  const invite = world.invites.get(code);
  if (invite?.guildId !== guildId) throw refused(`there is no invite ${code}`);
  invite.uses += 1;
  if (invite.uses === invite.maxUses) dropInvite(world, invite, { userId: invite.inviterId });
}

function setOverwrite(world: World, channelId: string, overwrite: { id: string; allow?: bigint; deny?: bigint }): void {
  const channel = channelIn(world, channelId);
  const guild = guildIn(world, channel.guildId ?? "");
  const type = guild.roles.has(overwrite.id) ? OverwriteType.Role : OverwriteType.Member;
  const { id, allow = 0n, deny = 0n } = overwrite;
  putOverwrite(
    world,
    guild,
    channel,
    { id, type, allow: allow.toString(), deny: deny.toString() },
    { userId: guild.ownerId },
  );
}
