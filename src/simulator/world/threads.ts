import type { ChannelType } from "discord-api-types/v10";
import { AuditLogEvent, GatewayDispatchEvents } from "discord-api-types/v10";
import { ACTIVE_THREADS } from "../limits.ts";
import { audit, differences, type Actor } from "./audit.ts";
import { keepChannel, newChannel } from "./channels.ts";
import { channelPayload, guildOf, threadMemberPayload } from "./payloads.ts";
import { isThread } from "./permissions.ts";
import { refuse } from "./refusal.ts";
import type { ChannelState, GuildState, ThreadFacts } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface ThreadDraft {
  /** A thread from a message, and a forum post, share the id of their first message. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly type: ChannelType.PublicThread | ChannelType.PrivateThread | ChannelType.AnnouncementThread;
  readonly ownerId: string;
  readonly archiveMinutes?: number | undefined;
  readonly invitable?: boolean | undefined;
  readonly slowmode?: number | undefined;
  readonly appliedTags?: readonly string[] | undefined;
}

export function openThread(
  world: World,
  guild: GuildState,
  parent: ChannelState,
  draft: ThreadDraft,
  actor: Actor,
): ChannelState {
  const active = [...guild.channels.values()].filter((one) => isThread(one.type) && one.thread?.archived === false);
  if (active.length >= ACTIVE_THREADS) throw refuse(160006);
  const now = world.clock.now();
  const thread: ThreadFacts = {
    ownerId: draft.ownerId,
    createdAt: now,
    archived: false,
    archivedAt: now,
    locked: false,
    invitable: draft.invitable ?? true,
    archiveMinutes: draft.archiveMinutes ?? 1_440,
    appliedTags: [...(draft.appliedTags ?? [])],
    members: new Map([[draft.ownerId, now]]),
  };
  const channel = newChannel(
    { id: draft.id ?? world.ids.next(), guildId: guild.id, thread },
    { name: draft.name, type: draft.type, parentId: parent.id, slowmode: draft.slowmode },
  );
  keepChannel(world, guild, channel);
  tell(world, { kind: "channel", guildId: guild.id, id: channel.id, name: channel.name });
  dispatch(world, GatewayDispatchEvents.ThreadCreate, guild.id, {
    ...channelPayload(world, channel),
    newly_created: true,
  } as never);
  audit(world, guild, AuditLogEvent.ThreadCreate, actor, {
    targetId: channel.id,
    changes: differences({}, { name: channel.name, type: channel.type }),
  });
  return channel;
}

export interface ThreadChange {
  readonly name?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly locked?: boolean | undefined;
  readonly invitable?: boolean | undefined;
  readonly archiveMinutes?: number | undefined;
  readonly slowmode?: number | undefined;
  readonly appliedTags?: readonly string[] | undefined;
}

export function changeThread(
  world: World,
  guild: GuildState,
  thread: ChannelState,
  change: ThreadChange,
  actor: Actor,
): void {
  const facts = thread.thread as ThreadFacts;
  const before = summary(thread);
  if (change.archived !== undefined && change.archived !== facts.archived) {
    facts.archived = change.archived;
    facts.archivedAt = world.clock.now();
  }
  thread.name = change.name ?? thread.name;
  thread.slowmode = change.slowmode ?? thread.slowmode;
  facts.locked = change.locked ?? facts.locked;
  facts.invitable = change.invitable ?? facts.invitable;
  facts.archiveMinutes = change.archiveMinutes ?? facts.archiveMinutes;
  facts.appliedTags = [...(change.appliedTags ?? facts.appliedTags)];
  const changes = differences(before, summary(thread));
  if (changes.length === 0) return;
  announceThread(world, guild, thread);
  audit(world, guild, AuditLogEvent.ThreadUpdate, actor, { targetId: thread.id, changes });
}

function summary(thread: ChannelState) {
  const facts = thread.thread as ThreadFacts;
  return {
    name: thread.name,
    archived: facts.archived,
    locked: facts.locked,
    invitable: facts.invitable,
    auto_archive_duration: facts.archiveMinutes,
    rate_limit_per_user: thread.slowmode,
    applied_tags: facts.appliedTags,
  };
}

function announceThread(world: World, guild: GuildState, thread: ChannelState): void {
  tell(world, { kind: "channel", guildId: guild.id, id: thread.id, name: thread.name });
  dispatch(world, GatewayDispatchEvents.ThreadUpdate, guild.id, channelPayload(world, thread) as never);
}

/** Somebody writes into an archived thread: it opens again by itself. */
export function unarchive(world: World, thread: ChannelState): void {
  const guild = guildOf(world, thread);
  if (guild === undefined || thread.thread === undefined || !thread.thread.archived) return;
  thread.thread.archived = false;
  thread.thread.archivedAt = world.clock.now();
  announceThread(world, guild, thread);
}

export function addThreadMember(world: World, thread: ChannelState, userId: string): void {
  if (thread.thread === undefined || thread.thread.members.has(userId)) return;
  thread.thread.members.set(userId, world.clock.now());
  announceThreadMembers(world, thread, { added_members: [threadMemberPayload(thread, userId)] });
}

export function removeThreadMember(world: World, thread: ChannelState, userId: string): void {
  if (thread.thread?.members.delete(userId) === true)
    announceThreadMembers(world, thread, { removed_member_ids: [userId] });
}

function announceThreadMembers(world: World, thread: ChannelState, change: object): void {
  dispatch(world, GatewayDispatchEvents.ThreadMembersUpdate, thread.guildId, {
    id: thread.id,
    guild_id: thread.guildId ?? "",
    member_count: Math.min(50, thread.thread?.members.size ?? 0),
    ...change,
  } as never);
}
