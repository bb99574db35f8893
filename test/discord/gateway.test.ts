import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "#core";
import { INTENTS, INTENTS_WITHOUT_CONTENT } from "../../src/adapters/discord/intents.ts";
import { freePort } from "../e2e/kit/process.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";

let house: House;
let guildId: string;
let channelId: string;
let ownerId: string;

async function open(options: Parameters<typeof openHouse>[0] = {}): Promise<void> {
  house = await openHouse({ rateLimits: "off", ...options });
  const guild = house.simulator.control.createGuild({ name: "Owlery", members: [{ name: "ada" }, { name: "bo" }] });
  guildId = guild.id;
  ownerId = guild.ownerId;
  channelId = house.simulator.control.channels(guildId)[0]!.id;
}

const say = (text: string) => house.simulator.control.say(guildId, channelId, ownerId, text);
const texts = () => house.road.of("message.created").map((event) => event.text);
const sequences = () => house.road.frames(0).map((frame) => frame.sequence);
const heard = (text: string) => until(`"${text}" to arrive`, () => texts().includes(text));
const ignored = (reason: string) => house.metrics.counts.get(`gateway_frames_ignored ${reason}`) ?? 0;

afterEach(() => house.close());

describe("what arrives", () => {
  beforeEach(() => open());

  it("tells of the guild first, then of what happens in it, each frame once and in order", async () => {
    const connection = await house.connect();
    await until("the guild", () => house.road.of("guild.available").length === 1);
    const [available] = house.road.of("guild.available");
    expect(available?.directory).toMatchObject({ guildId, name: "Owlery", ownerId, botUserId: connection.botUserId });
    expect(available?.directory.botRoleIds).toHaveLength(1);
    for (let count = 1; count <= 20; count += 1) say(`line ${count}`);
    await heard("line 20");
    expect(texts()).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 1}`));
    expect(sequences()).toEqual(sequences().map((_, index) => index + 1));
  });

  it("gives frames it cannot read their place in the order, counts them and goes on", async () => {
    const { control } = house.simulator;
    await untilReady(await house.connect());
    control.sendRaw({ op: 0, t: "SOMETHING_NEW", d: { any: "thing" } });
    control.sendRaw({ op: 0, t: "MESSAGE_CREATE", d: { guild_id: 5 } });
    for (const text of ["not json", "5", "null", '{"op":10}', '{"op":9}', '{"op":99}', '{"op":0,"t":"X"}'])
      control.sendRaw(text);
    control.sendRaw('{"op":0,"t":"READY","s":4000,"d":{}}');
    say("still here");
    await heard("still here");
    expect(ignored("unknown")).toBe(2);
    expect(ignored("malformed")).toBe(8);
    expect(sequences()).toEqual(sequences().map((_, index) => index + 1));
  });

  it("stays with shard and guild where there are several shards", async () => {
    const connection = await house.connect({ shardCount: 2 });
    await untilReady(connection);
    const shardId = Number((BigInt(guildId) >> 22n) % 2n);
    say("to whom it belongs");
    await heard("to whom it belongs");
    const arrival = house.road.arrivals.find(({ events }) => events[0]?.kind === "message.created");
    expect(arrival?.frame).toMatchObject({ shardId, shardCount: 2, intents: INTENTS });
  });
});

describe("after an interruption", () => {
  beforeEach(() => open());

  it("a cut socket is resumed: what was said meanwhile arrives once", async () => {
    const connection = await house.connect();
    await untilReady(connection);
    say("before");
    await heard("before");
    house.road.commit(connection);
    say("arrived, not committed");
    await heard("arrived, not committed");
    house.simulator.control.cutSockets();
    say("while away");
    await heard("while away");
    expect(texts()).toEqual(["before", "arrived, not committed", "while away"]);
    expect(house.metrics.counts.get("gateway_frames_replayed")).toBe(1);
    expect(house.metrics.counts.get("gateway_identifies")).toBe(1);
  });

  it.each(["reconnectAll", "invalidateSessions"] as const)("%s leads to a resume", async (disturb) => {
    const connection = await house.connect();
    await untilReady(connection);
    if (disturb === "reconnectAll") house.simulator.control.reconnectAll();
    else house.simulator.control.invalidateSessions(true);
    await until("the resume", () => house.simulator.control.counters().resumed === 1);
    say("after");
    await heard("after");
    expect(house.metrics.counts.get("gateway_identifies")).toBe(1);
  });

  it("a new process resumes from the committed sequence and gets the rest again, under the same ids", async () => {
    const first = await house.connect();
    await untilReady(first);
    say("committed");
    await heard("committed");
    const checkpoint = house.road.commit(first);
    const lost = say("taken, then lost with the process");
    await heard("taken, then lost with the process");
    await first.close();
    say("while nobody listened");
    house.road.arrivals.length = 0;
    await untilReady(await house.connect({ checkpoint: () => Promise.resolve(checkpoint) }));
    await heard("while nobody listened");
    expect(texts()).toEqual(["taken, then lost with the process", "while nobody listened"]);
    expect(house.road.of("message.created")[0]?.id).toBe(`m:${lost}`);
    expect(sequences()[0]).toBe(checkpoint.sequence + 1);
    expect(house.metrics.counts.get("gateway_identifies")).toBe(1);
  });

  it("a session whose own address is gone is resumed at the gateway's", async () => {
    const first = await house.connect();
    await untilReady(first);
    const checkpoint = { ...house.road.commit(first), resumeUrl: `ws://127.0.0.1:${await freePort()}/` };
    await first.close();
    await untilReady(await house.connect({ checkpoint: () => Promise.resolve(checkpoint) }));
    expect(house.simulator.control.counters()).toMatchObject({ resumed: 1, identified: 1 });
  });

  it.each([
    ["intents", { intents: INTENTS_WITHOUT_CONTENT }],
    ["a number of shards", { shardCount: 3 }],
  ])("a session with other %s is not resumed", async (_what, changes) => {
    const first = await house.connect();
    await untilReady(first);
    const checkpoint = { ...house.road.commit(first), ...changes };
    await first.close();
    await untilReady(await house.connect({ checkpoint: () => Promise.resolve(checkpoint) }));
    expect(house.metrics.counts.get("gateway_identifies")).toBe(2);
  });

  it("names what a lost session took, and fetches the messages", async () => {
    const connection = await house.connect();
    await untilReady(connection);
    const known = say("known");
    await heard("known");
    house.road.commit(connection);
    const to = Date.now();
    house.simulator.control.cutSockets();
    const missed = say("nobody heard this");
    const { control } = house.simulator;
    const [ownerId, strangerId] = [control.guilds()[0]!.ownerId, control.join(guildId, { name: "stranger" })];
    control.banByHand(guildId, ownerId, strangerId);
    house.simulator.control.invalidateSessions(false);
    await until("the gap to be filled", () => texts().includes("nobody heard this"));
    await until("the audit log to be read", () => house.road.of("member.banned").length === 1);
    const [ban] = house.road.of("member.banned");
    expect(ban).toMatchObject({ guildId, userId: strangerId, name: "stranger" });
    const [entry] = house.road.of("audit.logged");
    expect(entry).toMatchObject({ action: 22, byUserId: ownerId, targetId: strangerId, targetName: "stranger" });
    expect(ban?.id).toBe(`late:${entry?.id}`);
    const [gap] = house.road.of("gap");
    expect(gap).toMatchObject({ guildId, id: expect.stringMatching(new RegExp(`^gap:.+:${guildId}$`)) });
    expect(gap!.from).toBeLessThanOrEqual(gap!.to);
    expect(gap!.to).toBeGreaterThanOrEqual(to);
    expect(gap!.lost).toContain("reaction.added");
    expect(gap!.lost).not.toContain("message.created");
    const late = house.road.of("message.created").find((event) => event.text === "nobody heard this");
    const ordinary = house.road.of("message.created").find((event) => event.id === `m:${known}`);
    expect(late?.id).toBe(`m:${missed}`);
    expect(late?.author).toEqual(ordinary?.author);
    expect(house.road.of("gap")).toHaveLength(1);
  });

  it("names a gap it cannot fill, where nobody knows since when", async () => {
    const first = await house.connect();
    await untilReady(first);
    const checkpoint = { ...house.road.commit(first), sessionId: "a-session-long-gone" };
    await first.close();
    house.road.arrivals.length = 0;
    await house.connect({ checkpoint: () => Promise.resolve(checkpoint) });
    await until("the gap", () => house.road.of("gap").length === 1);
    expect(house.road.of("gap")[0]).toMatchObject({ from: 0 });
    expect(house.road.of("gap")[0]?.lost).toContain("message.created");
  });
});

