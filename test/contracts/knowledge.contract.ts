import fc from "fast-check";
import { expect, it } from "vitest";
import type { KnowledgeSource, KnowledgeWrite, PassageDraft } from "#core";
import { ALWAYS, all, entry, NOW, type Desk } from "./store.kit.ts";

const source = (id: string, rest: Partial<KnowledgeSource> = {}): KnowledgeSource => ({
  ...{ id, kind: "entry", by: "discord:71", at: NOW },
  ...rest,
});
const passage = (ask: string, text: string, language?: string): PassageDraft => ({
  ...{ asks: ask === "" ? [] : [ask], text },
  ...(language === undefined ? {} : { language }),
});
const put = (of: KnowledgeSource, ...passages: readonly PassageDraft[]): KnowledgeWrite => ({
  write: "knowledge.put",
  source: of,
  passages,
});
const withdraw = (sourceId: string): KnowledgeWrite => ({ write: "knowledge.withdraw", sourceId });

const KNOWN: readonly (readonly [string, string, string])[] = [
  ["How do I reset my password?", "Open your account and choose “forgotten”.", "en"],
  ["When do we play on Fridays?", "Every Friday at eight in the evening.", "en"],
  ["Welche Quarantänemaßnahmen gelten?", "Zwei Wochen im eigenen Zimmer.", "de"],
  ["¿Cómo cambio mi apodo?", "Abre tu perfil y elige «Apodo».", "es"],
];

