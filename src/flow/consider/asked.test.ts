import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Answer, Exhausted, Findings, LlmGateway, Question, Spending } from "#core";
import { createAsked } from "./asked.ts";

const context = { guildId: "1", agent: "a", priority: "low" } as const;
const about = (text: string): Question<string> => ({ prompt: "a/b", variables: { text }, schema: z.string() });
const cost = (microdollars: number): Spending => ({
  ...{ model: "m", prompt: "a/b", at: 1, tokensIn: 1, tokensOut: 1, microdollars },
});
const receipt = (microdollars: number) => ({ promptHash: "", milliseconds: 1, spent: [cost(microdollars)] });
const none = (why: Exhausted): Answer<never> => ({ ok: false, code: "llm.exhausted", why });

/** Answers with the question's own words; a longer one is answered sooner. */
function gateway(over: Partial<LlmGateway> = {}) {
  const put: string[] = [];
  const answerTo = (text: string): Answer<string> => ({ ok: true, value: text, model: "m", receipt: receipt(1) });
  const llm = {
    ask: async (question: Question<unknown>) => {
      const text = String(question.variables.text);
      put.push(text);
      for (let turns = 10 - text.length; turns > 0; turns -= 1) await Promise.resolve();
      return answerTo(text);
    },
    witness: () => Promise.resolve(none("no-provider")),
    embed: () => Promise.resolve(none("no-provider")),
    embeddingModel: undefined,
    ...over,
  } as LlmGateway;
  return { llm, put };
}

describe("the questions of one slow half", () => {
  it("side by side get each its own answer, and are not put again in a second pass", async () => {
    const { llm, put } = gateway();
    const asked = createAsked(llm, context);
    const both = async () => {
      const { ask } = asked.roads();
      return (await Promise.all([ask(about("a")), ask(about("bbb"))])).map((answer) => answer.ok && answer.value);
    };
    expect(await both()).toEqual(["a", "bbb"]);
    expect(await both()).toEqual(["a", "bbb"]);
    expect(put).toEqual(["a", "bbb"]);
    expect((await asked.costs()).spent).toHaveLength(2);
  });

  it("that are put otherwise in a second pass get an answer of their own, and all of them are paid for", async () => {
    const { llm, put } = gateway();
    const asked = createAsked(llm, context);
    await asked.roads().ask(about("before"));
    expect(await asked.roads().ask(about("after"))).toMatchObject({ value: "after" });
    expect(put).toEqual(["before", "after"]);
    expect((await asked.costs()).spent).toHaveLength(2);
  });

  it("put twice in one pass are put twice", async () => {
    const { llm, put } = gateway();
    const { ask } = createAsked(llm, context).roads();
    await Promise.all([ask(about("a")), ask(about("a"))]);
    expect(put).toEqual(["a", "a"]);
  });

  it("a mistake goes to the agent, and costs nothing", async () => {
    const asked = createAsked(gateway({ ask: () => Promise.reject(new Error("no such prompt")) }).llm, context);
    await expect(asked.roads().ask(about("a"))).rejects.toThrow("no such prompt");
    expect(await asked.costs()).toEqual({ spent: [] });
  });

  const found: Answer<Findings> = { ok: true, value: {} as Findings, model: "w", receipt: receipt(3) };
  it.each<readonly [string, Answer<string>, Answer<Findings>, Exhausted | undefined, number]>([
    ["both answer", { ok: true, value: "", model: "m", receipt: receipt(2) }, found, undefined, 5],
    ["nobody answers the question", { ...none("all-failed"), receipt: receipt(2) }, found, "all-failed", 5],
    ["there is no witness", { ok: true, value: "", model: "m" }, none("no-provider"), undefined, 0],
    ["the witness has no budget", { ok: true, value: "", model: "m" }, none("budget"), "budget", 0],
  ])("%s: the decision says so", async (_name, answer, testimony, exhausted, microdollars) => {
    const over = { ask: () => Promise.resolve(answer as Answer<never>), witness: () => Promise.resolve(testimony) };
    const asked = createAsked(gateway(over).llm, context);
    const { ask, witness } = asked.roads();
    await Promise.all([ask(about("a")), witness("text")]);
    const costs = await asked.costs();
    expect(costs.exhausted).toBe(exhausted);
    expect(costs.spent.reduce((sum, one) => sum + one.microdollars, 0)).toBe(microdollars);
  });
});
