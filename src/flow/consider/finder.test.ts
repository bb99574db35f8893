import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuildStore, Passage } from "#core";
import { createFinder } from "./finder.ts";

const passage = (id: string, ask: string, text: string): Passage => ({
  ...{ asks: ask === "" ? [] : [ask], text, part: 0, version: 1 },
  source: { id, kind: "entry", by: "discord:60", at: 1 },
});
const KNOWN = [
  passage("entry:key", "Where is the key?", "Behind the door."),
  passage("entry:pool", "When is the pool open?", "From nine to five."),
  passage("message:1", "", "The library is closed on Sundays."),
];

function guildWith(known: readonly Passage[], size = known.length) {
  const calls: string[] = [];
  let revision = "1";
  const guild = {
    guildId: "801",
    knowledge: async () => ({ passages: size, revision }),
    passages: async () => (calls.push("all"), known),
    searchPassages: async ({ text, language }: { text: string; language?: string }) => (
      calls.push(`${language}: ${text}`),
      known
    ),
  } as unknown as GuildStore;
  return { guild, calls, change: () => (revision += "1") };
}

/** No model gives a vector. */
const nowhere = () => Promise.resolve(undefined);
const find = (guild: GuildStore, text: string, finder = createFinder()) =>
  finder.find(guild, { of: "knowledge", text }, nowhere);

describe("createFinder", () => {
  it.each([
    ["where is the key", "entry:key", true],
    ["is the library closed on sundays", "message:1", true],
    ["the weather is nice today", undefined, false],
  ])("%j", async (text, id, answers) => {
    const found = await find(guildWith(KNOWN).guild, text);
    expect(found.answers).toBe(answers);
    if (id !== undefined) expect(found.hits[0]?.passage.source.id).toBe(id);
  });

  it("reads a guild's knowledge again only when it has changed", async () => {
    const { guild, calls, change } = guildWith(KNOWN);
    const finder = createFinder();
    await find(guild, "where is the key", finder);
    await find(guild, "when is the pool open", finder);
    expect(calls).toEqual(["all"]);
    change();
    await find(guild, "where is the key", finder);
    expect(calls).toEqual(["all", "all"]);
  });

  it("asks the store for candidates where a guild knows very much, in the question's language", async () => {
    const { guild, calls } = guildWith(KNOWN, 5_000);
    const found = await find(guild, "can anybody tell me where the key to the house is?");
    expect(found.hits[0]?.passage.source.id).toBe("entry:key");
    expect(calls).toEqual(["en: can anybody tell me where the key to the house is?"]);
  });

  it("never answers one guild from what another knows, however alike they are", async () => {
    const word = fc.stringMatching(/^[a-z]{4,9}( [a-z]{4,9}){1,4}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(word, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (asks, size) => {
          const finder = createFinder();
          // The same version of as many passages, asked in turn: whatever is kept of one must not serve the other.
          const guilds = ["801", "802"].map((guildId) => {
            const known = asks.map((ask, index) => passage(`${guildId}:${index}`, ask, `${guildId} knows`));
            return { ...guildWith(known, size).guild, guildId };
          });
          for (const ask of asks) {
            for (const guild of [...guilds, ...guilds]) {
              const { hits } = await find(guild, ask, finder);
              expect(hits.map(({ passage: { text } }) => text)).toEqual(hits.map(() => `${guild.guildId} knows`));
              expect(hits.length).toBeGreaterThan(0);
            }
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it("finds nothing where nothing is known, and reads nothing", async () => {
    const { guild, calls } = guildWith([]);
    expect(await find(guild, "where is the key")).toEqual({ hits: [], confidence: 0, answers: false });
    expect(calls).toEqual([]);
  });
});
