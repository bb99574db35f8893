import { type Effect, type KnowledgeSource, type Passage, type PassageDraft, write } from "#core";
import { withLanguage } from "#core/knowledge/file";
import { mended, type Scene } from "./mending.ts";

export const entryId = (id: string): string => `entry:${id}`;
export const fileId = (name: string): string => `file:${name}`;
export const messageSourceId = (messageId: string): string => `message:${messageId}`;
/** Under which note a draft for a topic is kept. */
export const draftKey = (topic: string): string => `faq/draft/${topic}`;
export const questionId = (eventId: string): string => `question:${eventId}`;

/** Puts a source and corrects the answers that cite what it held before. */
export function putSource(scene: Scene, source: KnowledgeSource, drafts: readonly PassageDraft[]): readonly Effect[] {
  const passages = drafts.map(withLanguage);
  return [write({ write: "knowledge.put", source, passages }), ...mended(scene, source.id, { source, passages })];
}

/** Takes a source back, and the answers that cite it with it. */
export function withdrawSource(scene: Scene, sourceId: string): readonly Effect[] {
  return [
    write({ write: "knowledge.withdraw", sourceId }),
    ...mended(scene, sourceId, undefined),
    write({ write: "record.delete", record: "source", key: sourceId }),
    // What staff were to make of a ticket goes with its question.
    ...(sourceId.startsWith(questionId(""))
      ? [write({ write: "record.delete", record: "note", key: draftKey(sourceId) })]
      : []),
  ];
}

/** The passages of one source as they were given, in their order. */
export function draftsOf(passages: readonly Passage[]): readonly PassageDraft[] {
  return [...passages]
    .sort((a, b) => a.part - b.part)
    .map(({ asks, text, language }) => ({ asks, text, ...(language === undefined ? {} : { language }) }));
}