describe("while the road is full", () => {
  beforeEach(() => open());

  it("stops reading at half of the replay buffer, and goes on at the road's word", async () => {
    const connection = await house.connect();
    await untilReady(connection);
    const wave = "x".repeat(1_900);
    for (let count = 1; count <= 1_000; count += 1) say(`${count} ${wave}`);
    const shard = () => connection.status().shards[0]!;
    await until("the socket to be stopped", () => shard().stopped);
    const held = shard().uncommitted;
    expect(held).toBeGreaterThanOrEqual(50);
    expect(held).toBeLessThan(100);
    for (let round = 1; round <= 20; round += 1) await connection.registerCommands(guildId);
    expect(shard().uncommitted).toBe(held);
    while (texts().length < 1_000) {
      await until("more", () => shard().stopped || texts().length === 1_000);
      house.road.commit(connection);
    }
    expect(sequences()).toEqual(sequences().map((_, index) => index + 1));
    expect(shard().stopped).toBe(false);
  });
});

describe("leaving", () => {
  beforeEach(() => open());

  it("keeps the session, says goodbye with 4200 and takes less than a second", async () => {
    const connection = await house.connect();
    await untilReady(connection);
    const started = performance.now();
    await connection.close();
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(house.simulator.control.sessions()).toEqual([expect.objectContaining({ connected: false })]);
  });

  it("leaves nothing behind where a socket was about to be opened again", async () => {
    const connection = await house.connect();
    await untilReady(connection);
    house.simulator.control.cutSockets();
    await until("the cut to be noticed", () => !connection.status().ready);
    await connection.close();
    // The second one's recovery begins later than the first one's would have, so when it is through, that time is over.
    await untilReady(await house.connect());
    house.simulator.control.cutSockets();
    await until("the second one's resume", () => house.simulator.control.counters().resumed === 1);
    expect(house.simulator.control.counters().connections).toBe(1);
  });
});

