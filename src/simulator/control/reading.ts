import {
  ChannelType,
  type APIApplicationCommand,
  type APIAuditLogEntry,
  type APIChannel,
  type APIGuildMember,
  type APIMessage,
  type APIRole,
} from "discord-api-types/v10";
import type { Hub } from "../gateway/hub.ts";
import type { RequestRecord, Rest } from "../rest/server.ts";
import { messagePayload } from "../world/message-payload.ts";
import { channelPayload, memberPayload } from "../world/payloads.ts";
import type { BanState } from "../world/states.ts";
import type { World } from "../world/world.ts";
import { channelIn, guildIn } from "./refused.ts";

/** Reads the world as it is, without asking anybody's permission. Lists are oldest first. */
export function readingControl(world: World, hub: Hub, rest: Rest) {
  const messages = (channelId: string): readonly APIMessage[] =>
    [...channelIn(world, channelId).messages.values()].map((one) => messagePayload(world, one));
  return {
    botId: world.botId,
    applicationId: world.applicationId,
    guilds: () =>
      [...world.guilds.values()].map(({ id, name, ownerId, members }) => ({
        id,
        name,
        ownerId,
        memberCount: members.size,
      })),
    channels: (guildId: string): readonly APIChannel[] =>
      [...guildIn(world, guildId).channels.values()].map((one) => channelPayload(world, one)),
    roles: (guildId: string): readonly APIRole[] => [...guildIn(world, guildId).roles.values()],
    members: (guildId: string): readonly APIGuildMember[] =>
      [...guildIn(world, guildId).members.values()].map((one) => memberPayload(world, one)),
    member(guildId: string, userId: string): APIGuildMember | undefined {
      const member = guildIn(world, guildId).members.get(userId);
      return member === undefined ? undefined : memberPayload(world, member);
    },
    messages,
    /** What the bot and somebody wrote to each other. */
    dms(userId: string): readonly APIMessage[] {
      const channel = [...world.channels.values()].find(
        (one) => one.type === ChannelType.DM && one.recipientIds.includes(userId),
      );
      return channel === undefined ? [] : messages(channel.id);
    },
    /** How many direct channels the bot has with somebody: never more than one. */
    directChannels: (userId: string): number =>
      [...world.channels.values()].filter((one) => one.type === ChannelType.DM && one.recipientIds.includes(userId))
        .length,
    /** Who reacted with what. */
    reactions(channelId: string, messageId: string): Readonly<Record<string, readonly string[]>> {
      const message = channelIn(world, channelId).messages.get(messageId);
      return Object.fromEntries([...(message?.reactions ?? [])].map(([emoji, one]) => [emoji, [...one.userIds]]));
    },
    voice: (guildId: string, userId: string) => guildIn(world, guildId).members.get(userId)?.voice,
    threadMembers: (channelId: string): readonly string[] => [
      ...(channelIn(world, channelId).thread?.members.keys() ?? []),
    ],
    pinned: (channelId: string): readonly string[] =>
      [...channelIn(world, channelId).messages.values()].filter((one) => one.pinnedAt !== null).map((one) => one.id),
    verificationLevel: (guildId: string) => guildIn(world, guildId).verificationLevel,
    incidents: (guildId: string) => guildIn(world, guildId).incidents,
    scheduledEvents: (guildId: string) => [...guildIn(world, guildId).scheduledEvents.values()],
    automodRules: (guildId: string) => [...guildIn(world, guildId).autoModeration.values()],
    webhooks: (guildId: string) => [...world.webhooks.values()].filter((one) => one.guildId === guildId),
    invites: (guildId: string) => [...world.invites.values()].filter((one) => one.guildId === guildId),
    auditLog: (guildId: string): readonly APIAuditLogEntry[] => guildIn(world, guildId).audit,
    bans: (guildId: string): readonly BanState[] => [...guildIn(world, guildId).bans.values()],
    commands: (guildId?: string): readonly APIApplicationCommand[] => [
      ...(guildId === undefined ? world.commands : guildIn(world, guildId).commands).values(),
    ],
    requests: (): readonly RequestRecord[] => rest.requests,
    /** What was asked for and is not known here, by method and path. */
    unknownRoutes: (): Readonly<Record<string, number>> => Object.fromEntries(rest.unknownRoutes),
    /** Mistakes of the simulator's own while answering: a test that finds one has found a bug here. */
    failures: (): readonly unknown[] => rest.failures,
    counters: () => ({ ...hub.counts, sessions: hub.sessions.size, connections: hub.connections.size }),
    sessions: () =>
      [...hub.sessions.values()].map(({ id, shard, sequence, intents, connection }) => ({
        id,
        shard,
        sequence,
        intents,
        connected: connection !== undefined,
      })),
  };
}
