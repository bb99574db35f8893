import { LONGEST_ASK, LONGEST_TEXT, MOST_ASKS, withLanguage } from "./file.ts";
import type { PassageDraft } from "./index.ts";

/** An entry as somebody typed it at a door: one way of asking, perhaps others, and the answer. */
export interface TypedEntry {
  readonly question: string;
  readonly also: readonly string[];
  readonly answer: string;
}

/** What it becomes, or in one line what is wrong with it. */
export function draftFrom({ question, also, answer }: TypedEntry): PassageDraft | string {
  const asks = [...new Set([question, ...also].map((ask) => ask.replace(/\s+/g, " ").trim()).filter(Boolean))];
  const text = answer.replaceAll("\u0000", "").trim();
  if (question.trim() === "") return "question: there is none; say what is asked";
  if (text === "") return "answer: there is none; say what is answered";
  if (text.length > LONGEST_TEXT) return `answer: ${text.length} characters; at most ${LONGEST_TEXT} fit`;
  if (asks.length > MOST_ASKS) return `also: ${asks.length} ways of asking; at most ${MOST_ASKS} are kept`;
  if (asks.some((ask) => ask.length > LONGEST_ASK))
    return `question: a way of asking has at most ${LONGEST_ASK} characters`;
  return withLanguage({ asks, text });
}
