import type { Vector } from "../questions.ts";
/**
 * What a guild lets the house answer from. A *source* is what was given at once (an entry, a file, a message), a *passage* one
 * answer in it. Sources are put and withdrawn whole.
 */
export interface KnowledgeSource {
  /** `entry:…`, `file:<name>`, `message:<id>`, `question:<id of the event that asked>`. */
  readonly id: string;
  /** *question*: asked and not answered. It answers nothing; it is kept so that staff can. */
  readonly kind: "entry" | "file" | "message" | "question";
  /** A file's or a channel's name; of a question, the source it was first asked as. */
  readonly title?: string;
  readonly channelId?: string;
  readonly messageId?: string;
  /** Whose words they are: with them go their words. */
  readonly authorId?: string;
  /** Who gave it, and by which door: `discord:<user id>`, `terminal:mia`. */
  readonly by: string;
  readonly at: number;
}

export interface PassageDraft {
  /** The ways in which it is asked; the first is what it is called. Empty where nobody has put it as a question. */
  readonly asks: readonly string[];
  readonly text: string;
  /** ISO 639-1, where it is known. */
  readonly language?: string;
}

export interface Passage extends PassageDraft {
  readonly source: KnowledgeSource;
  readonly part: number;
  /** 1, and one more each time its source is put again. */
  readonly version: number;
}

export type KnowledgeWrite =
  /** All there is of this source: what it held before is gone. */
  | {
      readonly write: "knowledge.put";
      readonly source: KnowledgeSource;
      readonly passages: readonly PassageDraft[];
    }
  | { readonly write: "knowledge.withdraw"; readonly sourceId: string };

/** Which of a guild's passages: those it answers from, or the questions nobody has answered. */
export interface PassageQuery {
  readonly of: "knowledge" | "questions";
  readonly sourceIds?: readonly string[];
  readonly limit: number;
}

export interface PassageSearch {
  readonly of: "knowledge" | "questions";
  readonly text: string;
  /** Of the text; by it words are cut to their stems. */
  readonly language?: string;
  readonly limit: number;
}

/** A passage as it stands, for whoever turns it into a vector. `ordinal` changes with it. */
export interface BarePassage {
  readonly sourceId: string;
  readonly part: number;
  readonly ordinal: number;
  readonly text: string;
}

export interface PassageVector extends Omit<BarePassage, "text"> {
  readonly vector: Vector;
}

export interface VectorSearch {
  readonly model: string;
  readonly vector: Vector;
  readonly limit: number;
}

/** How much a guild knows, and a word that changes whenever that does. */
export interface KnowledgeState {
  readonly passages: number;
  readonly revision: string;
}

/** What was found for a question, the best first, and whether the first is sure enough to be given as an answer. */
export interface KnowledgeFound {
  readonly hits: readonly { readonly passage: Passage; readonly score: number }[];
  readonly confidence: number;
  readonly answers: boolean;
}

export function passageId({
  source,
  part,
}: {
  readonly source: { readonly id: string };
  readonly part: number;
}): string {
  return `${source.id}#${part}`;
}

/** What a passage is called in a list. */
export function titleOf({ asks, text }: PassageDraft): string {
  return asks[0] ?? text;
}

/** Postgres' names for the languages it can cut to stems. Others are matched word by word. */
export const TEXT_SEARCH: Readonly<Record<string, string>> = {
  ...{ da: "danish", de: "german", en: "english", es: "spanish", fi: "finnish", fr: "french", hu: "hungarian" },
  ...{ it: "italian", nb: "norwegian", nl: "dutch", pt: "portuguese", ro: "romanian", ru: "russian", sv: "swedish" },
  tr: "turkish",
};
