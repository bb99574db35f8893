import { afterEach, describe, expect, it } from "vitest";
import type { SimulatorOptions } from "../../src/simulator/index.ts";
import { openHouse, until, type House } from "./house.ts";
import { identify, INTENTS, rawClient, ready, resume, type Frame, type RawClient } from "./raw-client.ts";

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function house(options: SimulatorOptions = {}): Promise<House> {
  const opened = await openHouse(options);
  open.push({ close: () => opened.simulator.close() });
  return opened;
}

async function enter(opened: House, changes: object = {}, query = "") {
  const client = await rawClient(opened.simulator, query);
  identify(client, opened.simulator, changes);
  const welcome = await ready(client);
  return { client, sessionId: welcome.session_id, guildIds: welcome.guilds.map((one) => one.id) };
}

const say = (opened: House, text: string) =>
  opened.control.say(opened.guildId, opened.channelId("porch"), opened.userId("rufus"), text);
const content = (frame: Frame) => (frame.d as { content?: string }).content;
const heard = (client: RawClient) =>
  client
    .dispatches()
    .filter((frame) => frame.t === "MESSAGE_CREATE")
    .map(content);
const hears = (client: RawClient, text: string) =>
  client.next(`"${text}"`, (frame) => content({ ...frame, d: frame.d ?? {} }) === text);
const closing = (client: RawClient) => until("a close", () => client.closed.code);

describe("a session", () => {
  it("begins with HELLO, READY and one GUILD_CREATE for each guild, numbered from 1", async () => {
    const opened = await house();
    const { client, guildIds } = await enter(opened);
    await client.next("GUILD_CREATE", (frame) => frame.t === "GUILD_CREATE");
    expect(client.frames.map(({ op, t, s }) => [op, t, s])).toEqual([
      [10, null, null],
      [0, "READY", 1],
      [0, "GUILD_CREATE", 2],
    ]);
    expect(guildIds).toEqual([opened.guildId]);
  });

  it("replays exactly what was missed, in order, then RESUMED", async () => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    say(opened, "one");
    const { s: seen } = await hears(client, "one");
    await client.terminate();
    for (const text of ["two", "three", "four"]) say(opened, text);
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, seen ?? 0);
    await again.next("RESUMED", (frame) => frame.t === "RESUMED");
    say(opened, "five");
    await hears(again, "five");
    expect(again.dispatches().map((frame) => [frame.t, frame.s])).toEqual([
      ["MESSAGE_CREATE", 4],
      ["MESSAGE_CREATE", 5],
      ["MESSAGE_CREATE", 6],
      ["RESUMED", 7],
      ["MESSAGE_CREATE", 8],
    ]);
    expect(heard(again)).toEqual(["two", "three", "four", "five"]);
  });

  it("can be resumed from earlier than the last frame that was sent", async () => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    say(opened, "one");
    say(opened, "two");
    const { s: latest } = await hears(client, "two");
    await client.close(4_200);
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, (latest ?? 0) - 1);
    await again.next("RESUMED", (frame) => frame.t === "RESUMED");
    expect(heard(again)).toEqual(["two"]);
  });

  it.each([
    { name: "still in the buffer", missed: 3, resumes: true },
    { name: "one too many missed", missed: 4, resumes: false },
  ])("with a buffer of 3: $name", async ({ missed, resumes }) => {
    const opened = await house({ replayBuffer: 3 });
    const { client, sessionId } = await enter(opened);
    say(opened, "seen");
    const { s: seen } = await hears(client, "seen");
    await client.terminate();
    for (let index = 0; index < missed; index += 1) say(opened, `missed ${index}`);
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, seen ?? 0);
    const answer = await again.next("an answer", (frame) => frame.t === "RESUMED" || frame.op === 9);
    expect(answer.op === 0).toBe(resumes);
    if (!resumes) expect(answer.d).toBe(false);
  });

  it.each([
    { name: "said goodbye with 1000", end: (client: RawClient) => client.close(1_000), resumes: false },
    { name: "left with 4200", end: (client: RawClient) => client.close(4_200), resumes: true },
    { name: "lost its wire", end: (client: RawClient) => client.terminate(), resumes: true },
  ])("of a client that $name: resumable $resumes", async ({ end, resumes }) => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    await end(client);
    await until("the server to notice", () => opened.control.counters().connections === 0);
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, 2);
    const answer = await again.next("an answer", (frame) => frame.t === "RESUMED" || frame.op === 9);
    expect(answer.op).toBe(resumes ? 0 : 9);
  });

  it("is lost when the server says so, and kept when it only asks to reconnect", async () => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    opened.control.reconnectAll();
    await client.next("op 7", (frame) => frame.op === 7);
    opened.control.invalidateSessions(true);
    expect((await client.next("op 9", (frame) => frame.op === 9)).d).toBe(true);
    expect(opened.control.sessions().map((session) => session.id)).toEqual([sessionId]);
    opened.control.invalidateSessions(false);
    expect((await client.next("op 9", (frame) => frame.op === 9)).d).toBe(false);
    expect(opened.control.sessions()).toEqual([]);
  });

  it("misses a dropped frame on the wire, not in the buffer", async () => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    opened.control.dropNextFrame("MESSAGE_CREATE");
    say(opened, "swallowed");
    say(opened, "arrived");
    expect((await hears(client, "arrived")).s).toBe(4);
    expect(heard(client)).toEqual(["arrived"]);
    await client.terminate();
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, 2);
    await again.next("RESUMED", (frame) => frame.t === "RESUMED");
    expect(heard(again)).toEqual(["swallowed", "arrived"]);
  });

  it("comes as one zlib stream where that is asked for", async () => {
    const opened = await house();
    const { client } = await enter(opened, {}, "&compress=zlib-stream");
    say(opened, "squeezed { tight }");
    await hears(client, "squeezed { tight }");
    expect(client.dispatches().map((frame) => frame.s)).toEqual([1, 2, 3]);
  });

  it("hears of unknown and malformed frames as they are given", async () => {
    const opened = await house();
    const { client } = await enter(opened);
    opened.control.sendRaw({ op: 0, t: "SOMETHING_NEW", d: { any: 1 } });
    expect(await client.next("the unknown frame", (frame) => frame.t === "SOMETHING_NEW")).toEqual({
      op: 0,
      t: "SOMETHING_NEW",
      s: 3,
      d: { any: 1 },
    });
  });
});

