import { DiscordAPIError } from "@discordjs/rest";
import { ChannelType, OverwriteType, type APIOverwrite } from "discord-api-types/v10";
import type { ActionExecutor, Directory, Member } from "#core";
import { createEchoes } from "../../src/adapters/discord/echoes.ts";
import { createExecutor } from "../../src/adapters/discord/hands/index.ts";
import { createInteractions } from "../../src/adapters/discord/interactions/acknowledging.ts";
import { directoryFrom } from "../../src/adapters/discord/normalise/guild.ts";
import type { Call, Caller } from "../../src/adapters/discord/rest.ts";
import { keepInvite } from "../../src/simulator/world/invites.ts";
import { callOf, type Route } from "../../src/simulator/rest/route.ts";
import { allRoutes } from "../../src/simulator/rest/routes.ts";
import { createWorld } from "../../src/simulator/world/create.ts";
import { createGuild, guildCreatePayload } from "../../src/simulator/world/guilds.ts";
import { postMessage } from "../../src/simulator/world/messages.ts";
import { channelPayload, threadMemberPayload } from "../../src/simulator/world/payloads.ts";
import { isThread } from "../../src/simulator/world/permissions.ts";
import { Refusal } from "../../src/simulator/world/refusal.ts";
import type { ChannelState, GuildState } from "../../src/simulator/world/states.ts";
import { openThread } from "../../src/simulator/world/threads.ts";
import type { World } from "../../src/simulator/world/world.ts";
import { plainSeal } from "../discord/context.ts";
import { silent } from "../discord/process.ts";

/** What is drawn at random: everything a refusal can depend on. */
export interface Draw {
  readonly everyone: bigint;
  readonly bot: bigint;
  readonly target: bigint;
  /** Overwrites of text, voice, forum and announcement channel: for @everyone, the bot's role, the bot itself. */
  readonly overwrites: readonly (readonly { readonly allow: bigint; readonly deny: bigint }[])[];
  readonly botAboveTarget: boolean;
  readonly botOwns: boolean;
  readonly targetOwns: boolean;
  readonly botTimedOut: boolean;
  readonly roleAbove: boolean;
  readonly roleManaged: boolean;
  readonly own: boolean;
  readonly threadPrivate: boolean;
  readonly threadOwn: boolean;
  readonly threadJoined: boolean;
  readonly threadLocked: boolean;
}

export interface Scene {
  readonly world: World;
  readonly guild: GuildState;
  readonly directory: Directory;
  readonly executor: ActionExecutor;
  readonly target: Member;
  readonly author: Member;
  readonly roleId: string;
  readonly text: string;
  readonly voice: string;
  readonly forum: string;
  readonly news: string;
  readonly thread: string;
  readonly messageId: string;
  readonly otherMessageId: string;
  readonly threadMessageId: string;
  /** The bot's own, in the announcement channel. */
  readonly newsId: string;
  readonly inviteCode: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly ruleId: string;
}

export const NOW = 1_790_000_000_000;
const clock = { now: () => NOW };
const facts = {
  url: () => "",
  identifiesLeft: () => 1,
  shards: () => 1,
  allowed: () => ({ content: true, members: true, presences: true }),
};
const routes = allRoutes(facts);

