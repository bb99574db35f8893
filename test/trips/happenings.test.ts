import { defineAgent, type EventKind, type EventOf, type GuildEvent, propose, type Verb, voiceBefore } from "#core";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { GUILD, member, message } from "../kit/guild.ts";
import { startRoad, type TestRoad, type TestRoadOptions } from "../kit/road.ts";

/** Notes what it hears, and how long somebody was in voice; bans whoever asks for it. */
function listener(heard: string[]) {
  const listens: EventKind[] = ["message.created", "message.edited", "automod.acted", "voice.changed", "voice.left"];
  return defineAgent({
    name: "listener",
    description: "Hears",
    listens,
    config: z.unknown(),
    decide(event, look) {
      heard.push(event.id);
      if (event.kind === "voice.changed" || event.kind === "voice.left") {
        const userId = event.kind === "voice.left" ? event.userId : event.state.userId;
        const before = voiceBefore(look, userId);
        heard.push(before === undefined ? "nowhere" : `${before.channelId} for ${event.at - before.since}`);
      }
      if (event.kind !== "message.created" || event.text !== "ban me") return [];
      const ban = { verb: "member.ban", member: event.author, deleteSeconds: 0 } as const;
      return [propose(ban, { rule: "asked-for", why: "asked for it", confidence: 1 })];
    },
  });
}

const START = 1_800_000_000_000;
let road: TestRoad;
let heard: string[];
let clock: ReturnType<typeof manualClock>;

async function open(options: Partial<TestRoadOptions> = {}): Promise<void> {
  heard = [];
  clock = manualClock(START);
  const policy = { approval: { verbs: [], expireAfterSeconds: 60 }, otherBots: ["71"], ...options.policy };
  road = await startRoad({ agents: [listener(heard)], clock, ...options, policy });
}
afterEach(() => road.stop());

const committed = (event: GuildEvent) => road.commitOf((entry) => entry.event.id === event.id);
async function bring(...events: readonly GuildEvent[]): Promise<void> {
  road.bring(...events);
  await committed(events.at(-1)!);
}
const base = (id: string, at = START) => ({ id, guildId: GUILD, at });
const cases = () => road.store.guild(GUILD).cases({ limit: 9 });

describe("whom agents hear", () => {
  test("members, and bots and webhooks the guild lists; the others are in the journal", async () => {
    await open();
    const by = (userId: string, bot: boolean) => message("hi", { author: { ...member(userId), ...(bot && { bot }) } });
    const events = [by("50", false), by("70", true), by("71", true)];
    await bring(...events);
    expect(heard).toEqual([events[0]!.id, events[2]!.id]);
    for (const { id } of events) expect(await road.store.guild(GUILD).event(id)).toBeDefined();
  });

  test("one rule of AutoMod about one text is one event, whatever it does about it", async () => {
    await open();
    const acted = (id: string, at: number, changes: Partial<EventOf<"automod.acted">> = {}) => ({
      ...base(id, at),
      ...({ kind: "automod.acted", ruleId: "8", trigger: 1, action: "block-message" } as const),
      ...{ userId: "50", text: "bad", ...changes },
    });
    await bring(
      acted("a1", START),
      acted("a2", START + 20, { action: "send-alert" }),
      acted("a3", START + 30, { ruleId: "9" }),
      acted("a4", START + 14_000, { action: "timeout" }),
      acted("a5", START + 40_000),
    );
    expect(heard).toEqual(["a1", "a3", "a5"]);
  });
});

test("voice: who came, went and moved, and after how long, also where a part was not seen", async () => {
  await open();
  const at = (id: string, time: number, channelId: string | undefined): GuildEvent =>
    channelId === undefined
      ? { ...base(id, START + time), kind: "voice.left", userId: "50" }
      : { ...base(id, START + time), kind: "voice.changed", state: { userId: "50", channelId } };
  const { event } = await road.commitOf((entry) => entry.event.kind === "guild.available");
  const again = (id: string, time: number, channelIds: readonly string[]) => ({
    ...{ ...(event as EventOf<"guild.available">), ...base(id, START + time) },
    voice: channelIds.map((channelId) => ({ userId: "50", channelId })),
  });
  await bring(at("v1", 0, "30"), at("v2", 5_000, "30"), at("v3", 9_000, "31"), again("g1", 10_000, ["31"]));
  await bring(at("v4", 19_000, undefined), at("v5", 20_000, "30"), again("g2", 30_000, []), at("v6", 40_000, "30"));
  expect(heard.filter((line) => !/^v\d$/.test(line))).toEqual([
    ...["nowhere", "30 for 5000", "30 for 9000", "31 for 10000", "nowhere", "nowhere"],
  ]);
});

describe("what moderators do by hand", () => {
  const banned = (id: string, at = START): GuildEvent => ({
    ...base(id, at),
    kind: "member.banned",
    userId: "50",
    name: "Ada",
  });
  const entry = (id: string, changes: Partial<EventOf<"audit.logged">> = {}): GuildEvent => ({
    ...{ ...base(`a:${id}`), kind: "audit.logged", entryId: id, action: 22, byUserId: "5", targetId: "50" },
    ...{ targetName: "Ada", reason: "spam", changes: [], ...changes },
  });
  const passed = () => road.commitOf(({ event }) => event.kind === "clock.struck");

  test.each([
    ["before", (explained: GuildEvent) => [explained, banned("b")]],
    ["after", (explained: GuildEvent) => [banned("b"), explained]],
    ["twice", (explained: GuildEvent) => [banned("b"), explained, { ...explained, id: "a:2" }]],
  ])(
    "“a second case for the same ban”: explained %s it is seen it is one, with its moderator",
    async (_when, order) => {
      await open();
      await bring(...order(entry("1")));
      expect(await cases()).toEqual([
        expect.objectContaining({ verb: "member.ban", decidedBy: "user:5", reason: "spam", outcome: "done" }),
      ]);
      const waiting = await road.store.timers.due(Infinity, 9);
      expect(waiting.filter(({ timer }) => timer.startsWith("by-hand"))).toEqual([]);
    },
  );

  test.each<[string, number, Verb]>([
    ["kicks", 20, "member.kick"],
    ["bans", 22, "member.ban"],
  ])("“moderators' own %s without a case”: each is one, with who did it and why", async (_what, action, verb) => {
    await open();
    await bring(entry("1", { action }));
    expect(await cases()).toEqual([expect.objectContaining({ number: 1, verb, decidedBy: "user:5", reason: "spam" })]);
  });

  test("a ban nobody explains is a case without moderator, after a while", async () => {
    await open();
    await bring(banned("b"));
    expect(await cases()).toEqual([]);
    clock.advance(10_000);
    await passed();
    expect(await cases()).toEqual([
      expect.objectContaining({ verb: "member.ban", userName: "Ada", decidedBy: "unknown", outcome: "done" }),
    ]);
  });

  test.each([
    ["and may read the audit log", true],
    ["and may not", false],
  ])("what the house does itself is one case, where it sees the ban come back %s", async (_how, mayRead) => {
    await open();
    const asked = message("ban me", { at: START });
    await bring(asked);
    await road.commitOf(({ event }) => event.kind === "action.done");
    await bring(banned("b"), ...(mayRead ? [entry("1", { isOurs: true })] : []));
    clock.advance(10_000);
    if (!mayRead) await passed();
    const opened = await cases();
    expect(opened.map(({ decidedBy }) => decidedBy)).toEqual(["agent:listener"]);
  });
});