describe("closing codes", () => {
  const cases: { name: string; code: number; act(client: RawClient, opened: House): unknown }[] = [
    { name: "an opcode nobody knows", code: 4_001, act: (client) => client.send(99, null) },
    { name: "what is no JSON", code: 4_002, act: (client) => client.sendText("{nonsense") },
    { name: "more than 4096 bytes", code: 4_002, act: (client) => client.send(3, { text: "x".repeat(4_096) }) },
    { name: "a wish before identifying", code: 4_003, act: (client) => client.send(3, {}) },
    {
      name: "a wrong token",
      code: 4_004,
      act: (client, { simulator }) => identify(client, simulator, { token: "somebody.else" }),
    },
    {
      name: "a second identify",
      code: 4_005,
      act: (client, { simulator }) => [identify(client, simulator), identify(client, simulator)],
    },
    {
      name: "more than 120 frames in a minute",
      code: 4_008,
      act: (client) => Array.from({ length: 121 }, () => client.send(1, null)),
    },
    {
      name: "a shard that cannot be",
      code: 4_010,
      act: (client, { simulator }) => identify(client, simulator, { shard: [2, 2] }),
    },
    {
      name: "an intent that does not exist",
      code: 4_013,
      act: (client, { simulator }) => identify(client, simulator, { intents: 1 << 30 }),
    },
  ];
  it.each(cases)("$code for $name", async ({ code, act }) => {
    const opened = await house();
    const client = await rawClient(opened.simulator);
    act(client, opened);
    expect(await closing(client)).toBe(code);
  });

  it.each(["content", "members", "presences"] as const)("4014 for %s when it is switched off", async (intent) => {
    const opened = await house();
    opened.control.allowIntent(intent, false);
    const client = await rawClient(opened.simulator);
    identify(client, opened.simulator);
    expect(await closing(client)).toBe(4_014);
    opened.control.allowIntent(intent, true);
    await enter(opened);
  });

  it("4007 for a sequence from the future", async () => {
    const opened = await house();
    const { client, sessionId } = await enter(opened);
    await client.terminate();
    const again = await rawClient(opened.simulator);
    resume(again, opened.simulator, sessionId, 9_999);
    expect(await closing(again)).toBe(4_007);
  });

  it("4009 when heartbeats stay away, and not while they come", async () => {
    const opened = await house({ heartbeatIntervalMs: 60 });
    const silent = await rawClient(opened.simulator);
    const lively = await rawClient(opened.simulator);
    const beat = setInterval(() => lively.send(1, null), 20);
    expect(await closing(silent)).toBe(4_009);
    clearInterval(beat);
    expect(lively.closed.code).toBeUndefined();
    expect(lively.frames.some((frame) => frame.op === 11)).toBe(true);
  });
});

