import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type Action, type ActionOf, defineAgent, type Directory, propose, type Verb } from "#core";
import { manualClock, type ManualClock } from "../../src/adapters/memory/clock.ts";
import { directory, GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";

/** Measures that last longer than one request: the house goes on with them, and stops where somebody else has ended them. */
const DAY = 86_400_000;
const START = 1_760_000_000_000;
let house: TestRoad;
let clock: ManualClock;
let world: World;

afterEach(() => house.stop());

const warden = defineAgent({
  name: "warden",
  description: "Does what its messages say",
  listens: ["message.created"],
  config: z.unknown(),
  decide: (event) => [
    propose(JSON.parse(event.text) as Action, { rule: "told-so", why: "was told so", confidence: 1 }),
  ],
});

/** The warden may do whatever it likes, for any time. */
const atOnce = { seconds: Infinity, agents: ["warden"] };

async function open(answer: World["answer"] = () => ({ kind: "done", result: {} })): Promise<void> {
  clock = manualClock(START);
  world = createWorld();
  world.answer = answer;
  const approval = { verbs: [], expireAfterSeconds: 3_600, atOnce };
  house = await startRoad({ agents: [warden], clock, world, policy: { approval } });
}

async function told(action: Action): Promise<void> {
  const event = message(JSON.stringify(action), { at: clock.now() });
  house.bring(event);
  await house.commitOf((entry) => entry.event.id === event.id);
}

const performed = <V extends Verb>(verb: V) =>
  world.performed.flatMap((order) =>
    order.action.verb === verb ? [{ ...order, action: order.action as ActionOf<V> }] : [],
  );

const doneWith = (verb: Verb, count: number) =>
  house.commitOf((entry) => {
    if (entry.event.kind !== "action.done" && entry.event.kind !== "action.failed") return false;
    return world.performed.filter((order) => order.action.verb === verb).length >= count && settledOf(verb) >= count;
  });

/** How many orders of this verb have their outcome committed. */
function settledOf(verb: Verb): number {
  const ids = new Set(world.performed.filter((order) => order.action.verb === verb).map(({ id }) => id));
  return house.committed.filter(({ event }) => "orderId" in event && ids.has(event.orderId)).length;
}

const struck = () => house.committed.filter(({ event }) => event.kind === "clock.struck").length;
const followUps = async () =>
  (await house.store.timers.due(Number.MAX_SAFE_INTEGER, 100)).filter(({ timer }) => timer.startsWith("follow:"));
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 4_000, interval: 2 });

const ban = (): Action => ({ verb: "member.ban", member: member("50"), deleteSeconds: 0, until: START + 7 * DAY });

describe("a ban with an end", () => {
  it("is lifted when it has run out, in the same case and by nobody's leave", async () => {
    await open();
    await told(ban());
    await doneWith("member.ban", 1);
    clock.advance(7 * DAY - 1);
    expect(performed("member.unban")).toEqual([]);
    clock.advance(1);
    await doneWith("member.unban", 1);
    expect(performed("member.unban")).toMatchObject([
      { action: { userId: "50" }, caseNumber: 1, reason: "Case #1 · ban-expiry: the ban has run out" },
    ]);
    expect(await house.store.guild(GUILD).cases({ limit: 10 })).toHaveLength(1);
  });

  it("that was refused ends nothing later", async () => {
    await open(() => ({ kind: "failed", code: "50013", why: "Missing Permissions" }));
    await told(ban());
    await doneWith("member.ban", 1);
    expect(await followUps()).toEqual([]);
  });

  it("that somebody lifted earlier is not lifted again from whoever bans after them", async () => {
    await open();
    await told(ban());
    await doneWith("member.ban", 1);
    house.bring({ id: "u:1", guildId: GUILD, at: clock.now(), kind: "member.unbanned", userId: "50", name: "bo" });
    await house.commitOf((entry) => entry.event.id === "u:1");
    clock.advance(8 * DAY);
    await told({ verb: "message.send", channelId: "20", words: { text: "still here" } });
    await doneWith("message.send", 1);
    expect(performed("member.unban")).toEqual([]);
  });
});

