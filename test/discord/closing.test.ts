import { describe, expect, it } from "vitest";
import { ConfigurationError, snowflakeTime } from "#core";
import { manualClock } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";

/** All at once: beginning a session anew waits five seconds, as Discord asks for, and each has a Discord of its own. */
describe.concurrent("the gateway closes with", () => {
  async function closedWith(code: number): Promise<House> {
    const house = await openHouse({ rateLimits: "off" });
    house.simulator.control.createGuild({ name: "Owlery", members: [{ name: "ada" }] });
    const connection = await house.connect();
    await untilReady(connection);
    house.road.commit(connection);
    house.simulator.control.closeAll(code);
    return house;
  }

  it.each([
    ["unknown error", 4_000],
    ["unknown opcode", 4_001],
    ["decode error", 4_002],
    ["not authenticated", 4_003],
    ["already authenticated", 4_005],
    ["a number nobody uses", 4_006],
    ["rate limited", 4_008],
    ["a number of tomorrow", 4_999],
  ])("%s (%i): the session is resumed", { timeout: 20_000 }, async (_name, code) => {
    const house = await closedWith(code);
    await until("the resume", () => house.simulator.control.counters().resumed === 1);
    expect(house.simulator.control.counters().identified).toBe(1);
    expect(house.fatal).toEqual([]);
    await house.close();
  });

  it.each([
    ["going away", 1_001],
    ["normal", 1_000],
    ["invalid sequence", 4_007],
    ["session timed out", 4_009],
  ])("%s (%i): a new one is begun, and the gap is named", { timeout: 20_000 }, async (_name, code) => {
    const house = await closedWith(code);
    await until("the new session", () => house.simulator.control.counters().identified === 2);
    await until("the gap", () => house.road.of("gap").length === 1);
    expect(house.fatal).toEqual([]);
    await house.close();
  });

  it.each([
    ["authentication failed", 4_004, /not accepted by Discord: reset it/],
    ["invalid shard", 4_010, /number of shards/],
    ["sharding required", 4_011, /number of shards/],
    ["invalid version", 4_012, /update Guildhall/],
    ["invalid intents", 4_013, /update Guildhall/],
  ])(
    "%s (%i): the operator is told in one line, and nothing is tried again",
    { timeout: 20_000 },
    async (_name, code, says) => {
      const house = await closedWith(code);
      await until("the complaint", () => house.fatal.length > 0);
      expect(house.fatal).toHaveLength(1);
      expect(house.fatal[0]).toBeInstanceOf(ConfigurationError);
      expect(house.fatal[0]?.message).toMatch(says);
      expect(house.fatal[0]?.message).not.toContain("\n");
      expect(house.simulator.control.counters()).toMatchObject({ identified: 1, resumed: 0, connections: 0 });
      await house.close();
    },
  );

  it("disallowed intents (4014): it goes on without texts, and says so", { timeout: 20_000 }, async () => {
    const house = await closedWith(4_014);
    await until("the new session", () => house.simulator.control.counters().identified === 2);
    expect(house.lines.filter((line) => line.includes("message content intent"))).toHaveLength(1);
    expect(house.fatal).toEqual([]);
    await house.close();
  });
});

describe("a wire that is dead", () => {
  it("is noticed by the heartbeat nobody answers, and the session resumed on another", async () => {
    const house = await openHouse({ rateLimits: "off", heartbeatIntervalMs: 150 });
    const guild = house.simulator.control.createGuild({ name: "Owlery", members: [{ name: "ada" }] });
    const channelId = house.simulator.control.channels(guild.id)[0]!.id;
    const connection = await house.connect();
    await untilReady(connection);
    expect(house.simulator.control.freezeSockets()).toBe(1);
    house.simulator.control.say(guild.id, channelId, guild.ownerId, "does anybody hear me?");
    await until("the message", () => house.road.of("message.created").length === 1);
    expect(house.simulator.control.counters()).toMatchObject({ resumed: 1, identified: 1 });
    await house.close();
  });
});

