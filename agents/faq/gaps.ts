import { type Effect, type Passage, type SlowLook, write } from "#core";
import { excerpt } from "#core/text/index";
import { questionId } from "./sources.ts";

const LONGEST_QUESTION = 300;
/** What staff look through at most, the newest first. */
const MOST_LOOKED_AT = 500;

interface Asking {
  readonly eventId: string;
  readonly text: string;
  readonly userId: string;
  readonly channelId: string;
  readonly messageId?: string;
  readonly at: number;
}

/** Keeps a question nobody could answer, under the first that asked for the same. */
export async function unanswered(asking: Asking, look: SlowLook): Promise<readonly Effect[]> {
  const text = excerpt(asking.text.replace(/\s+/g, " ").trim(), LONGEST_QUESTION);
  if (text === "") return [];
  const alike = await look.search({ of: "questions", text });
  const first = alike.answers ? alike.hits[0]?.passage.source : undefined;
  const id = questionId(asking.eventId);
  const source = {
    kind: "question",
    ...{ id, channelId: asking.channelId, authorId: asking.userId, by: `discord:${asking.userId}` },
    ...{ at: asking.at, title: first?.title ?? id },
    ...(asking.messageId === undefined ? {} : { messageId: asking.messageId }),
  } as const;
  return [write({ write: "knowledge.put", source, passages: [{ asks: [text], text: "" }] })];
}

/** What was asked in several wordings and is answered nowhere. */
export interface Gap {
  readonly topic: string;
  readonly asks: readonly string[];
  readonly times: number;
  readonly lastAt: number;
  readonly sourceIds: readonly string[];
}

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

export async function knownGaps(look: SlowLook): Promise<readonly Gap[]> {
  return gapsIn(await look.passages({ of: "questions", limit: MOST_LOOKED_AT }));
}

/** Answered, or none of ours: nobody has to look at it again. */
export function closed(gap: Gap): readonly Effect[] {
  return gap.sourceIds.map((sourceId) => write({ write: "knowledge.withdraw", sourceId }));
}
