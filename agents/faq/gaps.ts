import { type Effect, type SlowLook, write } from "#core";
import { type Gap, gapsIn, MOST_GAPS_LOOKED_AT } from "#core/knowledge/gaps";
import { excerpt } from "#core/text/index";
import { questionId } from "./sources.ts";

const LONGEST_QUESTION = 300;

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

export async function knownGaps(look: SlowLook): Promise<readonly Gap[]> {
  return gapsIn(await look.passages({ of: "questions", limit: MOST_GAPS_LOOKED_AT }));
}

/** Answered, or none of ours: nobody has to look at it again. */
export function closed(gap: Gap): readonly Effect[] {
  return gap.sourceIds.map((sourceId) => write({ write: "knowledge.withdraw", sourceId }));
}
