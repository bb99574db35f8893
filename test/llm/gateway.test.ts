import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Answer } from "#core";
import type { ChatCompletionRequest, FixtureResponse } from "@copilotkit/aimock";
import { countTokens } from "../../src/adapters/llm/prompts/tokens.ts";
import {
  CONTEXT,
  COST,
  fails,
  fakeProvider,
  GUILD,
  MODELS,
  openGateway,
  question,
  says,
  type GatewayWishes,
} from "./kit.ts";

const good = { line: "well said" };
const closers: (() => unknown)[] = [];
// Its table is large; a house that has been up for a while has read it.
beforeAll(async () => void (await countTokens("warm")));
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function fake(...script: Parameters<typeof fakeProvider>) {
  const provider = await fakeProvider(...script);
  closers.push(provider.close);
  return provider;
}

const answering = () => fake((request) => says(request, good));
const later = (milliseconds: number, response: FixtureResponse): FixtureResponse =>
  new Promise((resolve) => setTimeout(() => resolve(response), milliseconds)) as unknown as FixtureResponse;

describe("the chain", () => {
  it("is asked in the operator's order, and the next one only where one fails", async () => {
    const dead = await fake(() => fails(500));
    const well = await answering();
    const third = await answering();
    const urls = { anthropic: dead.url, openai: well.url, "google-genai": third.url };
    const { gateway } = openGateway({ urls, choices: { retries: 1 } });
    expect(await gateway.ask(question("a"), CONTEXT)).toMatchObject({ ok: true, model: MODELS.openai });
    expect([dead.requests(), well.requests(), third.requests()]).toEqual([2, 1, 0]);
  });

  it("waits as long as a provider asks, and leaves one that asks for too long", async () => {
    const patient = await fake((request, nth) => (nth === 0 ? fails(429, 1) : says(request, good)));
    const first = openGateway({ urls: { anthropic: patient.url } });
    const waited = await first.gateway.ask(question("a"), CONTEXT);
    expect(waited).toMatchObject({ ok: true });
    expect(waited.receipt!.milliseconds).toBeGreaterThanOrEqual(1_000);
    const shut = await fake(() => fails(429, 60));
    const well = await answering();
    const second = openGateway({ urls: { anthropic: shut.url, openai: well.url } });
    const quick = await second.gateway.ask(question("a"), CONTEXT);
    expect(quick).toMatchObject({ ok: true, model: MODELS.openai });
    expect(shut.requests()).toBe(1);
  });

  it("ends at the deadline, whoever is still being asked, and books what may be charged for", async () => {
    // Whoever waited for this provider would have a good answer.
    const slow = await fake((request) => later(3_000, says(request, good)));
    const { gateway } = openGateway({ urls: { anthropic: slow.url }, choices: { deadlineMs: 200, timeoutMs: 9_000 } });
    const answer = await gateway.ask(question("a"), CONTEXT);
    expect(answer).toMatchObject({ ok: false, code: "llm.exhausted", why: "deadline" });
    expect(answer.receipt!.spent).toMatchObject([{ estimated: true, tokensOut: 0 }]);
  });

  it("leaves a provider that is too slow for the next one", async () => {
    const slow = await fake((request) => later(700, says(request, good)));
    const well = await answering();
    const { gateway } = openGateway({ urls: { anthropic: slow.url, openai: well.url }, choices: { timeoutMs: 150 } });
    const answer = await gateway.ask(question("a"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, model: MODELS.openai });
    expect(answer.receipt!.spent.map(({ estimated }) => estimated === true)).toEqual([true, false]);
  });

  it("hedges what is urgent, and only that", async () => {
    const urgent = { ...CONTEXT, priority: "high" } as const;
    const slow = await fake((request) => later(600, says(request, { line: "slow" })));
    const well = await answering();
    const open = () =>
      openGateway({ urls: { anthropic: slow.url, openai: well.url }, choices: { hedgeAfterMs: 50, timeoutMs: 4_000 } });
    const hedged = await open().gateway.ask(question("a"), urgent);
    expect(hedged).toMatchObject({ ok: true, model: MODELS.openai });
    expect(hedged.receipt!.spent).toHaveLength(2);
    expect(await open().gateway.ask(question("a"), CONTEXT)).toMatchObject({ ok: true, model: MODELS.anthropic });
  });

  it("no model configured is an answer at once", async () => {
    const { gateway } = openGateway({ urls: {} });
    expect(await gateway.ask(question("a"), CONTEXT)).toEqual({ ok: false, code: "llm.exhausted", why: "no-provider" });
  });

  it("a prompt that is not there is a mistake", async () => {
    const { gateway } = openGateway({ urls: {} });
    await expect(gateway.ask({ ...question("a"), prompt: "tester/none" }, CONTEXT)).rejects.toThrow(
      "prompts/tester/none.md is missing",
    );
  });

  it("asks for what is no object as well", async () => {
    const { url } = await fake((request) => says(request, { answer: "yes" }));
    const { gateway } = openGateway({ urls: { openai: url } });
    const closed = { ...question("a"), schema: z.enum(["yes", "no"]) };
    expect(await gateway.ask(closed, CONTEXT)).toMatchObject({ ok: true, value: "yes" });
  });
});

