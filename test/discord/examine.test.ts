import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineAgent, type Finding } from "#core";
import { examineDiscord, type ExamineOptions } from "../../src/adapters/discord/examine/index.ts";
import { budgetFinding, clockFinding } from "../../src/adapters/discord/examine/application.ts";
import { type Control, startSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { policy } from "../kit/guild.ts";
import { noMetrics, silentLog } from "../kit/road.ts";
import { connectDiscord } from "../../src/adapters/discord/index.ts";
import { Ledger } from "./house.ts";
import { plainSeal } from "./context.ts";

const keeper = defineAgent({
  name: "keeper",
  description: "Keeps the peace",
  listens: ["message.created"],
  config: z.unknown(),
  verbs: ["message.delete", "member.timeout"],
  commands: [{ name: "hush", description: "Hush", options: [], reply: "ephemeral" }],
  decide: () => [],
});

let simulator: Simulator;
let control: Control;
let guildId: string;
let channelId: string;

async function open(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator(options);
  control = simulator.control;
  guildId = control.createGuild({ name: "Owlery", members: [{ name: "ada" }] }).id;
  channelId = control.channels(guildId)[0]!.id;
}
afterEach(() => simulator.close());

function examine(changes: Partial<ExamineOptions> = {}): Promise<readonly Finding[]> {
  const agents = { keeper: { mode: "live", config: {}, hash: "test" } } as const;
  return examineDiscord({
    ...{ token: simulator.token, apiUrl: simulator.apiUrl, log: silentLog, metrics: noMetrics },
    ...{ clock: { now: () => Date.now() }, agents: [keeper] },
    policyFor: async (id) => policy({ guildId: id, agents }),
    ...changes,
  });
}

const troubles = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state !== "ok").map(({ about, state, what }) => `${state} ${about}: ${what}`);

describe("a healthy bot", () => {
  beforeEach(() => open());

  it("has only commands to write, and none after the house has written them", async () => {
    expect(troubles(await examine())).toEqual([
      "weaker commands: Discord does not know them as agents declare them: missing hush",
    ]);
    const connection = await connectDiscord({
      ...{ token: simulator.token, apiUrl: simulator.apiUrl, log: silentLog, metrics: noMetrics },
      ...{ road: new Ledger(), seal: plainSeal, clock: { now: () => Date.now() }, agents: [keeper], shardIds: [] },
      ...{ checkpoint: async () => undefined, killSwitch: { pass: () => undefined }, fatal: () => undefined },
    });
    await connection.registerCommands();
    const written = control.requests().length;
    await connection.registerCommands();
    expect(
      control
        .requests()
        .slice(written)
        .map(({ method }) => method),
    ).toEqual(["GET"]);
    await connection.close();
    expect(troubles(await examine())).toEqual([]);
  });

  it("opens no session and changes nothing", async () => {
    await examine();
    expect([...new Set(control.requests().map(({ method }) => method))]).toEqual(["GET"]);
  });

  it("hears what is said in a channel", async () => {
    const findings = await examine({ channelId });
    expect(findings.at(-1)).toMatchObject({ state: "ok", what: "what is said there is heard", guildId });
  });

  it.each([
    ["shadow", "weaker", "keeper is in shadow here: it decides and does nothing"],
    ["off", "weaker", "keeper is switched off in this guild"],
  ] as const)("is told of an agent in mode %s", async (mode, state, what) => {
    const agents = { keeper: { mode, config: {}, hash: "test" } };
    const findings = await examine({ channelId, policyFor: async (id) => policy({ guildId: id, agents }) });
    expect(findings.at(-1)).toMatchObject({ state, what });
  });

  it("is told of a channel that an agent leaves alone", async () => {
    const agents = { keeper: { mode: "live", config: { exemptChannelIds: [channelId] }, hash: "test" } } as const;
    const findings = await examine({ channelId, policyFor: async (id) => policy({ guildId: id, agents }) });
    expect(findings.at(-1)).toMatchObject({ state: "weaker", what: "keeper leaves this channel alone" });
  });

  it.each([
    [{ channelId: "123456789012345678" }, /does not exist in any guild/],
    [{ guildId: "123456789012345678" }, /not in this guild/],
    [{ token: "not.the.token" }, /Discord does not accept it/],
    [{ token: "Bot abc" }, /must be the token alone/],
    [{ apiUrl: "http://127.0.0.1:9" }, /cannot be reached/],
  ])("%j is broken, and says so", async (changes, says) => {
    const found = (await examine(changes)).filter(({ state }) => state === "broken");
    expect(found).toMatchObject([{ what: expect.stringMatching(says) as unknown, fix: expect.any(String) as unknown }]);
  });
});

describe("an intent that is switched off", () => {
  it.each([
    ["content", "weaker", /texts arrive empty/],
    ["members", "broken", /Discord closes the connection/],
  ] as const)("%s: what is lost is said", async (name, state, says) => {
    await open();
    control.allowIntent(name, false);
    const findings = await examine();
    expect(findings.filter(({ about }) => about === "intents").find((one) => one.state !== "ok")).toMatchObject({
      ...{ state, what: expect.stringMatching(says) as unknown },
    });
  });
});

describe("numbers", () => {
  beforeEach(() => open());
  const limit = (remaining: number) => ({
    url: "",
    shards: 2,
    session_start_limit: { total: 1_000, remaining, reset_after: 7_200_000, max_concurrency: 1 },
  });

  it.each([
    [1_000, "ok"],
    [99, "weaker"],
    [1, "broken"],
  ])("%i session starts left: %s", (remaining, state) => {
    expect(budgetFinding(limit(remaining)).state).toBe(state);
  });

  it.each([
    [1_500, "ok", /agrees/],
    [-5_000, "weaker", /5 s behind/],
    [60_000, "broken", /60 s ahead/],
  ])("a clock that is %i ms off: %s", (skew, state, says) => {
    expect(clockFinding(1_790_000_000_000, 1_790_000_000_000 + skew)).toMatchObject({
      ...{ state, what: expect.stringMatching(says) as unknown },
    });
  });
});