it("a time-out beyond 28 days is renewed until it ends, as one case, whatever the quota", async () => {
  await open();
  const end = START + 60 * DAY;
  await told({ verb: "member.timeout", member: member("50"), until: end });
  for (let part = 1; part < 3; part += 1) {
    await doneWith("member.timeout", part);
    await until(() => settledOf("member.timeout") >= part);
    clock.set(performed("member.timeout")[part - 1]!.action.until - 3_600_000);
    await until(() => struck() >= part);
  }
  await doneWith("member.timeout", 3);
  const parts = performed("member.timeout");
  expect(parts.map(({ action }) => action.until).at(-1)).toBe(end);
  expect(parts.map(({ caseNumber }) => caseNumber)).toEqual([1, 1, 1]);
  expect(await followUps()).toEqual([]);
  expect(await house.store.guild(GUILD).cases({ limit: 10 })).toHaveLength(1);
});

it("a time-out that somebody has ended is not renewed", async () => {
  await open();
  await told({ verb: "member.timeout", member: member("50"), until: START + 60 * DAY });
  await doneWith("member.timeout", 1);
  house.bring({ id: "u:2", guildId: GUILD, at: clock.now(), kind: "member.updated", member: member("50") });
  await house.commitOf((entry) => entry.event.id === "u:2");
  expect(await followUps()).toEqual([]);
});

describe("a channel that is locked", () => {
  const channel = directory.channels["20"]!;
  /** Discord tells of each overwrite that was put. */
  function followed(): void {
    for (const { id, action } of performed("channel.overwrite")) {
      const known = overwrites.filter((one) => one.id !== action.overwrite.id);
      overwrites = [...known, action.overwrite];
      const change = { change: "channel.put" as const, channel: { ...channel, overwrites } };
      house.bring({ id: `d:${id}`, guildId: GUILD, at: clock.now(), kind: "directory.changed", change });
    }
  }
  let overwrites: Directory["channels"][string]["overwrites"] = [];

  it("is unlocked to what the commit of its lock remembered, also by another process", async () => {
    overwrites = [];
    await open();
    await told({ verb: "channel.lock", channelId: "20" });
    await doneWith("channel.overwrite", 2);
    followed();
    const last = `d:${performed("channel.overwrite").at(-1)!.id}`;
    await house.commitOf((entry) => entry.event.id === last);
    const { store } = house;
    await house.stop();
    const approval = { verbs: [], expireAfterSeconds: 3_600, atOnce };
    house = await startRoad({ agents: [warden], clock, world, store, policy: { approval } });
    const change = { change: "channel.put" as const, channel: { ...channel, overwrites } };
    house.bring({ id: "d:again", guildId: GUILD, at: clock.now(), kind: "directory.changed", change });
    await told({ verb: "channel.unlock", channelId: "20" });
    await doneWith("channel.overwrite-clear", 2);
    expect(performed("channel.overwrite-clear").map(({ action }) => action.overwriteId)).toEqual(
      performed("channel.overwrite")
        .map(({ action }) => action.overwrite.id)
        .reverse(),
    );
    expect(performed("channel.overwrite").map(({ previous }) => previous)).toEqual([null, null]);
  });

  it("for a while is unlocked by itself, also where another process is there by then, and not before a longer lock ends", async () => {
    overwrites = [];
    await open();
    await told({ verb: "channel.lock", channelId: "20", until: START + 900_000 });
    await doneWith("channel.overwrite", 2);
    followed();
    await told({ verb: "channel.lock", channelId: "20", until: START + 1_800_000 });
    expect(await followUps()).toMatchObject([{ timer: "follow:lock:20", at: START + 1_800_000 }]);
    const { store } = house;
    await house.stop();
    const approval = { verbs: [], expireAfterSeconds: 3_600, atOnce };
    house = await startRoad({ agents: [warden], clock, world, store, policy: { approval } });
    const change = { change: "channel.put" as const, channel: { ...channel, overwrites } };
    house.bring({ id: "d:again", guildId: GUILD, at: clock.now(), kind: "directory.changed", change });
    clock.advance(900_000);
    await told({ verb: "message.send", channelId: "20", words: { text: "still locked" } });
    await doneWith("message.send", 1);
    expect(performed("channel.overwrite-clear")).toEqual([]);
    clock.advance(900_000);
    await doneWith("channel.overwrite-clear", 2);
    expect(await followUps()).toEqual([]);
  });
});
