import { likeness, type GuildStore } from "#core";
import { plain } from "./knowledge.ts";
import { keyOf, type State, type StoredPassage } from "./state.ts";

type Vectors = Pick<GuildStore, "bare" | "putVectors" | "likePassages">;

export function vectorsOf(state: State, guildId: string): Vectors {
  const own = (): StoredPassage[] =>
    [...state.passages.values()].filter((row) => row.guildId === guildId && row.source.kind !== "question");
  return {
    bare: async (model, limit) =>
      own()
        .filter(({ vector }) => vector?.model !== model)
        .sort((a, b) => a.ordinal - b.ordinal)
        .slice(0, limit)
        .map(({ source, part, ordinal, asks, text }) => ({
          ...{ sourceId: source.id, part, ordinal },
          text: [...asks, text].join("\n"),
        })),
    async putVectors(model, vectors) {
      for (const { sourceId, part, ordinal, vector } of vectors) {
        const key = keyOf(guildId, sourceId, part);
        const row = state.passages.get(key);
        if (row?.ordinal === ordinal) state.passages.set(key, { ...row, vector: { model, numbers: vector } });
      }
    },
    likePassages: async ({ model, vector, limit }) =>
      own()
        .flatMap((row) => {
          const known = row.vector?.model === model ? row.vector.numbers : [];
          return known.length === vector.length ? [{ row, likeness: likeness(known, vector) }] : [];
        })
        .sort(
          (a, b) => b.likeness - a.likeness || (a.row.source.id < b.row.source.id ? -1 : 1) || a.row.part - b.row.part,
        )
        .slice(0, limit)
        .map(({ row, likeness: how }) => ({ passage: plain(row), likeness: how })),
  };
}
