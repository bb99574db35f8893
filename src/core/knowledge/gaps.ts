import type { Passage } from "./index.ts";

/** What was asked in several wordings and is answered nowhere. */
export interface Gap {
  readonly topic: string;
  readonly asks: readonly string[];
  readonly times: number;
  readonly lastAt: number;
  readonly sourceIds: readonly string[];
}

/** What staff look through at most, the newest first. */
export const MOST_GAPS_LOOKED_AT = 500;

/** The most often asked first. */
export function gapsIn(questions: readonly Passage[]): readonly Gap[] {
  const topics = new Map<string, Passage[]>();
  for (const question of questions) {
    const topic = question.source.title ?? question.source.id;
    topics.set(topic, [...(topics.get(topic) ?? []), question]);
  }
  return [...topics]
    .map(([topic, asked]) => ({
      topic,
      asks: [...new Set(asked.flatMap(({ asks }) => asks))],
      times: asked.length,
      lastAt: Math.max(...asked.map(({ source }) => source.at)),
      sourceIds: asked.map(({ source }) => source.id),
    }))
    .sort((a, b) => b.times - a.times || b.lastAt - a.lastAt);
}
