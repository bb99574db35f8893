import {
  ChannelType,
  type APIChannel,
  type APIGuildMember,
  type APIReaction,
  type APIThreadMember,
  type APIUser,
  type GuildMemberFlags,
  type ThreadMemberFlags,
  type UserFlags,
} from "discord-api-types/v10";
import { isThread } from "./permissions.ts";
import type { ChannelState, GuildState, MemberState, MessageState, UserState } from "./states.ts";
import { iso, isoOrNull } from "./times.ts";
import type { World } from "./world.ts";

export function userPayload(user: UserState): APIUser {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? "0001" : "0",
    global_name: user.globalName,
    avatar: user.avatar,
    ...(user.bot ? { bot: true } : {}),
    public_flags: 0 as UserFlags,
  };
}

/** Somebody who is gone for good still has a name on what they wrote. */
export function userById(world: World, userId: string): UserState {
  return (
    world.users.get(userId) ?? {
      id: userId,
      username: "deleted-user",
      globalName: null,
      avatar: null,
      bot: false,
      dmClosed: true,
    }
  );
}

/** A member as messages carry them: without the user, which stands beside. */
export function memberWithoutUser(member: MemberState): Omit<APIGuildMember, "user"> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roleIds,
    joined_at: iso(member.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0 as GuildMemberFlags,
    pending: false,
    communication_disabled_until: isoOrNull(member.timeoutUntil),
  };
}

export function memberPayload(world: World, member: MemberState): APIGuildMember {
  return { user: userPayload(userById(world, member.userId)), ...memberWithoutUser(member) };
}

export function channelPayload(world: World, channel: ChannelState): APIChannel {
  if (channel.type === ChannelType.DM) return directPayload(world, channel);
  if (isThread(channel.type)) return threadPayload(channel);
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    parent_id: channel.parentId,
    permission_overwrites: [...channel.overwrites.values()],
    nsfw: channel.nsfw,
    flags: 0,
  };
  if (channel.type === ChannelType.GuildCategory) return common as unknown as APIChannel;
  return {
    ...common,
    topic: channel.topic,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: channel.slowmode,
    ...(channel.type === ChannelType.GuildVoice
      ? { bitrate: channel.bitrate, user_limit: channel.userLimit, rtc_region: null }
      : {}),
    ...(channel.type === ChannelType.GuildForum
      ? {
          available_tags: channel.tags,
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  } as unknown as APIChannel;
}

function directPayload(world: World, channel: ChannelState): APIChannel {
  const recipients = channel.recipientIds
    .filter((id) => id !== world.botId)
    .map((id) => userPayload(userById(world, id)));
  return {
    id: channel.id,
    type: ChannelType.DM,
    name: null,
    last_message_id: channel.lastMessageId,
    flags: 0,
    recipients,
  } as unknown as APIChannel;
}

function threadPayload(channel: ChannelState): APIChannel {
  const facts = channel.thread;
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    owner_id: facts?.ownerId,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: channel.slowmode,
    message_count: channel.messages.size,
    total_message_sent: channel.messages.size,
    member_count: Math.min(50, facts?.members.size ?? 0),
    flags: 0,
    ...(facts === undefined || facts.appliedTags.length === 0 ? {} : { applied_tags: facts.appliedTags }),
    thread_metadata: {
      archived: facts?.archived ?? false,
      auto_archive_duration: facts?.archiveMinutes ?? 1_440,
      archive_timestamp: iso(facts?.archivedAt ?? 0),
      locked: facts?.locked ?? false,
      create_timestamp: iso(facts?.createdAt ?? 0),
      ...(channel.type === ChannelType.PrivateThread ? { invitable: facts?.invitable ?? true } : {}),
    },
  } as unknown as APIChannel;
}

export function threadMemberPayload(thread: ChannelState, userId: string): APIThreadMember {
  return {
    id: thread.id,
    user_id: userId,
    join_timestamp: iso(thread.thread?.members.get(userId) ?? 0),
    flags: 0 as ThreadMemberFlags,
  };
}

export function reactionsPayload(world: World, message: MessageState): APIReaction[] {
  return [...message.reactions.values()].map((reaction) => ({
    count: reaction.userIds.size,
    count_details: { burst: 0, normal: reaction.userIds.size },
    me: reaction.userIds.has(world.botId),
    me_burst: false,
    emoji: reaction.emoji,
    burst_colors: [],
  }));
}

export function guildOf(world: World, channel: ChannelState): GuildState | undefined {
  return channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
}