describe("the breaker", () => {
  it("opens when a provider is down, spares it, and closes when it is back", async () => {
    let isDown = true;
    const provider = await fake((request) => (isDown ? fails(500) : says(request, good)));
    const choices = { retries: 0, breakAfter: 3, breakMs: 100 };
    const { gateway, counts } = openGateway({ urls: { anthropic: provider.url }, choices });
    for (const text of ["a", "b", "c", "d", "e"]) await gateway.ask(question(text), CONTEXT);
    expect(provider.requests()).toBe(3);
    expect(gateway.health()).toMatchObject([{ provider: "anthropic", breaker: "open", failed: 3, answered: 0 }]);
    isDown = false;
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(await gateway.ask(question("f"), CONTEXT)).toMatchObject({ ok: true });
    expect(gateway.health()).toMatchObject([{ breaker: "closed", answered: 1, lastFailure: { status: 500 } }]);
    const states = [...counts.keys()].filter((key) => key.startsWith("llm_breaker"));
    expect(states.map((key) => /"state":"([a-z-]+)"/.exec(key)?.[1])).toEqual(["open", "half-open", "closed"]);
  });
});

describe("a breaker that lets one request try", () => {
  const choices = { retries: 0, breakAfter: 3, breakMs: 50, deadlineMs: 400 };

  /** A provider that was away long enough; its next answers are given. */
  async function afterOutage(answer: (request: ChatCompletionRequest, nth: number) => FixtureResponse) {
    const provider = await fake((request, nth) => (nth < 3 ? fails(500) : answer(request, nth - 3)));
    const opened = openGateway({ urls: { anthropic: provider.url }, choices });
    for (const text of ["a", "b", "c"]) await opened.gateway.ask(question(text), CONTEXT);
    expect(opened.gateway.health()[0]?.breaker).toBe("open");
    await new Promise((resolve) => setTimeout(resolve, 60));
    const ask = async (text: string) => {
      await opened.gateway.ask(question(text), CONTEXT);
      return opened.gateway.health()[0]?.breaker;
    };
    return ask;
  }

  it("closes on any answer, and then counts from the start", async () => {
    const ask = await afterOutage((_request, nth) => (nth === 0 ? fails(400) : fails(500)));
    expect(await ask("somebody is there")).toBe("closed");
    expect(await ask("one failure")).toBe("closed");
    expect(await ask("two")).toBe("closed");
    expect(await ask("three")).toBe("open");
  });

  it("stays open where nobody waited for the answer", async () => {
    const ask = await afterOutage((request) => later(3_000, says(request, good)));
    expect(await ask("too late")).toBe("open");
  });
});

describe("the same question", () => {
  it("is asked once while it is under way and for a while after, in one guild", async () => {
    const provider = await fake((request) => later(50, says(request, good)));
    let at = 1_790_000_000_000;
    const { gateway } = openGateway({ urls: { openai: provider.url }, now: () => at });
    const both = await Promise.all([gateway.ask(question("a"), CONTEXT), gateway.ask(question("a"), CONTEXT)]);
    expect(both.map((answer) => answer.receipt!.spent.length)).toEqual([1, 0]);
    expect(await gateway.ask(question("a"), CONTEXT)).toMatchObject({ ok: true, receipt: { reused: true, spent: [] } });
    expect(provider.requests()).toBe(1);
    await gateway.ask(question("a"), { ...CONTEXT, guildId: "80100000000000002" });
    await gateway.ask(question("b"), CONTEXT);
    expect(provider.requests()).toBe(3);
    at += 60_001;
    await gateway.ask(question("a"), CONTEXT);
    expect(provider.requests()).toBe(4);
  });

  it("a failure is not kept", async () => {
    const provider = await fake((request, nth) => (nth === 0 ? fails(400) : says(request, good)));
    const { gateway } = openGateway({ urls: { openai: provider.url } });
    expect(await gateway.ask(question("a"), CONTEXT)).toMatchObject({ ok: false });
    expect(await gateway.ask(question("a"), CONTEXT)).toMatchObject({ ok: true });
  });
});

describe("limits", () => {
  const free = { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 };
  const plan = { servers: -1, members: -1, callsPerMonth: -1 };
  const dollars = (COST * 2.5) / 1_000_000;

  it.each<readonly [string, Pick<GatewayWishes, "budget" | "plan">, string]>([
    ["calls of the guild", { budget: { ...free, callsPerMonth: 3 } }, "budget.callsPerMonth"],
    ["dollars of a day", { budget: { ...free, dollarsPerDay: dollars } }, "budget.dollarsPerDay"],
    ["dollars of a month", { budget: { ...free, dollarsPerMonth: dollars } }, "budget.dollarsPerMonth"],
    ["calls of the plan", { plan: { ...plan, callsPerMonth: 3 } }, "plan.callsPerMonth"],
  ])("%s: rules alone beyond it, and it is said", async (_name, wishes, limit) => {
    const provider = await answering();
    const { gateway, limits } = openGateway({ urls: { openai: provider.url }, ...wishes });
    const answers: Answer<unknown>[] = [];
    for (const text of ["a", "b", "c", "d"]) answers.push(await gateway.ask(question(text), CONTEXT));
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, false]);
    expect(answers[3]).toEqual({ ok: false, code: "llm.exhausted", why: "budget" });
    expect(limits).toEqual([[GUILD, limit]]);
    expect(provider.requests()).toBe(3);
  });

  it("many at once do not run past it", async () => {
    const provider = await fake((request) => later(30, says(request, good)));
    const { gateway } = openGateway({ urls: { openai: provider.url }, budget: { ...free, callsPerMonth: 5 } });
    const texts = Array.from({ length: 12 }, (_, index) => `question ${index}`);
    const answers = await Promise.all(texts.map((text) => gateway.ask(question(text), CONTEXT)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  });
});
