import { classifier, type Classifier } from "./classifier.ts";
import { readerOf } from "./compounds.ts";
import { type LexicalIndex, lexicalIndex } from "./lexical.ts";

/** One thing that can be answered: the ways in which it is asked, and its answer where there is one. */
export interface Entry {
  readonly id: string;
  readonly questions: readonly string[];
  readonly answer?: string;
}

export interface Match {
  readonly id: string;
  readonly score: number;
}

export interface Found {
  /** The best first, at most ten; empty where nothing has anything in common with the question. */
  readonly ranked: readonly Match[];
  /** How sure it is that the first is meant, from 0 to 1. */
  readonly confidence: number;
  /** Whether that is sure enough to answer. Where it is not, say so instead, and offer a human. */
  readonly answers: boolean;
}

export type QuestionMatcher = (question: string) => Found;

/** Fewer ways of asking than this, on average, teach a classifier nothing. */
const ENOUGH_TO_LEARN = 3;
/** The more ways of asking a bank knows, the more often an unsure answer is right: between these it asks for less and less. */
const FEW = 20;
const MANY = 60;
const SURE = { thin: 0.4, rich: 0.06, lexical: 0.34 } as const;
/** How far the words have to agree with what was learnt where little was: a classifier of few examples is sure too easily. */
const WORDS_AGREE = 0.5;
const WORDS_WEIGH = 0.6;
const ANSWER_WEIGHS = 0.3;
const MOST_RANKED = 10;
const OUT_OF_SCOPE = "\u0000";

/**
 * Finds which entry a question asks for, without a model and without a network. Built once for a version of a bank: some
 * milliseconds for a guild's own entries, seconds for ten thousand utterances. `outOfScope` are questions known to be none of ours.
 * `byWordsAlone` leaves out what is learnt, which is what takes seconds.
 */
export function questionMatcher(
  entries: readonly Entry[],
  outOfScope: readonly string[] = [],
  byWordsAlone = false,
): QuestionMatcher {
  const utterances = entries.flatMap(({ id, questions }) => questions.map((text) => ({ text, label: id })));
  const owners = ownersOf(entries);
  const { byWords, byAnswer } = indexesOf(entries);
  const perEntry = utterances.length / Math.max(1, entries.length);
  const refused = outOfScope.map((text) => ({ text, label: OUT_OF_SCOPE }));
  const learnt =
    !byWordsAlone && perEntry >= ENOUGH_TO_LEARN && entries.length > 1
      ? classifier([...utterances, ...refused])
      : undefined;
  const richness = Math.min(1, Math.max(0, (perEntry - FEW) / (MANY - FEW)));
  return (question) => {
    const words = bestOf(byWords, owners, entries.length, question);
    const answers = byAnswer?.(question);
    const lexical = words.map((score, entry) => score + ANSWER_WEIGHS * (answers?.[entry] ?? 0));
    if (learnt === undefined) return found(entries, lexical, words, SURE.lexical);
    return learntFound(entries, learnt, lexical, question, richness);
  };
}

function indexesOf(entries: readonly Entry[]): { byWords: LexicalIndex; byAnswer: LexicalIndex | undefined } {
  const questions = entries.flatMap((entry) => entry.questions);
  const hasAnswers = entries.some(({ answer }) => answer !== undefined);
  const answers = entries.map(({ answer }) => answer ?? "");
  const whole = hasAnswers ? entries.map((entry) => [...entry.questions, entry.answer ?? ""].join("\n")) : questions;
  const around = { entries: whole, read: readerOf(whole) };
  return {
    byWords: lexicalIndex({ of: "questions", documents: questions, ...around }),
    byAnswer: hasAnswers ? lexicalIndex({ of: "answers", documents: answers, ...around }) : undefined,
  };
}

/** Which entry each utterance belongs to. */
function ownersOf(entries: readonly Entry[]): Int32Array {
  return Int32Array.from(entries.flatMap(({ questions }, entry) => questions.map(() => entry)));
}

function bestOf(index: LexicalIndex, owners: Int32Array, count: number, question: string): Float64Array {
  const best = new Float64Array(count);
  index(question).forEach((score, utterance) => {
    const owner = owners[utterance]!;
    if (score > best[owner]!) best[owner] = score;
  });
  return best;
}

function learntFound(
  entries: readonly Entry[],
  learnt: Classifier,
  lexical: Float64Array,
  question: string,
  richness: number,
): Found {
  const likelihoods = learnt.likelihoods(question);
  const known = new Map(learnt.labels.map((label, index) => [label, likelihoods[index]!]));
  const likely = Float64Array.from(entries, ({ id }) => known.get(id) ?? 0);
  const scores = likely.map((likelihood, entry) => Math.sqrt(likelihood) + WORDS_WEIGH * lexical[entry]!);
  const agree = WORDS_AGREE * (1 - richness);
  const sureness = likely.map((likelihood, entry) => likelihood ** (1 - agree) * Math.min(1, lexical[entry]!) ** agree);
  const result = found(entries, scores, sureness, SURE.thin + richness * (SURE.rich - SURE.thin));
  const refused = known.get(OUT_OF_SCOPE) ?? 0;
  return refused > result.confidence ? { ...result, answers: false } : result;
}

function found(entries: readonly Entry[], scores: Float64Array, confidences: Float64Array, sure: number): Found {
  const order = [...scores.keys()]
    .filter((entry) => scores[entry]! > 0)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ranked = order.slice(0, MOST_RANKED).map((entry) => ({ id: entries[entry]!.id, score: scores[entry]! }));
  const confidence = order.length === 0 ? 0 : confidences[order[0]!]!;
  return { ranked, confidence, answers: confidence >= sure };
}
