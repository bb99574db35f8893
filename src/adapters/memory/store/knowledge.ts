import { ERASED, type GuildStore, type KnowledgeSource, type Passage, type PassageDraft, passageId } from "#core";
import { stemsOf } from "#core/search/stems";
import type { Changes } from "./changes.ts";
import { keyOf, stored, type State, type StoredPassage } from "./state.ts";

/** Puts all there is of a source, or nothing of it. */
export function putSource(
  state: State,
  changes: Changes,
  guildId: string,
  sourceId: string,
  put?: { readonly source: KnowledgeSource; readonly passages: readonly PassageDraft[] },
): void {
  const before = [...state.passages].filter(([, row]) => row.guildId === guildId && row.source.id === sourceId);
  const version = 1 + Math.max(0, ...before.map(([, row]) => row.version));
  for (const [key] of before) changes.remove(state.passages, key);
  put?.passages.forEach((passage, part) => {
    const row = { ...passage, source: put.source, part, version, guildId, ordinal: ++state.ordinal };
    changes.set(state.passages, keyOf(guildId, sourceId, part), stored(row));
  });
}

type Knowledge = Pick<GuildStore, "passages" | "searchPassages" | "knowledge">;

export function knowledgeOf(state: State, guildId: string): Knowledge {
  const own = (of: "knowledge" | "questions"): StoredPassage[] =>
    [...state.passages.values()].filter(
      (row) => row.guildId === guildId && (row.source.kind === "question") === (of === "questions"),
    );
  return {
    passages: async ({ of, sourceIds, limit }) =>
      own(of)
        .filter(({ source }) => sourceIds === undefined || sourceIds.includes(source.id))
        .sort((a, b) => b.source.at - a.source.at || (a.source.id < b.source.id ? -1 : 1) || a.part - b.part)
        .slice(0, limit)
        .map(plain),
    searchPassages: async ({ of, text, limit }) => {
      const asked = stemsIn(text);
      return own(of)
        .map((row) => ({ row, shared: sharedStems(asked, row) }))
        .filter(({ shared }) => shared > 0)
        .sort((a, b) => b.shared - a.shared || (passageId(a.row) < passageId(b.row) ? -1 : 1))
        .slice(0, limit)
        .map(({ row }) => plain(row));
    },
    knowledge: async (of) => {
      const rows = own(of);
      const newest = Math.max(0, ...rows.map(({ ordinal }) => ordinal));
      return { passages: rows.length, revision: `${rows.length}/${newest}` };
    },
  };
}

function stemsIn(text: string): Set<string> {
  return new Set(stemsOf(text).map(({ stem }) => stem));
}

function sharedStems(asked: ReadonlySet<string>, { asks, text }: StoredPassage): number {
  return [...stemsIn([...asks, text].join(" "))].filter((stem) => asked.has(stem)).length;
}

export function plain({ guildId: _guild, ordinal: _ordinal, vector: _vector, ...passage }: StoredPassage): Passage {
  return stored(passage);
}

/** Their own words go; where others speak of them, or they gave what is not theirs, their id does. */
export function erasePassages(state: State, guildId: string, userId: string): number {
  const found = [...state.passages].filter(
    ([, row]) => row.guildId === guildId && JSON.stringify(row).includes(userId),
  );
  for (const [key, row] of found) {
    if (row.source.authorId === userId) state.passages.delete(key);
    else {
      const clean = (text: string): string => text.replaceAll(userId, ERASED);
      const source = { ...row.source, by: clean(row.source.by) };
      const words = { asks: row.asks.map(clean), text: clean(row.text) };
      const { vector: _vector, ...bare } = row;
      state.passages.set(key, { ...bare, ...words, source, ordinal: ++state.ordinal });
    }
  }
  return found.length;
}
