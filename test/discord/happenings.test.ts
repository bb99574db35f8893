import { afterEach, expect, it, vi } from "vitest";
import { type EventKind, type EventOf, followEvent, type GuildEvent } from "#core";
import { connectDiscord, type DiscordConnection } from "../../src/adapters/discord/index.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { noMetrics, silentLog, startRoad, type TestRoad } from "../kit/road.ts";
import { plainSeal } from "./context.ts";

/** What comes by no request of ours: told by the gateway, journaled once, also where a RESUME tells it all again. */
let simulator: Simulator;
let road: TestRoad;
const connections: DiscordConnection[] = [];

afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
  await road.stop();
  await simulator.close();
});

async function connect(): Promise<DiscordConnection> {
  const connection = await connectDiscord({
    ...{ token: simulator.token, apiUrl: simulator.apiUrl, log: silentLog, metrics: noMetrics, seal: plainSeal },
    ...{ road: road.road, clock: { now: () => Date.now() }, agents: [], killSwitch: { pass: () => undefined } },
    checkpoint: (shardId) => Promise.resolve(early ?? road.store.checkpoint(shardId)),
    fatal: () => undefined,
  });
  connections.push(connection);
  await vi.waitUntil(() => connection.status().ready, { timeout: 8_000, interval: 5 });
  return connection;
}
let early: Awaited<ReturnType<TestRoad["store"]["checkpoint"]>>;

function furnished(control: Control) {
  const channels = [{ name: "general" }, { name: "Voice", type: 2 }, { name: "Stage", type: 2 }];
  const guild = control.createGuild({
    name: "Owlery",
    channels,
    members: [{ name: "ada" }, { name: "bo" }, { name: "cy" }],
  });
  const [text = "", voice = "", stage = ""] = control.channels(guild.id).map(({ id }) => id);
  const named = (name: string) => control.members(guild.id).find(({ user }) => user.username === name)!.user.id;
  return { guildId: guild.id, owner: guild.ownerId, text, voice, stage, bo: named("bo"), cy: named("cy") };
}

/** Everything there is of these kinds, as the journal keeps it, without what the frame gave it. */
async function journaled(guildId: string, kinds: readonly EventKind[]): Promise<readonly GuildEvent[]> {
  const found: GuildEvent[] = [];
  for await (const { event } of road.store.guild(guildId).journal({ from: 0, to: Number.MAX_SAFE_INTEGER }))
    if (kinds.includes(event.kind)) found.push(event);
  return found;
}

const KINDS: readonly EventKind[] = [
  ...([
    "voice.changed",
    "voice.left",
    "invite.created",
    "invite.deleted",
    "automod.acted",
    "incident.noticed",
  ] as const),
  ...(["scheduled-event.created", "scheduled-event.joined", "scheduled-event.left", "member.updated"] as const),
];

it("voice, invites, events and who wants to come, AutoMod and raid notices are journaled once each", async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  road = await startRoad({ agents: [] });
  early = undefined;
  const { control } = simulator;
  const { guildId, owner, text, voice, stage, bo, cy } = furnished(control);
  const first = await connect();
  await road.commitOf(({ event }) => event.kind === "guild.available" && event.guildId === guildId);
  early = await road.store.checkpoint(0);

  for (const place of [voice, stage, null]) control.connectToVoice(guildId, bo, place);
  control.connectToVoice(guildId, cy, voice);
  const code = control.createInvite(guildId, text);
  control.deleteInvite(code);
  const night = {
    name: "Owl watch",
    startsAt: Date.now() + 60_000,
    endsAt: Date.now() + 120_000,
    location: "The tower",
  };
  const eventId = control.planEvent(guildId, owner, night);
  control.wantEvent(guildId, eventId, bo, true);
  control.wantEvent(guildId, eventId, bo, false);
  const actions = [
    { type: 1 as const },
    { type: 2 as const, metadata: { channel_id: text } },
    { type: 3 as const, metadata: { duration_seconds: 60 } },
  ];
  const ruleId = control.keepAutomodRule(guildId, {
    ...{ name: "No mice", trigger_type: 1, trigger_metadata: { keyword_filter: ["mous*"] } },
    actions: actions as Parameters<Control["keepAutomodRule"]>[1]["actions"],
  });
  expect(() => control.say(guildId, text, bo, "Mousetraps for sale")).toThrow(/AutoMod/);
  control.say(guildId, text, owner, "mouse, says who may");
  control.noticeIncident(text, owner, "alert-mode-on");
  control.noticeIncident(text, owner, "false-alarm");
  control.detectRaid(guildId);
  control.leave(guildId, cy);
  const left = await road.commitOf(({ event }) => event.kind === "member.left" && event.guildId === guildId);

  const events = await journaled(guildId, KINDS);
  expect(events.map(({ id: _id, guildId: _guildId, at: _at, ...told }) => told)).toMatchObject([
    { kind: "voice.changed", state: { userId: bo, channelId: voice } },
    { kind: "voice.changed", state: { userId: bo, channelId: stage } },
    { kind: "voice.left", userId: bo },
    { kind: "voice.changed", state: { userId: cy, channelId: voice } },
    { kind: "invite.created", code, channelId: text, byUserId: owner, maxUses: 0 },
    { kind: "invite.deleted", code },
    { kind: "scheduled-event.created", scheduledEvent: { id: eventId, name: "Owl watch", location: "The tower" } },
    { kind: "scheduled-event.joined", scheduledEventId: eventId, userId: bo },
    { kind: "scheduled-event.left", scheduledEventId: eventId, userId: bo },
    { kind: "automod.acted", ruleId, action: "block-message", userId: bo, keyword: "mous*", matched: "Mous" },
    { kind: "automod.acted", ruleId, action: "send-alert" },
    { kind: "member.updated", member: { userId: bo }, timeoutUntil: expect.any(Number) as unknown },
    { kind: "automod.acted", ruleId, action: "timeout" },
    { kind: "incident.noticed", notice: "alert-mode-on", by: { userId: owner } },
    { kind: "incident.noticed", notice: "false-alarm" },
    { kind: "voice.left", userId: cy },
  ]);
  expect(events.find((one): one is EventOf<"automod.acted"> => one.kind === "automod.acted")).not.toHaveProperty(
    "messageId",
  );
  const all = await journaled(guildId, ["guild.available", "directory.changed"]);
  expect(all.reduce(followEvent, undefined)?.incidents?.raidDetectedAt).toBeGreaterThan(0);

  await first.close();
  await connect();
  await road.known(left.event.id);
  expect(simulator.control.counters()).toMatchObject({ resumed: 1, identified: 1 });
  expect(await journaled(guildId, KINDS)).toEqual(events);
});
