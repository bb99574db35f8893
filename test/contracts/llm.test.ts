import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { LlmGateway, Question } from "#core";
import { scriptedLlm } from "../../src/adapters/memory/llm.ts";
import { CONTEXT, fails, fakeProvider, openGateway, says } from "../llm/kit.ts";

/** What the model says to a question's text; undefined is a model that is not there. */
type Script = (text: string) => unknown;

/** What every twin of the LlmGateway port promises. */
function llmContract(name: string, open: (script: Script) => Promise<LlmGateway>): void {
  const schema = z.strictObject({ mood: z.enum(["glad", "sad"]), sure: z.number().min(0).max(1) });
  const about = (text: string): Question<z.infer<typeof schema>> => ({
    ...{ prompt: "tester/line", variables: { text }, schema },
  });

  describe(`LlmGateway: ${name}`, () => {
    it("gives an answer of the question's schema, with the model that gave it", async () => {
      const gateway = await open(() => ({ mood: "glad", sure: 0.8 }));
      const answer = await gateway.ask(about("sunshine"), CONTEXT);
      expect(answer).toMatchObject({ ok: true, value: { mood: "glad", sure: 0.8 } });
      expect(answer.ok && answer.model).toMatch(/^[a-z-]+:\S+$/);
    });

    it.each([
      ["a choice that was not offered", { mood: "furious", sure: 1 }],
      ["a number out of bounds", { mood: "sad", sure: 7 }],
      ["a field too many", { mood: "sad", sure: 1, userId: "999" }],
      ["a field too few", { mood: "sad" }],
      ["no object", "glad"],
    ])("%s is no answer", async (_name, said) => {
      const gateway = await open(() => said);
      expect(await gateway.ask(about("rain"), CONTEXT)).toMatchObject({
        ...{ ok: false, code: "llm.exhausted", why: "all-failed" },
      });
    });

    it("nobody there is an answer, not an error, and says why", async () => {
      const gateway = await open(() => undefined);
      const answer = await gateway.ask(about("fog"), CONTEXT);
      expect(answer).toMatchObject({ ok: false, code: "llm.exhausted" });
      expect(answer.ok ? "" : answer.why).toMatch(/^(no-provider|all-failed)$/);
    });

    it("answers each question by its own words", async () => {
      const gateway = await open((text) => ({ mood: text.includes("rain") ? "sad" : "glad", sure: 1 }));
      const texts = ["rain", "sunshine", "more rain"];
      const answers = await Promise.all(texts.map((text) => gateway.ask(about(text), CONTEXT)));
      expect(answers.map((answer) => answer.ok && answer.value.mood)).toEqual(["sad", "glad", "sad"]);
    });
  });
}

llmContract("memory", async (script) =>
  scriptedLlm((question) => script((question.variables as { text: string }).text)),
);

const closers: (() => void)[] = [];
afterAll(() => closers.forEach((close) => close()));

llmContract("providers", async (script) => {
  const provider = await fakeProvider((request) => {
    const user = request.messages.find(({ role }) => role === "user")?.content;
    const said = script(typeof user === "string" ? user : JSON.stringify(user));
    return said === undefined ? fails(400) : says(request, said);
  });
  closers.push(provider.close);
  return openGateway({ urls: { openai: provider.url } }).gateway;
});