describe("what the operator must mend", () => {
  beforeEach(() => open());

  it.each([
    ["an empty token", "", /empty/],
    ["a token with a prefix", "Bot abc", /without "Bot "/],
    ["a token with a line end", "abc\n", /copy it again/],
    ["a wrong token", "not-the-token", /not accepted/],
  ])("%s is said in one line that does not hold it", async (_name, token, message) => {
    const failure = await house.connect({ token }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain("\n");
    if (token.trim() !== "") expect((failure as Error).message).not.toContain(token);
  });

  it("goes on without message content, and says so once", async () => {
    house.simulator.control.allowIntent("content", false);
    const connection = await house.connect();
    await untilReady(connection);
    say("unreadable");
    await until("the message", () => house.road.of("message.created").length === 1);
    expect(texts()).toEqual([""]);
    expect(connection.status().degraded).toBe(true);
    expect(house.lines.filter((line) => line.includes("message content intent"))).toHaveLength(1);
    expect(house.road.frames(0)[0]?.intents).toBe(INTENTS_WITHOUT_CONTENT);
    expect(house.fatal).toEqual([]);
  });

  it("names the intent it cannot do without", async () => {
    house.simulator.control.allowIntent("members", false);
    await house.connect();
    await until("the complaint", () => house.fatal.length > 0);
    expect(house.fatal[0]).toBeInstanceOf(ConfigurationError);
    expect(house.fatal[0]?.message).toContain("server members intent");
  });

  it("hears when the token is withdrawn", async () => {
    await untilReady(await house.connect());
    house.simulator.control.closeAll(4_004);
    await until("the complaint", () => house.fatal.length > 0);
    expect(house.fatal[0]?.message).toContain("not accepted");
  });
});
