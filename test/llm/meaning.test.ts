import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { consider, defineAgent, propose, write, type Agent, type LlmGateway, type Spending, type Vector } from "#core";
import { replay } from "../../src/flow/index.ts";
import { scriptedLlm } from "../../src/adapters/memory/llm.ts";
import { GUILD, message, policy } from "../kit/guild.ts";
import { startRoad, type TestRoad } from "../kit/road.ts";

/** Learns what begins with "learn", and looks up everything else. */
const librarian: Agent = defineAgent({
  name: "librarian",
  description: "for the test",
  listens: ["message.created"],
  config: z.unknown(),
  decide(event) {
    if (!event.text.startsWith("learn ")) return [consider({})];
    const [title = "", text = ""] = event.text.slice(6).split(": ");
    const source = { id: `entry:${event.messageId}`, kind: "entry", by: "discord:1", at: event.at } as const;
    return [write({ write: "knowledge.put", source, passages: [{ asks: [title], text }] })];
  },
  async consider(event, look) {
    const { hits, answers } = await look.search({ of: "knowledge", text: event.text });
    const text = `${answers ? "sure" : "unsure"}: ${hits.map(({ passage }) => passage.text).join(", ")}`;
    return [propose({ verb: "message.send", channelId: event.channelId, words: { text } }, reasons)];
  },
});
const reasons = { rule: "find", why: "was asked", confidence: 1 };
const MODEL = "script:vectors";
const spent: Spending = {
  ...{ model: MODEL, prompt: "house/vectors", at: 1_790_000_000_000, tokensIn: 5, tokensOut: 0, microdollars: 3 },
};

/** Boats lie in one direction, food in another, whatever they are called. */
const meaningOf = (text: string): Vector => (/\b(oars?|dinghy|rowing|paddle)\b/i.test(text) ? [1, 0] : [0, 1]);

let house: TestRoad;
afterEach(() => house.stop());

async function open(over: Partial<LlmGateway> = {}) {
  const asked: string[] = [];
  const embed: LlmGateway["embed"] = ({ texts }) => {
    asked.push(...texts);
    const receipt = { promptHash: "", milliseconds: 1, spent: [spent] };
    return Promise.resolve({ ok: true, value: texts.map(meaningOf), model: MODEL, receipt });
  };
  const llm = { ...scriptedLlm(() => undefined), embed, embeddingModel: MODEL, ...over };
  house = await startRoad({ agents: [librarian], llm });
  for (const lesson of ["learn Where is the paddle: In the shed.", "learn What is for lunch: Soup."]) {
    const event = message(lesson);
    house.bring(event);
    await house.commitOf((entry) => entry.event.id === event.id);
  }
  const guild = house.store.guild(GUILD);
  const bare = await guild.bare(MODEL, 9);
  await guild.putVectors(
    MODEL,
    bare.map((one) => ({ ...one, vector: meaningOf(one.text) })),
  );
  return { asked, guild };
}

async function ask(text: string) {
  const event = message(text);
  house.bring(event);
  await house.commitOf((entry) => entry.considered !== undefined && entry.event.id === event.id);
  const story = await house.store.guild(GUILD).story(event.id);
  const slow = story!.decisions.find(({ phase }) => phase === "slow")!;
  const { action } = slow.verdicts[0]!.proposal;
  const same = await replay(slow, event, new Map([["librarian", librarian]]), policy());
  return { said: "words" in action ? (action.words as { text: string }).text : "", slow, same };
}

describe("search by meaning", () => {
  it("finds what is said in other words, does not vouch for it, books what it cost, and is replayed without it", async () => {
    const { asked, guild } = await open();
    const { said, slow, same } = await ask("rowing with a dinghy, how");
    expect(said).toBe("unsure: In the shed., Soup.");
    expect(asked).toEqual(["rowing with a dinghy, how"]);
    expect(same).toEqual({ same: true });
    expect(slow.exhausted).toBeUndefined();
    const books = await guild.spending({ from: 0, to: Number.MAX_SAFE_INTEGER });
    expect(books).toMatchObject([{ agent: "librarian", prompt: "house/vectors", calls: 1, microdollars: 3 }]);
  });

  it("asks nobody where words answer", async () => {
    const { asked } = await open();
    expect((await ask("Where is the paddle?")).said).toMatch(/^sure: In the shed\./);
    expect(asked).toEqual([]);
  });

  it("goes by words where no vector comes", async () => {
    await open({ embed: () => Promise.resolve({ ok: false, code: "llm.exhausted", why: "budget" }) });
    const { said, slow } = await ask("rowing with a dinghy, how");
    expect(said).toBe("unsure: ");
    expect(slow.exhausted).toBeUndefined();
  });

  it("what passages cost is booked once, however often it is told", async () => {
    const { guild } = await open();
    const made = {
      ...({ id: "vectors:1", guildId: GUILD, at: 1_790_000_000_000, kind: "vectors.made", model: MODEL } as const),
      ...{ passages: 2, spent: [spent] },
    };
    for (const event of [made, made, message("learn the last: thing")]) house.bring(event);
    await house.commitOf(({ event }) => event.kind === "message.created" && event.text.includes("the last"));
    const books = await guild.spending({ from: 0, to: Number.MAX_SAFE_INTEGER });
    expect(books).toMatchObject([{ agent: "house", prompt: "house/vectors", calls: 1, microdollars: 3 }]);
  });
});
