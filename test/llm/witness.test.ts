import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { HARMS } from "#core";
import { countTokens } from "../../src/adapters/llm/prompts/tokens.ts";
import { CANARY, CONTEXT, GUILD, openGateway } from "./kit.ts";
import { fakeOthers } from "./other-kit.ts";

const NAME = "openai:omni-moderation-latest";
const closers: (() => unknown)[] = [];
// Its table is large; a house that has been up for a while has read it.
beforeAll(async () => void (await countTokens("warm")));
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function open(fault?: Parameters<typeof fakeOthers>[0], wishes: Partial<Parameters<typeof openGateway>[0]> = {}) {
  const provider = await fakeOthers(fault);
  closers.push(provider.close);
  const choices = { witnesses: [NAME], ...wishes.choices };
  return { ...provider, ...openGateway({ urls: { openai: provider.url }, chain: [], ...wishes, choices }) };
}

describe("a witness", () => {
  it("says what it finds in a text, in the house's own names", async () => {
    const { gateway, seen } = await open();
    const answer = await gateway.witness("I hate them all", CONTEXT);
    expect(answer).toMatchObject({ ok: true, model: NAME, value: { flagged: ["threat"] } });
    expect(answer.ok && answer.value.scores).toMatchObject({ hate: 0.4, threat: 0.9, "self-harm": 0.02, sexual: 0 });
    expect(answer.ok && Object.keys(answer.value.scores)).toEqual(HARMS);
    expect(seen).toMatchObject([{ body: { model: "omni-moderation-latest", input: "I hate them all" } }]);
  });

  it("stands in the books, is asked once for the same text, and answers a harmless one", async () => {
    const { gateway, seen } = await open();
    const first = await gateway.witness("good morning", CONTEXT);
    expect(first).toMatchObject({ ok: true, value: { flagged: [] } });
    expect(first.receipt?.spent).toMatchObject([
      { model: NAME, prompt: "house/witness", estimated: true, tokensIn: 2 },
    ]);
    expect((await gateway.witness("good morning", CONTEXT)).receipt).toMatchObject({ reused: true, spent: [] });
    expect(seen).toHaveLength(1);
    await gateway.witness("good morning", { ...CONTEXT, guildId: "80100000000000002" });
    expect(seen).toHaveLength(2);
  });

  it("none configured is an answer at once", async () => {
    const { gateway } = openGateway({ urls: {} });
    const none = { ok: false, code: "llm.exhausted", why: "no-provider" };
    expect(await gateway.witness("hello", CONTEXT)).toEqual(none);
  });

  it("is asked again where that helps, and left alone where it keeps failing", async () => {
    const again = await open((nth) => (nth === 0 ? { status: 503 } : undefined));
    expect(await again.gateway.witness("hello", CONTEXT)).toMatchObject({ ok: true });
    const down = await open(() => ({ status: 500 }), { choices: { retries: 0, breakAfter: 2, breakMs: 60_000 } });
    for (const text of ["a", "b", "c", "d"])
      expect(await down.gateway.witness(text, CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
    expect(down.seen).toHaveLength(2);
    expect(down.gateway.health()).toMatchObject([{ provider: "openai", models: [NAME], breaker: "open", failed: 2 }]);
  });

  it.each([
    ["no JSON", "what a lovely day"],
    ["no result", '{"results":[]}'],
    ["a score out of bounds", '{"results":[{"categories":{},"category_scores":{"hate":7}}]}'],
  ])("%s is no answer", async (_name, body) => {
    const { gateway } = await open(() => ({ body }));
    expect(await gateway.witness("hello", CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
  });

  it("costs its share of the budget, and is given up in time", async () => {
    const budget = { callsPerMonth: 1, dollarsPerDay: -1, dollarsPerMonth: -1 };
    const { gateway, limits } = await open(undefined, { budget });
    expect(await gateway.witness("a", CONTEXT)).toMatchObject({ ok: true });
    expect(await gateway.witness("b", CONTEXT)).toEqual({ ok: false, code: "llm.exhausted", why: "budget" });
    expect(limits).toEqual([[GUILD, "budget.callsPerMonth"]]);
    const slow = await open(() => "hang", { choices: { deadlineMs: 120 } });
    expect(await slow.gateway.witness("a", CONTEXT)).toMatchObject({ ok: false, why: "deadline" });
  });

  it.each([
    [401, "OPENAI_API_KEY"],
    [404, "models.witnesses in default.yaml"],
  ])("a %i says which setting is wrong, once, and keeps the key", async (status, setting) => {
    const { gateway, lines } = await open(() => ({ status }));
    const answers = [await gateway.witness("a", CONTEXT), await gateway.witness("b", CONTEXT)];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(setting);
    expect(JSON.stringify([answers, lines, gateway.health()])).not.toContain(CANARY);
  });
});