/** What a guild's knowledge promises. */
export function knowledgePromises(given: () => Desk): void {
  const write = (...changes: readonly KnowledgeWrite[]) => {
    const desk = given();
    return desk.committed(entry(desk.message(), { writes: changes.map((change) => ({ owner: "faq", change })) }));
  };
  const known = async (of: "knowledge" | "questions" = "knowledge") => {
    const passages = await given().store.guild(given().guildId).passages({ of, limit: 99 });
    return passages.map((one) => [one.source.id, one.part, one.version, one.text]);
  };

  it("holds all there is of a source, whole and in the version it was put as", async () => {
    const file = source("file:rules.md", { kind: "file", title: "rules.md", at: NOW + 1 });
    const from = source("message:9", { kind: "message", channelId: "3", messageId: "9", authorId: "50" });
    await write(
      put(file, passage("a", "one"), passage("", "two", "en"), passage("c", "three")),
      put(from, passage("d", "four")),
    );
    expect(await known()).toEqual([
      ...["one", "two", "three"].map((text, part) => ["file:rules.md", part, 1, text]),
      ["message:9", 0, 1, "four"],
    ]);
    await write(put(file, passage("a", "uno"), passage("", "dos")));
    await write(put(file, passage("a", "eins"), passage("", "zwei"), passage("c", "drei")));
    expect(await known()).toEqual([
      ...["eins", "zwei", "drei"].map((text, part) => ["file:rules.md", part, 3, text]),
      ["message:9", 0, 1, "four"],
    ]);
    const guild = given().store.guild(given().guildId);
    expect(await guild.passages({ of: "knowledge", sourceIds: ["message:9"], limit: 9 })).toEqual([
      { source: from, part: 0, version: 1, asks: ["d"], text: "four" },
    ]);
  });

  it("takes the last word of a group, and says that something changed", async () => {
    const guild = given().store.guild(given().guildId);
    const before = await guild.knowledge("knowledge");
    await write(
      put(source("entry:1"), passage("a", "one")),
      withdraw("entry:1"),
      put(source("entry:2"), passage("b", "two")),
    );
    const between = await guild.knowledge("knowledge");
    await write(withdraw("entry:2"), put(source("entry:2"), passage("b", "new")));
    expect((await known()).map(([id, part, , text]) => [id, part, text])).toEqual([["entry:2", 0, "new"]]);
    const after = await guild.knowledge("knowledge");
    await write(withdraw("entry:2"), withdraw("entry:none"));
    expect(await known()).toEqual([]);
    const states = [before, between, after, await guild.knowledge("knowledge")];
    expect(states.map(({ passages }) => passages)).toEqual([0, 1, 1, 0]);
    expect(new Set(states.slice(0, 3).map(({ revision }) => revision)).size).toBe(3);
  });

  it("keeps what was asked apart from what is known", async () => {
    await write(
      put(source("entry:1"), passage("reset password", "like this")),
      put(source("question:1", { kind: "question", authorId: "50" }), passage("reset password?", "")),
    );
    expect(await known()).toEqual([["entry:1", 0, 1, "like this"]]);
    expect(await known("questions")).toEqual([["question:1", 0, 1, ""]]);
    const guild = given().store.guild(given().guildId);
    const found = await guild.searchPassages({ of: "questions", text: "password", limit: 9 });
    expect(found.map(({ source: { id } }) => id)).toEqual(["question:1"]);
  });

  it.each([
    ["how can I reset the password", "en", 0],
    ["friday evening", undefined, 1],
    ["gelten Quarantänemaßnahmen noch", "de", 2],
    ["cambio apodo", "es", 3],
    ["it's 'quoted' \\ & | ! <-> :* reset (password", "en", 0],
  ])("finds %j", async (text, language, expected) => {
    await write(
      ...KNOWN.map(([ask, answer, spoken], index) => put(source(`entry:${index}`), passage(ask, answer, spoken))),
    );
    const guild = given().store.guild(given().guildId);
    const hint = language === undefined ? {} : { language };
    const found = await guild.searchPassages({ of: "knowledge", text, limit: 2, ...hint });
    expect(found[0]?.source.id).toBe(`entry:${expected}`);
    expect(found.length).toBeLessThanOrEqual(2);
    expect(await guild.searchPassages({ of: "knowledge", text: "  ", limit: 9 })).toEqual([]);
  });

  it("never shows one guild's knowledge to another, whatever is asked", async () => {
    const desk = given();
    const word = fc.stringMatching(/^[a-zäöü' %_\\]{3,20}$/);
    await fc.assert(
      fc.asyncProperty(word, word, async (ask, text) => {
        const other = desk.id("guild");
        await write(put(source("entry:1"), passage(ask, text)));
        const stranger = desk.store.guild(other);
        const seen = [
          await stranger.passages({ of: "knowledge", sourceIds: ["entry:1"], limit: 9 }),
          await stranger.searchPassages({ of: "knowledge", text: `${ask} ${text}`, limit: 9 }),
          await stranger.passages({ of: "questions", limit: 9 }),
        ];
        expect(seen).toEqual([[], [], []]);
        expect(await stranger.knowledge("knowledge")).toEqual({ passages: 0, revision: "0/0" });
        const taken = { ...desk.message(), guildId: other };
        await desk.committed(entry(taken, { writes: [{ owner: "faq", change: withdraw("entry:1") }] }));
        expect(await known()).toHaveLength(1);
      }),
      { numRuns: 8 },
    );
  });

  it("forgets a member's words, and their id where others speak of them", async () => {
    const [ada, bea] = ["940000000000000001", "940000000000000002"];
    await write(
      put(source("message:1", { kind: "message", authorId: ada, by: `discord:${ada}` }), passage("how", "as I say")),
      put(source("entry:1", { by: `discord:${ada}` }), passage("who runs this?", `ask <@${ada}>`)),
      put(source("message:2", { kind: "message", authorId: bea, by: `discord:${bea}` }), passage("why", "because")),
    );
    const guild = given().store.guild(given().guildId);
    expect(await guild.erase(ada)).toMatchObject({ passages: 2 });
    expect((await known()).map(([id, , , text]) => [id, text])).toEqual([
      ["entry:1", "ask <@erased>"],
      ["message:2", "because"],
    ]);
    const rest = [await guild.passages({ of: "knowledge", limit: 9 }), await all(guild.journal(ALWAYS))];
    expect(JSON.stringify(rest)).not.toContain(ada);
    expect(await guild.erase(ada)).toMatchObject({ passages: 0 });
  });
}