/** A little life of every kind, of which each RESUME must bring all, once, and in order. */
class Commotion {
  readonly guild: { readonly id: string; readonly ownerId: string };
  readonly channelId: string;
  readonly said: string[] = [];
  private readonly house: House;

  constructor(house: House) {
    this.house = house;
    const { control } = house.simulator;
    this.guild = control.createGuild({ name: "Owlery", members: [{ name: "ada" }, { name: "bo" }] });
    this.channelId = control.channels(this.guild.id)[0]!.id;
  }

  go(times: number): void {
    const { control } = this.house.simulator;
    const { id, ownerId } = this.guild;
    for (let time = 0; time < times; time += 1) {
      const messageId = control.say(id, this.channelId, ownerId, `line ${this.said.length}`);
      this.said.push(`message.created ${messageId}`);
      control.react(this.channelId, messageId, ownerId, "🔥");
      this.said.push(`reaction.added ${messageId}`);
      control.editMessage(this.channelId, messageId, "changed");
      this.said.push(`message.edited ${messageId}`);
    }
  }

  heard(): readonly string[] {
    return this.house.road
      .events()
      .flatMap((event) => ("messageId" in event ? [`${event.kind} ${String(event.messageId)}`] : []));
  }

  async settled(): Promise<void> {
    await until("the last of it", () => this.heard().length >= this.said.length);
    expect(this.heard()).toEqual(this.said);
    const sequences = this.house.road.frames(0).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => sequences[0]! + index));
  }
}

describe("in the middle of it all", () => {
  it("cut wires, dead ones and Discord's own wish to reconnect lose nothing and bring nothing twice", async () => {
    const house = await openHouse({ rateLimits: "off", heartbeatIntervalMs: 300 });
    const { control } = house.simulator;
    const life = new Commotion(house);
    const connection = await house.connect();
    await untilReady(connection);
    const disturbances = [
      () => control.cutSockets(),
      () => control.reconnectAll(),
      () => control.invalidateSessions(true),
      () => control.freezeSockets(),
      () => control.closeAll(4_000),
    ];
    for (const [index, disturb] of disturbances.entries()) {
      life.go(4);
      disturb();
      life.go(8);
      await until(`resume ${index + 1}`, () => control.counters().resumed > index && connection.status().ready);
      await until("what was missed", () => life.heard().length === life.said.length);
      house.road.commit(connection);
    }
    await life.settled();
    expect(control.counters().identified).toBe(1);
    await house.close();
  });

  it("a session is resumed after a minute in another process, and not after its life", async () => {
    const clock = manualClock(Date.now());
    const house = await openHouse({ rateLimits: "off", clock });
    const { control } = house.simulator;
    const life = new Commotion(house);
    const first = await house.connect();
    await untilReady(first);
    life.go(3);
    await until("what was said", () => life.heard().length === life.said.length);
    const checkpoint = house.road.commit(first);
    await first.close();
    clock.advance(30_000);
    life.go(10);
    clock.advance(30_000);
    const second = await house.connect({ checkpoint: () => Promise.resolve(checkpoint) });
    await untilReady(second);
    await life.settled();
    expect(control.counters()).toMatchObject({ resumed: 1, identified: 1 });
    const last = house.road.commit(second);
    await second.close();
    clock.advance(360_000);
    const lastEventAt = snowflakeTime(control.messages(life.channelId).at(-1)!.id);
    const messageId = control.say(life.guild.id, life.channelId, life.guild.ownerId, "much later");
    await house.connect({ checkpoint: () => Promise.resolve({ ...last, lastEventAt }) });
    await until("the gap to be filled", () => life.heard().at(-1) === `message.created ${messageId}`);
    expect(house.road.of("gap")).toHaveLength(1);
    expect(control.counters()).toMatchObject({ resumed: 1, identified: 2 });
    await house.close();
  });
});
