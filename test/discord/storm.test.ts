import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineAgent, type Directory, type EventOf, propose } from "#core";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { directory as kit, message } from "../kit/guild.ts";
import { startRoad, type TestRoad, type World } from "../kit/road.ts";
import { openHands } from "./process.ts";

/** One bucket for all reactions, refilled with one every quarter of a second: the simulator's, and Discord's. */
const IDLE = 10;
let simulator: Simulator;
let house: TestRoad;
let hands: ReturnType<typeof openHands>;

afterEach(async () => {
  await house.stop();
  hands.rest.close();
  await simulator.close();
});

const fan = defineAgent({
  name: "fan",
  description: "Likes everything, some of it at once",
  listens: ["message.created"],
  config: z.unknown(),
  priority: (event) => (event.text === "urgent" ? "high" : "low"),
  decide: ({ channelId, messageId }) => [
    propose(
      { verb: "reaction.add", channelId, messageId, emoji: "👍" },
      { rule: "like", why: "likes it", confidence: 1 },
    ),
  ],
});

it("in a storm of rate limits, what is urgent goes before what has waited longer", async () => {
  simulator = await startSimulator({ rateLimits: "on" });
  hands = openHands(simulator);
  const { control } = simulator;
  const guild = control.createGuild({ name: "Owlery", members: [{ name: "ada" }] });
  const channelId = control.channels(guild.id)[0]!.id;
  const say = (text: string): EventOf<"message.created"> => {
    const messageId = control.say(guild.id, channelId, guild.ownerId, text);
    return message(text, { id: `m:${messageId}`, guildId: guild.id, channelId, messageId });
  };
  const liked = (messageId: string) => control.reactions(channelId, messageId)["👍"] !== undefined;
  const world: World = {
    performed: [],
    answer: () => ({ kind: "done", result: {} }),
    find: () => ({ found: "absent" }),
    ...hands.executor,
  };
  house = await startRoad({ agents: [fan], world });
  const directory: Directory = { ...kit, guildId: guild.id, ownerId: kit.botUserId, channels: {} };
  house.bring({ id: "setup:2", guildId: guild.id, at: 2, kind: "guild.available", directory });
  const idle = Array.from({ length: IDLE }, () => say("idle"));
  house.bring(...idle);
  const done = () => idle.filter(({ messageId }) => liked(messageId)).length;
  await vi.waitUntil(() => done() >= 2, { timeout: 8_000, interval: 2 });
  const before = done();
  const urgent = say("urgent");
  house.bring(urgent);
  await vi.waitUntil(() => liked(urgent.messageId), { timeout: 8_000, interval: 2 });
  expect(done() - before).toBeLessThanOrEqual(1);
  expect(done()).toBeLessThan(IDLE);
});
