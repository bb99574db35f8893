import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FixtureResponse } from "@copilotkit/aimock";
import { afterEach, describe, expect, it } from "vitest";
import type { Provider } from "../../src/adapters/llm/index.ts";
import { CANARY, CONTEXT, COST, fails, fakeProvider, MODELS, openGateway, question, says, USAGE } from "./kit.ts";

const PROVIDERS = Object.keys(MODELS) as Provider[];
const good = { line: "well said" };
const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function fake(...script: Parameters<typeof fakeProvider>) {
  const provider = await fakeProvider(...script);
  closers.push(provider.close);
  return provider;
}

describe.each(PROVIDERS)("%s", (provider) => {
  it("answers in the question's schema, and says what it cost", async () => {
    const { url, mock } = await fake((request) => says(request, good));
    const { gateway } = openGateway({ urls: { [provider]: url } });
    const answer = await gateway.ask(question("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, value: good, model: MODELS[provider] });
    expect(answer.receipt?.spent).toMatchObject([{ model: MODELS[provider], prompt: "tester/line" }]);
    // The fake's Ollama never says what an answer cost: then it is our own count.
    if (provider === "ollama") expect(answer.receipt?.spent[0]).toMatchObject({ estimated: true });
    else
      expect(answer.receipt?.spent[0]).toMatchObject({ tokensIn: USAGE.in, tokensOut: USAGE.out, microdollars: COST });
    const asked = JSON.stringify(mock.getLastRequest()?.body);
    expect(asked).toContain("Answer with one line.");
    expect(asked).toMatch(/data-[0-9a-f]{16} name=\\+"text\\+">\\+nhello/);
  });

  it("is asked again where it says that this helps, and nothing is charged for that", async () => {
    const script: (FixtureResponse | undefined)[] = [fails(529), fails(500), undefined];
    const { url, requests } = await fake((request, nth) => script[nth] ?? says(request, good));
    const { gateway } = openGateway({ urls: { [provider]: url } });
    const answer = await gateway.ask(question("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, value: good });
    expect(requests()).toBe(3);
    expect(answer.receipt?.spent).toHaveLength(1);
  });

  it("503, then well", async () => {
    const { url } = await fake((request, nth) => (nth === 0 ? fails(503) : says(request, good)));
    const { gateway } = openGateway({ urls: { [provider]: url } });
    expect(await gateway.ask(question("hello"), CONTEXT)).toMatchObject({ ok: true });
  });

  it.each([
    ["no JSON", "what a lovely day"],
    ["JSON cut short", '{"line":"what a lov'],
    ["a field too many", { line: "x", target: "<@1>" }],
    ["a line too long", { line: "x".repeat(201) }],
  ])("%s is repaired once", async (_name, broken) => {
    const { url, requests, mock } = await fake((request, nth) => says(request, nth === 0 ? broken : good));
    const { gateway } = openGateway({ urls: { [provider]: url } });
    const answer = await gateway.ask(question("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, value: good });
    expect(requests()).toBe(2);
    expect(answer.receipt?.spent).toHaveLength(2);
    expect(JSON.stringify(mock.getLastRequest()?.body)).toContain("That answer cannot be used");
  });

  it("never gets more than one repair", async () => {
    const { url, requests } = await fake((request) => says(request, { line: 5 }));
    const { gateway } = openGateway({ urls: { [provider]: url } });
    const answer = await gateway.ask(question("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: false, code: "llm.exhausted", why: "all-failed" });
    expect(requests()).toBe(2);
    expect(answer.receipt?.spent).toHaveLength(2);
  });

  it.each([
    ["a wrong key", 401, /_API_KEY|OLLAMA_HOST/],
    ["an unknown model", 404, /_MODEL, or models in default\.yaml/],
  ])("%s is not asked again, and one line names the setting", async (_name, status, setting) => {
    const { url, requests } = await fake(() => fails(status));
    const { gateway, lines, limits } = openGateway({ urls: { [provider]: url } });
    await gateway.ask(question("hello"), CONTEXT);
    await gateway.ask(question("hello again"), CONTEXT);
    expect(requests()).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(setting);
    expect(limits).toEqual([]);
  });

  it("keeps its key to itself", async () => {
    const { url } = await fake((request, nth) => (nth < 3 ? fails([401, 500, 429][nth]!) : says(request, "not json")));
    const { gateway, lines, counts } = openGateway({ urls: { [provider]: url } });
    const answers = [];
    for (const text of ["a", "b", "c"]) answers.push(await gateway.ask(question(text), CONTEXT));
    const seen = JSON.stringify([answers, lines, [...counts], gateway.health()]);
    expect(seen).not.toContain(CANARY);
    expect(seen).not.toContain(CANARY.slice(3, 15));
  });

  it("an answer that breaks off is no answer", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"id":"x","content":[{"type":"text","te');
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { gateway } = openGateway({ urls: { [provider]: url }, choices: { retries: 0 } });
    expect(await gateway.ask(question("hello"), CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
  });

  it("malformed JSON around the answer goes to the next provider", async () => {
    const { url, mock } = await fake((request) => says(request, good));
    mock.setChaos({ malformedRate: 1 });
    const next = await fake((request) => says(request, { line: "from the next" }));
    const second: Provider = provider === "openai" ? "anthropic" : "openai";
    const { gateway } = openGateway({ urls: { [provider]: url, [second]: next.url } });
    const answer = await gateway.ask(question("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, value: { line: "from the next" }, model: MODELS[second] });
  });
});

describe("Ollama's stream", () => {
  it.each([
    ["cut", { disconnectAfterMs: 5, latency: 20, chunkSize: 2 }],
    ["truncated", { truncateAfterChunks: 2, chunkSize: 2 }],
  ])("%s is no answer", async (_name, cut) => {
    const { url, mock } = await fake((request) => says(request, good));
    mock.clearFixtures();
    mock.on({}, (request) => says(request, good), cut);
    const { gateway } = openGateway({ urls: { ollama: url }, choices: { retries: 0 } });
    expect(await gateway.ask(question("hello"), CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
  });
});
