import { type KnowledgeFound, type Passage, type PassageDraft, type SlowLook } from "#core";
import { tongueOf } from "#core/text/tongue";
import { z } from "zod";
import type { Config } from "./config.ts";
import { plainTitle, staysWithin } from "./rendering.ts";

export interface Asked {
  readonly text: string;
  readonly asker: string;
  readonly locale: string;
}

/** An answer with the passages it rests on, or why there is none, with what came nearest. */
export type Outcome =
  | { readonly text: string; readonly cites: readonly Passage[]; readonly confidence: number }
  | { readonly text?: never; readonly nearest?: Passage };

const answerSchema = z.strictObject({
  answered: z.boolean(),
  text: z.string().max(1_500),
  used: z.array(z.number().int().min(1)).max(4),
});

const MOST_SOURCES = 4;
/** A passage this far behind the best says something else. */
const BEHIND = 0.6;

/**
 * Answers from the guild's knowledge or not at all. Whether there is evidence is the matcher's word, with the thresholds that are
 * measured; a model may only put into words what was found, or say that it does not answer the question.
 */
export async function answerTo(asked: Asked, look: SlowLook, config: Config): Promise<Outcome> {
  const found = await look.search({ of: "knowledge", text: asked.text });
  const best = found.hits[0]?.passage;
  if (!found.answers || best === undefined) return best === undefined ? {} : { nearest: best };
  const verbatim = { text: best.text, cites: [best], confidence: found.confidence };
  if (!config.useModel) return verbatim;
  const sources = near(found);
  const answer = await look.ask({
    prompt: "faq/answer",
    variables: {
      tone: config.tone,
      language: languageIn(asked),
      question: asked.text,
      asker: asked.asker,
      sources: sources.map(numbered).join("\n\n"),
    },
    schema: answerSchema,
  });
  if (!answer.ok) return verbatim;
  if (!answer.value.answered) return { nearest: best };
  const cites = [...new Set(answer.value.used)].flatMap((number) => sources[number - 1] ?? []);
  const text = answer.value.text.trim();
  const isSound = text !== "" && cites.length > 0 && staysWithin(text, cites);
  return isSound ? { text, cites, confidence: found.confidence } : verbatim;
}

function near({ hits }: KnowledgeFound): readonly Passage[] {
  const least = hits[0]!.score * BEHIND;
  return hits
    .filter(({ score }) => score >= least)
    .slice(0, MOST_SOURCES)
    .map(({ passage }) => passage);
}

function numbered({ asks, text }: PassageDraft, index: number): string {
  return `[${index + 1}] ${asks[0] === undefined ? "" : `${plainTitle(asks[0])}: `}${text}`;
}

/** The question's own language where it can be told, else the reader's. */
export function languageIn({ text, locale }: Asked): string {
  return tongueOf(text) ?? locale;
}

const SPOKEN: readonly string[] = ["en", "de", "es", "fr", "pt"];

/** The language of the house's own words around an answer: the question's, where the house speaks it. */
export function localeFor(asked: Asked): string {
  const language = languageIn(asked);
  return SPOKEN.includes(language) ? language : asked.locale;
}
