import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { likeness } from "#core";
import type { Provider } from "../../src/adapters/llm/index.ts";
import { countTokens } from "../../src/adapters/llm/prompts/tokens.ts";
import { accessTo, CONTEXT, openGateway } from "./kit.ts";
import { asked, DIMENSIONS, fakeOthers, passages } from "./other-kit.ts";

const VECTORS: readonly (readonly [Provider, string])[] = [
  ["openai", "openai:text-embedding-3-small"],
  ["google-genai", "google-genai:gemini-embedding-001"],
  ["ollama", "ollama:nomic-embed-text"],
];
const closers: (() => unknown)[] = [];
// Its table is large; a house that has been up for a while has read it.
beforeAll(async () => void (await countTokens("warm")));
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function open(
  [provider, name]: readonly [Provider, string],
  fault?: Parameters<typeof fakeOthers>[0],
  choices: Parameters<typeof openGateway>[0]["choices"] = {},
) {
  const fake = await fakeOthers(fault);
  closers.push(fake.close);
  const access = { [provider]: accessTo(provider, fake.url) };
  return { ...fake, ...openGateway({ urls: {}, choices: { access, embedding: name, prices: {}, ...choices } }) };
}

describe.each(VECTORS)("vectors by %s", (provider, name) => {
  const one = [provider, name] as const;

  it("come in the order of the texts, of length 1, and are alike where the texts are", async () => {
    const { gateway } = await open(one);
    expect(gateway.embeddingModel).toBe(name);
    const answer = await gateway.embed(passages("the rules are here", "soup needs salt"), CONTEXT);
    expect(answer).toMatchObject({ ok: true, model: name });
    const [rules, soup] = answer.ok ? answer.value : [];
    expect(rules).toHaveLength(DIMENSIONS);
    expect(likeness(rules!, rules!)).toBeCloseTo(1);
    const question = await gateway.embed(asked("where are the rules"), CONTEXT);
    const [where] = question.ok ? question.value : [];
    expect(likeness(where!, rules!)).toBeGreaterThan(likeness(where!, soup!));
  });

  it("of many texts are asked for in batches, each of them booked", async () => {
    const { gateway, seen } = await open(one, undefined, { prices: { [name]: { in: 2, out: 0 } } });
    const texts = Array.from({ length: 150 }, (_, index) => `passage number ${index}`);
    const answer = await gateway.embed(passages(...texts), CONTEXT);
    expect(answer.ok && answer.value).toHaveLength(150);
    expect(seen).toHaveLength(3);
    expect(answer.receipt?.spent).toHaveLength(3);
    const [first] = answer.receipt!.spent;
    expect(first).toMatchObject({ model: name, prompt: "house/vectors", tokensOut: 0, estimated: true });
    expect(first!.microdollars).toBe(first!.tokensIn * 2);
  });

  it("are asked for again where that helps, and a refusal names the setting", async () => {
    const again = await open(one, (nth) => (nth < 2 ? { status: 503 } : undefined));
    expect(await again.gateway.embed(asked("hello"), CONTEXT)).toMatchObject({ ok: true });
    const refused = await open(one, () => ({ status: 404 }));
    expect(await refused.gateway.embed(asked("hello"), CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
    expect(refused.lines).toHaveLength(1);
    expect(refused.lines[0]).toContain("models.embeddings in default.yaml");
  });

  it("are given up in time, and what was asked for may be charged", async () => {
    const { gateway } = await open(one, () => "hang", { deadlineMs: 150 });
    const answer = await gateway.embed(asked("hello"), CONTEXT);
    expect(answer).toMatchObject({ ok: false, why: "deadline" });
    expect(answer.receipt?.spent).toMatchObject([{ estimated: true }]);
  });

  it.each([
    ["too few", { data: [], embeddings: [] }],
    [
      "no direction",
      { data: [{ embedding: [0, 0] }], embeddings: provider === "ollama" ? [[0, 0]] : [{ values: [0, 0] }] },
    ],
  ])("%s is no answer", async (_name, body) => {
    const { gateway } = await open(one, () => ({ body: JSON.stringify(body) }));
    expect(await gateway.embed(asked("hello"), CONTEXT)).toMatchObject({ ok: false, why: "all-failed" });
  });
});

describe("vectors", () => {
  it("the reason for which a whole batch failed is told: a client that hides it is asked again for one text", async () => {
    const { gateway, seen, lines } = await open(VECTORS[1]!, () => ({ status: 401 }));
    expect(await gateway.embed(passages("a", "b"), CONTEXT)).toMatchObject({ ok: false });
    expect(seen.map(({ path }) => path.split(":").at(-1)?.split("?")[0])).toEqual([
      "batchEmbedContents",
      "embedContent",
    ]);
    expect(lines[0]).toContain("GEMINI_API_KEY");
  });

  it("Google is told which texts are questions and which are passages", async () => {
    const { gateway, seen } = await open(VECTORS[1]!);
    await gateway.embed(asked("a"), CONTEXT);
    await gateway.embed(passages("b"), CONTEXT);
    expect(JSON.stringify(seen[0])).toContain("RETRIEVAL_QUERY");
    expect(JSON.stringify(seen[1])).toContain("RETRIEVAL_DOCUMENT");
  });

  it("of a model that can be cut are asked for short", async () => {
    const { gateway, seen } = await open(VECTORS[0]!);
    await gateway.embed(asked("a"), CONTEXT);
    expect(seen[0]?.body).toMatchObject({ dimensions: 512 });
    const other = await open(["openai", "openai:my-own"]);
    await other.gateway.embed(asked("a"), CONTEXT);
    expect(other.seen[0]?.body).not.toHaveProperty("dimensions");
  });

  it("of a question are asked for once, and without a model there are none", async () => {
    const { gateway, seen } = await open(VECTORS[0]!);
    await gateway.embed(asked("a"), CONTEXT);
    expect((await gateway.embed(asked("a"), CONTEXT)).receipt).toMatchObject({ reused: true });
    expect(seen).toHaveLength(1);
    const { gateway: without } = openGateway({ urls: {} });
    expect(without.embeddingModel).toBeUndefined();
    expect(await without.embed(asked("a"), CONTEXT)).toMatchObject({ ok: false, why: "no-provider" });
  });
});
