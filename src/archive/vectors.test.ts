import { describe, expect, it } from "vitest";
import type { CommitEntry, Embedding, GuildEvent, LlmGateway, Spending } from "#core";
import { scriptedLlm } from "../adapters/memory/llm.ts";
import { createMemoryStore } from "../adapters/memory/store/index.ts";
import { entry, openDesk, type Desk } from "../../test/contracts/store.kit.ts";
import { createVectors } from "./vectors.ts";

const nothing = (): void => undefined;
const MODEL = "script:vectors";
const spent: Spending = {
  ...{ model: MODEL, prompt: "house/vectors", at: 1, tokensIn: 3, tokensOut: 0, microdollars: 7 },
};

/** Knows how long a text is: that is its meaning here. */
function gateway(wrong: (nth: number) => boolean = () => false) {
  const asked: Embedding[] = [];
  const embed: LlmGateway["embed"] = async (embedding) => {
    const receipt = { promptHash: "", milliseconds: 1, spent: [spent] };
    if (wrong(asked.push(embedding) - 1)) return { ok: false, code: "llm.exhausted", why: "all-failed", receipt };
    return { ok: true, value: embedding.texts.map(({ length }) => [length, 1]), model: MODEL, receipt };
  };
  return { asked, llm: { ...scriptedLlm(() => undefined), embed, embeddingModel: MODEL } };
}

async function house(llm: LlmGateway) {
  const desk = await openDesk(createMemoryStore());
  const events: GuildEvent[] = [];
  const warned: object[] = [];
  const log = { debug: nothing, info: nothing, warn: (fields: object) => void warned.push(fields), error: nothing };
  const guilds = async () => [{ guildId: desk.guildId, name: "" }];
  const vectors = createVectors({
    ...{ store: { ...desk.store, guilds }, llm, log, clock: { now: () => 5 } },
    submit: async (event) => void events.push(event),
  });
  return { desk, vectors, events, warned, bare: () => desk.store.guild(desk.guildId).bare(MODEL, 999) };
}

async function given(desk: Desk, ...texts: readonly string[]): Promise<CommitEntry> {
  const source = { id: desk.id("entry"), kind: "entry", by: "discord:1", at: 1 } as const;
  const passages = texts.map((text) => ({ asks: [], text }));
  const one = entry(desk.message(), {
    writes: [{ owner: "faq", change: { write: "knowledge.put", source, passages } }],
  });
  await desk.committed(one);
  return one;
}

describe("passages become vectors", () => {
  it("after the commit that puts them, and what it cost is one event", async () => {
    const { llm, asked } = gateway();
    const { desk, vectors, events, bare } = await house(llm);
    vectors.committed([await given(desk, "oar", "sail")]);
    await expect.poll(bare).toEqual([]);
    await expect
      .poll(() => events)
      .toMatchObject([{ kind: "vectors.made", model: MODEL, passages: 2, spent: [spent] }]);
    expect(asked).toEqual([{ texts: ["oar", "sail"], as: "passage" }]);
    vectors.committed([entry(desk.message())]);
    await vectors.close();
    expect(asked).toHaveLength(1);
  });

  it("at the start, in several goes where there are many", async () => {
    const { llm, asked } = gateway();
    const { desk, vectors, bare } = await house(llm);
    await given(desk, ...Array.from({ length: 300 }, (_, index) => `passage ${index}`));
    await vectors.start();
    await expect.poll(bare).toEqual([]);
    expect(asked.map(({ texts }) => texts.length)).toEqual([256, 44]);
  });

  it("later, where nobody answers now: what it cost is told, and the next change tries again", async () => {
    const { llm, asked } = gateway((nth) => nth === 0);
    const { desk, vectors, events, bare } = await house(llm);
    vectors.committed([await given(desk, "oar")]);
    await expect.poll(() => events).toMatchObject([{ passages: 0, spent: [spent] }]);
    expect(await bare()).toHaveLength(1);
    vectors.committed([await given(desk, "sail")]);
    await expect.poll(bare).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it("never, where there is no model of vectors", async () => {
    const { desk, vectors, events } = await house(scriptedLlm(() => undefined));
    vectors.committed([await given(desk, "oar")]);
    await vectors.start();
    await vectors.close();
    expect(events).toEqual([]);
  });

  it("a house that closes does not wait for a provider, and stores nothing afterwards", async () => {
    let answer = nothing;
    const { llm } = gateway();
    const waited = new Promise<void>((resolve) => (answer = resolve));
    const embed: LlmGateway["embed"] = async (...given) => (await waited, llm.embed(...given));
    const { desk, vectors, events, bare, warned } = await house({ ...llm, embed });
    vectors.committed([await given(desk, "oar")]);
    await vectors.start();
    await new Promise((resolve) => setImmediate(resolve));
    await vectors.close();
    answer();
    await new Promise((resolve) => setImmediate(resolve));
    expect([events, warned, (await bare()).length]).toEqual([[], [], 1]);
  });
});