describe("what a session hears", () => {
  it("is what it asked for", async () => {
    const opened = await house();
    const { client } = await enter(opened, { intents: INTENTS.guildsOnly });
    say(opened, "not for you");
    opened.control.setPermissions(opened.guildId, opened.roleId("regular"), 0n);
    await client.next("a role", (frame) => frame.t === "GUILD_ROLE_CREATE" || frame.t === "GUILD_CREATE");
    opened.control.createRole(opened.guildId, { name: "late" });
    await client.next("the new role", (frame) => frame.t === "GUILD_ROLE_CREATE");
    expect(client.dispatches().map((frame) => frame.t)).toEqual(["READY", "GUILD_CREATE", "GUILD_ROLE_CREATE"]);
  });

  it("without the content intent is empty but for its own, for mentions and for direct messages", async () => {
    const opened = await house();
    const { client } = await enter(opened, { intents: INTENTS.withoutContent });
    const { control } = opened;
    say(opened, "secret");
    say(opened, `hello <@${control.botId}>`);
    control.sayDirect(opened.userId("rufus"), "between us");
    await hears(client, "between us");
    expect(heard(client)).toEqual(["", `hello <@${control.botId}>`, "between us"]);
  });

  it("leaves out channels the bot cannot see", async () => {
    const opened = await house();
    const { client } = await enter(opened);
    opened.control.setOverwrite(opened.channelId("attic"), { id: opened.guildId, deny: 1n << 10n });
    opened.control.say(opened.guildId, opened.channelId("attic"), opened.userId("odile"), "up here");
    say(opened, "down here");
    await hears(client, "down here");
    expect(heard(client)).toEqual(["down here"]);
  });

  it("is split by guild id, direct messages to the first shard", async () => {
    const opened = await house();
    const { control } = opened;
    const guilds = [opened.guildId, ...["Mill", "Harbour", "Orchard"].map((name) => control.createGuild({ name }).id)];
    const shards = await Promise.all([0, 1].map((index) => enter(opened, { shard: [index, 2] })));
    expect(shards.map((shard) => shard.guildIds)).toEqual(
      [0n, 1n].map((index) => guilds.filter((id) => (BigInt(id) >> 22n) % 2n === index)),
    );
    expect(shards.map((shard) => shard.guildIds.length)).toEqual([2, 2]);
    control.sayDirect(opened.userId("rufus"), "for the first");
    await hears((shards[0] as { client: RawClient }).client, "for the first");
    expect(heard((shards[1] as { client: RawClient }).client)).toEqual([]);
  });

  it("comes in chunks when members are asked for", async () => {
    const opened = await house();
    const { client } = await enter(opened);
    client.send(8, { guild_id: opened.guildId, query: "", limit: 0, nonce: "all" });
    const chunk = await client.next("a chunk", (frame) => frame.t === "GUILD_MEMBERS_CHUNK");
    expect(chunk.d).toMatchObject({ chunk_index: 0, chunk_count: 1, nonce: "all" });
    expect((chunk.d as { members: unknown[] }).members).toHaveLength(7);
    client.send(8, { guild_id: opened.guildId, query: "", limit: 0 });
    await client.next("a refusal", (frame) => frame.t === "RATE_LIMITED");
  });
});
