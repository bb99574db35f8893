import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  consider,
  defineAgent,
  HARMS,
  propose,
  type Agent,
  type Answer,
  type Findings,
  type GuildEvent,
  type Spending,
} from "#core";
import { replay } from "../../src/flow/index.ts";
import { scriptedLlm, type OtherScripts } from "../../src/adapters/memory/llm.ts";
import { GUILD, message, OWNER, policy } from "../kit/guild.ts";
import { startRoad, type TestRoad } from "../kit/road.ts";

/** Answers with a model's word where there is one, and with its own where there is none. */
const talker: Agent = defineAgent({
  name: "talker",
  description: "for the test",
  listens: ["message.created"],
  config: z.unknown(),
  decide: () => [consider({})],
  async consider(event, look) {
    const answer = await look.ask({ prompt: "talker/word", variables: { text: event.text }, schema: z.string() });
    // A read that memory must fetch first: the half is thought twice, and asked once.
    look.total("asked", "all");
    const text = answer.ok ? answer.value : "by rule";
    return [propose({ verb: "message.send", channelId: event.channelId, words: { text } }, reasons)];
  },
});
const reasons = { rule: "talk", why: "was spoken to", confidence: 1 };

const spent: Spending = {
  ...{ model: "openai:small", prompt: "talker/word", at: 1_790_000_000_000 },
  ...{ tokensIn: 120, tokensOut: 8, microdollars: 23 },
};
const receipt = { promptHash: "abc", milliseconds: 12, spent: [spent, { ...spent, tokensOut: 2, microdollars: 19 }] };

let house: TestRoad;
afterEach(() => house.stop());

async function asked(answer: Answer<unknown>) {
  let times = 0;
  const gateway = { ...scriptedLlm(() => undefined), ask: () => (times++, Promise.resolve(answer as Answer<never>)) };
  house = await startRoad({ agents: [talker], llm: gateway });
  const event = message("hello");
  house.bring(event);
  await house.commitOf((entry) => entry.considered !== undefined && entry.event.id === event.id);
  const story = await house.store.guild(GUILD).story(event.id);
  const slow = story!.decisions.find(({ phase }) => phase === "slow")!;
  const ledger = await house.store.guild(GUILD).spending({ from: 0, to: Number.MAX_SAFE_INTEGER });
  return { event, slow, ledger, times };
}

describe("what a question costs", () => {
  it("is booked by the commit of the decision, every attempt of it once", async () => {
    const { ledger, times, slow } = await asked({ ok: true, value: "hi", model: "openai:small", receipt });
    expect(times).toBe(1);
    expect(ledger).toMatchObject([
      { agent: "talker", prompt: "talker/word", calls: 2, tokensIn: 240, tokensOut: 10, microdollars: 42 },
    ]);
    expect(slow.exhausted).toBeUndefined();
  });

  it("is booked where nobody gave a useful answer as well, and the decision says that rules alone spoke", async () => {
    const { ledger, slow, event } = await asked({ ok: false, code: "llm.exhausted", why: "all-failed", receipt });
    expect(ledger).toMatchObject([{ calls: 2, microdollars: 42 }]);
    expect(slow.exhausted).toBe("all-failed");
    expect(slow.verdicts[0]?.proposal.action).toMatchObject({ words: { text: "by rule" } });
    const again = await replay(slow, event, new Map([["talker", talker]]), policy());
    expect(again).toEqual({ same: true });
  });
});

describe("a witness", () => {
  const flagger: Agent = defineAgent({
    ...{ name: "flagger", description: "for the test", listens: ["message.created"], config: z.unknown() },
    decide: () => [consider({})],
    async consider(event, look) {
      const found = await look.witness(event.text);
      const text = found.ok ? `found ${found.value.flagged.join()}` : `no witness: ${found.why}`;
      return [propose({ verb: "message.send", channelId: event.channelId, words: { text } }, reasons)];
    },
  });
  const scores = { ...Object.fromEntries(HARMS.map((harm) => [harm, 0])), hate: 0.9 } as Findings["scores"];

  it.each<readonly [string, OtherScripts, string]>([
    [
      "speaks, and what it said is replayed without it",
      { witness: () => ({ flagged: ["hate"], scores }) },
      "found hate",
    ],
    ["is not there, and the decision is none of a model's", {}, "no witness: no-provider"],
  ])("%s", async (_name, others, text) => {
    house = await startRoad({ agents: [flagger], llm: scriptedLlm(() => undefined, "openai:omni", others) });
    const event = message("hello");
    house.bring(event);
    await house.commitOf((entry) => entry.considered !== undefined && entry.event.id === event.id);
    const story = await house.store.guild(GUILD).story(event.id);
    const slow = story!.decisions.find(({ phase }) => phase === "slow")!;
    expect(slow.verdicts[0]?.proposal.action).toMatchObject({ words: { text } });
    expect(slow.exhausted).toBeUndefined();
    expect(await replay(slow, event, new Map([["flagger", flagger]]), policy())).toEqual({ same: true });
  });
});

describe("a limit that is reached", () => {
  const reached = (limit: string, month: string): GuildEvent => {
    const id = `budget:${GUILD}:${limit}:${month}`;
    return { id, guildId: GUILD, at: 1_790_000_000_000, kind: "budget.reached", limit, month };
  };
  const told = () => house.world.performed.filter(({ action }) => action.verb === "dm.open").length;

  it("is told to the owner once a month, and again when another one is reached", async () => {
    house = await startRoad({ agents: [] });
    house.world.answer = () => ({ kind: "done", result: { channelId: "900" } });
    const first = reached("budget.dollarsPerDay", "2026-11");
    // The id of the last is as fresh as any: only what is on record says that it was told.
    for (const event of [first, first, { ...first, id: "the same, seven days later" }]) house.bring(event);
    await house.commitOf(({ event }) => event.id === "the same, seven days later");
    await house.commitOf(({ event }) => event.kind === "action.done" && event.orderId.endsWith("#1"));
    expect(told()).toBe(1);
    expect(house.world.performed.map(({ action }) => action)).toMatchObject([
      { verb: "dm.open", userId: OWNER },
      {
        verb: "message.send",
        words: { text: expect.stringContaining("today's budget for models is spent") as string },
      },
    ]);
    const next = reached("budget.dollarsPerDay", "2026-12");
    house.bring(next);
    await house.commitOf(({ event }) => event.kind === "action.done" && event.orderId === `${next.id}/house/notice#1`);
    expect(told()).toBe(2);
  });
});
