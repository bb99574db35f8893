import { expect, it } from "vitest";
import type { KnowledgeWrite, PassageVector, Vector } from "#core";
import { entry, NOW, openDesk, type Desk } from "./store.kit.ts";

const MODEL = "openai:small";

/** What vectors of a guild's passages promise. */
export function vectorPromises(given: () => Desk): void {
  const guildOf = ({ store, guildId }: Desk = given()) => store.guild(guildId);
  const put = (desk: Desk, id: string, ...texts: readonly string[]) => {
    const source = { id, kind: id.startsWith("question") ? "question" : "entry", by: "discord:71", at: NOW } as const;
    const change: KnowledgeWrite = {
      write: "knowledge.put",
      source,
      passages: texts.map((text) => ({ asks: [`${text}?`], text })),
    };
    return desk.committed(entry(desk.message(), { writes: [{ owner: "faq", change }] }));
  };
  /** Every bare passage gets the vector its text is given here. */
  async function turn(vectors: Readonly<Record<string, Vector>>, desk: Desk = given(), model = MODEL) {
    const bare = await guildOf(desk).bare(model, 99);
    const rows = bare.map((one): PassageVector => ({ ...one, vector: vectors[one.text.split("\n").at(-1)!]! }));
    await guildOf(desk).putVectors(model, rows);
    return bare;
  }
  const like = async (vector: Vector, { model = MODEL, desk = given(), limit = 9 } = {}) => {
    const found = await guildOf(desk).likePassages({ model, vector, limit });
    return found.map(({ passage, likeness }) => [passage.text, Math.round(likeness * 100) / 100]);
  };

  it("tells which passages have none, and finds the likest first", async () => {
    await put(given(), "entry:1", "sail", "oar");
    await put(given(), "entry:2", "soup");
    await put(given(), "question:1", "asked");
    const bare = await turn({ sail: [1, 0, 0], oar: [0.8, 0.6, 0], soup: [0, 0, 1] });
    expect(bare.map(({ sourceId, part, text }) => [sourceId, part, text])).toEqual([
      ["entry:1", 0, "sail?\nsail"],
      ["entry:1", 1, "oar?\noar"],
      ["entry:2", 0, "soup?\nsoup"],
    ]);
    expect(await guildOf().bare(MODEL, 99)).toEqual([]);
    expect(await like([1, 0, 0])).toEqual([
      ["sail", 1],
      ["oar", 0.8],
      ["soup", 0],
    ]);
    expect(await like([0, 0.6, 0.8], { limit: 1 })).toEqual([["soup", 0.8]]);
    const [found] = await guildOf().likePassages({ model: MODEL, vector: [1, 0, 0], limit: 1 });
    const [kept] = await guildOf().passages({ of: "knowledge", sourceIds: ["entry:1"], limit: 1 });
    expect(found?.passage).toEqual(kept);
  });

  it("a passage that is put again is bare, and one that is withdrawn takes its vector along", async () => {
    await put(given(), "entry:1", "sail");
    const [before] = await turn({ sail: [1, 0] });
    await put(given(), "entry:1", "sails");
    expect(await like([1, 0])).toEqual([]);
    // What was asked for before the change comes too late.
    await guildOf().putVectors(MODEL, [{ ...before!, vector: [1, 0] }]);
    expect(await like([1, 0])).toEqual([]);
    await turn({ sails: [0, 1] });
    expect(await like([0, 1])).toEqual([["sails", 1]]);
    const withdraw = { owner: "faq", change: { write: "knowledge.withdraw", sourceId: "entry:1" } } as const;
    await given().committed(entry(given().message(), { writes: [withdraw] }));
    expect(await like([0, 1])).toEqual([]);
    expect(await guildOf().bare(MODEL, 9)).toEqual([]);
  });

  it("vectors of another model, or of another size, are none", async () => {
    await put(given(), "entry:1", "sail");
    await turn({ sail: [1, 0] });
    expect(await like([1, 0], { model: "ollama:other" })).toEqual([]);
    expect(await like([1, 0, 0])).toEqual([]);
    expect(await guildOf().bare("ollama:other", 9)).toHaveLength(1);
    await turn({ sail: [0, 1, 0] }, given(), "ollama:other");
    expect(await like([0, 1, 0], { model: "ollama:other" })).toEqual([["sail", 1]]);
    expect(await like([1, 0])).toEqual([]);
  });

  it("one guild's are none of another's", async () => {
    const other = await openDesk(given().store);
    await put(given(), "entry:1", "sail");
    await put(other, "entry:1", "mast");
    await turn({ sail: [1, 0] });
    await turn({ mast: [1, 0] }, other);
    expect(await like([1, 0])).toEqual([["sail", 1]]);
    expect(await like([1, 0], { desk: other })).toEqual([["mast", 1]]);
  });

  it("go with the words of a member who is erased", async () => {
    const source = { id: "message:1", kind: "message", by: "discord:71", authorId: "900", at: NOW } as const;
    const spoken = { ...source, id: "message:2", authorId: "901" };
    const put = (of: typeof source | typeof spoken, text: string) =>
      ({ owner: "faq", change: { write: "knowledge.put", source: of, passages: [{ asks: [], text }] } }) as const;
    await given().committed(entry(given().message(), { writes: [put(source, "mine"), put(spoken, "ask <@900>")] }));
    await turn({ mine: [1, 0], "ask <@900>": [0, 1] });
    await guildOf().erase("900");
    expect(await like([1, 0])).toEqual([]);
    expect((await guildOf().bare(MODEL, 9)).map(({ text }) => text)).toEqual([expect.not.stringContaining("900")]);
  });
}
