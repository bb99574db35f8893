import { afterEach, describe, expect, it } from "vitest";
import {
  createDemoGuild,
  manualClock,
  raid,
  spamWave,
  startSimulator,
  type Change,
  type Simulator,
} from "../../src/simulator/index.ts";
import { furnish, until } from "./house.ts";
import { identify, rawClient, ready, resume } from "./raw-client.ts";
import { asker } from "./rest-client.ts";

const START = Date.parse("2031-05-04T10:00:00Z");
const open: Simulator[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(seed = 7): Promise<Simulator> {
  const simulator = await startSimulator({ seed, clock: manualClock(START), rateLimits: "off" });
  open.push(simulator);
  return simulator;
}

/** Members, a moderator, the bot and the clock, each doing something. */
async function play(simulator: Simulator): Promise<readonly string[]> {
  const { control } = simulator;
  const demo = createDemoGuild(control);
  control.advance(1_000);
  raid(control, demo.guildId, 5);
  control.advance(1_000);
  spamWave(control, demo.guildId);
  const general = demo.channelIds["general"] ?? "";
  const ask = asker(simulator);
  for (const message of control.messages(general).slice(-3))
    await ask("DELETE", `/channels/${general}/messages/${message.id}`);
  await ask(
    "PUT",
    `/guilds/${demo.guildId}/bans/${demo.userIds["ludo"] ?? ""}`,
    {},
    { "x-audit-log-reason": "case%201" },
  );
  control.timeoutByHand(demo.guildId, demo.userIds["benedek"] ?? "", demo.userIds["pip"] ?? "", 60_000, "cool down");
  return [...control.log()];
}

describe("the same seed and script", () => {
  it("give the same log, to the letter", async () => {
    const one = await play(await start());
    const kinds = new Set(one.map((line) => (JSON.parse(line) as Change).kind));
    expect([...kinds].sort()).toEqual([
      "audit",
      "ban",
      "channel",
      "delete",
      "guild",
      "joined",
      "left",
      "member",
      "message",
      "reaction",
      "timeout",
    ]);
    expect(await play(await start())).toEqual(one);
  });

  it("and another seed another one; secrets follow from the seed", async () => {
    expect((await start(9)).token).toBe((await start(9)).token);
    const [one, other] = [await start(7), await start(8)];
    expect(await play(one)).not.toEqual(await play(other));
    expect(one.token).not.toBe(other.token);
  });
});

describe("the demo", () => {
  it("is a furnished guild with a past", async () => {
    const { control } = await start();
    const { guildId, channelIds, userIds } = createDemoGuild(control);
    expect(Object.keys(channelIds)).toEqual(["rules", "general", "help", "media", "events", "mod-log", "slipway"]);
    expect(control.members(guildId)).toHaveLength(13);
    const history = Object.values(channelIds).flatMap((id) => control.messages(id));
    expect(history.length).toBeGreaterThan(30);
    expect(
      history.every((one) => Date.parse(one.timestamp) < START && Date.parse(one.timestamp) > START - 4 * 86_400_000),
    ).toBe(true);
    expect(() => control.say(guildId, channelIds["rules"] ?? "", userIds["pip"] ?? "", "may I?")).toThrow("may not");
    expect(() => control.say(guildId, channelIds["mod-log"] ?? "", userIds["pip"] ?? "", "hello?")).toThrow("may not");
  });

  it("can be raided by young accounts and flooded by its own members, again and again", async () => {
    const { control } = await start();
    const { guildId, channelIds } = createDemoGuild(control);
    const changes: Change[] = [];
    const stop = control.subscribe((change) => changes.push(change));
    raid(control, guildId, 4);
    const texts = changes.flatMap((change) => (change.kind === "message" ? [change.text] : []));
    expect(changes.filter((change) => change.kind === "joined")).toHaveLength(4);
    expect(texts).toHaveLength(4);
    expect(new Set(texts).size).toBe(1);
    for (let wave = 0; wave < 3; wave += 1) spamWave(control, guildId);
    stop();
    raid(control, guildId, 1);
    expect(changes.filter((change) => change.kind === "message")).toHaveLength(4 + 3 * 12);
    expect(control.messages(channelIds["general"] ?? "").at(-2)?.mentions.length).toBe(12);
  });
});

describe("a flood", () => {
  it("arrives whole, in order, with its share of violations, and cannot be replayed", async () => {
    const simulator = await start();
    const { control, guildId } = furnish(simulator);
    const client = await rawClient(simulator);
    identify(client, simulator);
    const { session_id: sessionId } = await ready(client);
    const result = await control.flood({ messages: 1_000, violatingShare: 0.02, violatingText: 'buy "this"' });
    expect(result).toMatchObject({ sent: 1_000, violating: 20 });
    await until("the last frame", () => client.frames.at(-1)?.s === 1_002);
    const flood = client.dispatches().slice(2);
    expect(flood.map((frame) => frame.s)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 3));
    expect(flood.filter((frame) => (frame.d as { content: string }).content === 'buy "this"')).toHaveLength(20);
    expect(new Set(flood.map((frame) => (frame.d as { id: string }).id)).size).toBe(1_000);
    expect(flood[0]?.d).toMatchObject({
      guild_id: guildId,
      timestamp: "2031-05-04T10:00:00.000000+00:00",
      member: { deaf: false },
    });
    await client.terminate();
    const again = await rawClient(simulator);
    resume(again, simulator, sessionId, 900);
    expect((await again.next("a refusal", (frame) => frame.op === 9)).d).toBe(false);
  });

  it("at a rate tells how long each violation stood", async () => {
    const simulator = await start();
    const { control } = furnish(simulator);
    const client = await rawClient(simulator);
    identify(client, simulator);
    await ready(client);
    const ask = asker(simulator);
    const flooding = control.flood({ messages: 40, rate: 400, violatingShare: 0.1, violatingText: "bad" });
    const bad = await until("the violations", () => {
      const found = client
        .dispatches()
        .filter((frame) => frame.t === "MESSAGE_CREATE" && (frame.d as { content: string }).content === "bad");
      return found.length === 4 && found;
    });
    for (const { d } of bad) {
      const { id, channel_id: channelId } = d as { id: string; channel_id: string };
      expect((await ask("DELETE", `/channels/${channelId}/messages/${id}`)).status).toBe(204);
      expect((await ask("DELETE", `/channels/${channelId}/messages/${id}`)).body.code).toBe(10008);
    }
    const { timings, milliseconds } = await flooding;
    expect(timings.map((one) => one.messageId)).toEqual(bad.map((frame) => (frame.d as { id: string }).id));
    expect(timings.every((one) => (one.deletedAt ?? 0) > one.sentAt)).toBe(true);
    expect(milliseconds).toBeGreaterThanOrEqual(90);
  });

  it("needs somebody who hears it", async () => {
    const simulator = await start();
    furnish(simulator);
    await expect(simulator.control.flood({ messages: 1, violatingShare: 0, violatingText: "" })).rejects.toThrow(
      "nobody is connected",
    );
  });
});