export function sceneOf(draw: Draw): Scene {
  const world = createWorld({ clock, seed: 1 });
  const guild = createGuild(world, {
    name: "Owlery",
    everyone: draw.everyone,
    roles: [
      ...(draw.roleAbove ? [] : [{ name: "reader" }]),
      { name: "target", permissions: draw.target },
      ...(draw.roleAbove ? [{ name: "reader" }] : []),
    ],
    botRole: { permissions: draw.bot, above: draw.botAboveTarget ? "target" : "reader" },
    channels: [
      { name: "text" },
      { name: "voice", type: ChannelType.GuildVoice },
      { name: "forum", type: ChannelType.GuildForum },
      { name: "news", type: ChannelType.GuildAnnouncement },
    ],
    members: [{ name: "ada" }, { name: "bo", roles: ["target"] }],
  });
  const [text, voice, forum, news] = [...guild.channels.values()] as [
    ChannelState,
    ChannelState,
    ChannelState,
    ChannelState,
  ];
  const bo = [...guild.members.values()].find(({ userId }) => world.users.get(userId)?.username === "bo")!;
  const role = [...guild.roles.values()].find(({ name }) => name === "reader")!;
  role.managed = draw.roleManaged;
  bo.voice = { ...bo.voice, channelId: voice.id };
  const say = (channel: ChannelState, authorId: string) =>
    postMessage(world, channel, {
      authorId,
      content: "look",
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
    } as never).id;
  const thread = openThread(
    ...([world, guild, text] as const),
    {
      name: "thread",
      ownerId: draw.threadOwn ? world.botId : bo.userId,
      type: draw.threadPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
    },
    { userId: bo.userId },
  );
  if (draw.threadJoined) thread.thread!.members.set(world.botId, NOW);
  const messageId = say(text, bo.userId);
  const ownMessageId = say(text, world.botId);
  const threadMessageId = say(thread, world.botId);
  const newsId = say(news, world.botId);
  thread.thread!.locked = draw.threadLocked;
  const { code } = keepInvite(
    world,
    {
      guildId: guild.id,
      channelId: text.id,
      inviterId: bo.userId,
      maxAge: 0,
      maxUses: 0,
    },
    { userId: bo.userId },
  );
  const creator = draw.own ? world.botId : bo.userId;
  const [webhookId, eventId, ruleId] = [world.ids.next(), world.ids.next(), world.ids.next()];
  world.webhooks.set(webhookId, { id: webhookId, token: "t", guildId: guild.id, channelId: text.id, name: "post" });
  guild.scheduledEvents.set(eventId, { id: eventId, creator_id: creator, status: 1 } as never);
  guild.autoModeration.set(ruleId, { id: ruleId, trigger_type: 3, actions: [] } as never);
  permit(draw, world, guild, [text, voice, forum, news], bo.userId);
  const member = (userId: string, roleIds: readonly string[]): Member => ({ userId, name: userId, roleIds });
  const target = member(bo.userId, bo.roleIds);
  return {
    ...{ world, guild, directory: directoryOf(world, guild), executor: handsIn(world), target },
    author: draw.own ? member(world.botId, guild.members.get(world.botId)!.roleIds) : target,
    ...{ roleId: role.id, text: text.id, voice: voice.id, forum: forum.id, news: news.id, thread: thread.id },
    ...{
      messageId: draw.own ? ownMessageId : messageId,
      otherMessageId: messageId,
      threadMessageId,
      newsId,
      inviteCode: code,
      webhookId,
      eventId,
      ruleId,
    },
  };
}

/** Last of all, so that the scene itself could be set. */
function permit(draw: Draw, world: World, guild: GuildState, channels: readonly ChannelState[], target: string): void {
  const bot = guild.members.get(world.botId)!;
  channels.forEach((channel, index) => {
    const [everyone, role, own] = draw.overwrites[index]!;
    put(channel, guild.id, OverwriteType.Role, everyone!);
    put(channel, bot.roleIds[0]!, OverwriteType.Role, role!);
    put(channel, world.botId, OverwriteType.Member, own!);
  });
  if (draw.botTimedOut) bot.timeoutUntil = NOW + 60_000;
  if (draw.targetOwns) guild.ownerId = target;
  if (draw.botOwns) guild.ownerId = world.botId;
}

function put(channel: ChannelState, id: string, type: OverwriteType, bits: { allow: bigint; deny: bigint }): void {
  const overwrite: APIOverwrite = {
    id,
    type,
    allow: bits.allow.toString(),
    deny: (bits.deny & ~bits.allow).toString(),
  };
  channel.overwrites.set(id, overwrite);
}

/** As it was kept by events: a thread that was once seen stays known, even where the bot may not see it any more. */
function directoryOf(world: World, guild: GuildState): Directory {
  const threads = [...guild.channels.values()]
    .filter(({ type }) => isThread(type))
    .map((one) => ({
      ...channelPayload(world, one),
      ...(one.thread?.members.has(world.botId) === true && { member: threadMemberPayload(one, world.botId) }),
    }));
  return directoryFrom({ ...guildCreatePayload(world, guild, false), threads } as never, world.botId);
}

/** Discord's hands with the simulator's own refusals, and no wire between them. */
function handsIn(world: World): ActionExecutor {
  const call = callerOf(world, routes);
  return createExecutor({
    ...{
      call,
      clock,
      log: silent,
      seal: plainSeal,
      echoes: createEchoes(clock),
      killSwitch: { pass: () => undefined },
    },
    interactions: createInteractions({
      call,
      log: silent,
      metrics: { count: () => undefined, observe: () => undefined },
    }),
    ...{ botUserId: world.botId, applicationId: world.applicationId, tokenRefused: () => undefined },
  });
}

function callerOf(world: World, all: readonly Route[]): Caller {
  return <T>(wanted: Call) => {
    try {
      return Promise.resolve(answer(world, all, wanted) as T);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { discordCode: code, status, message } = error;
      const body = { files: undefined, body: undefined };
      throw new DiscordAPIError({ code, message }, code, status, wanted.method, wanted.route, body);
    }
  };
}

function answer(world: World, all: readonly Route[], { method, route, body, query, reason }: Call): unknown {
  for (const one of all) {
    const match = one.method === method ? one.pattern.exec(route) : null;
    if (match === null) continue;
    const actor = { userId: world.botId, reason };
    const sent: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
    const call = { world, query: new URLSearchParams(query), body: sent, files: [], actor };
    return one.handler(callOf({ ...match.groups }, call)).body;
  }
  throw new Error(`no route for ${method} ${route}`);
}
