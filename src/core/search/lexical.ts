import { normalise } from "../text/index.ts";
import type { Reader } from "./compounds.ts";
import { plainLetters, stemsOf } from "./stems.ts";
import { meaningsOf } from "./synonyms.ts";

type Bag = ReadonlyMap<string, number>;

/** How well each document answers a question, from 0 (nothing in common) to about 1 (the same words). */
export type LexicalIndex = (question: string) => Float64Array;

const SATURATION = 1.2;
/** How far a longer document has to hold more of a word: questions little, answers much. */
const LENGTH_MATTERS = { questions: 0.4, answers: 0.75 } as const;
/** A part of a compound, and a word of the same meaning, are weaker evidence than the word itself. */
const PART_WEIGHS = 0.5;
const MEANING_WEIGHS = 0.5;
const MEANING = "~";
/** Of a handful of texts nobody can tell what is rare: fewer are counted as so many, so that a guild's first entry answers too. */
const SMALLEST_BANK = 3;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export interface Texts {
  readonly of: keyof typeof LENGTH_MATTERS;
  readonly documents: readonly string[];
  /** The bank's entries with all they say: what stands in most of them tells nothing, though few titles have it. */
  readonly entries: readonly string[];
  readonly read: Reader;
}

/**
 * Two views of the same texts, added up: words, and character n-grams. Words are stems with the parts of compounds and meanings
 * they share with others; n-grams see over misspellings and over endings no list knows.
 */
export function lexicalIndex({ of, documents, entries, read }: Texts): LexicalIndex {
  const length = LENGTH_MATTERS[of];
  const wordBag = (text: string): Bag => wordsIn(text, read);
  const byWord = ranking(documents.map(wordBag), wordBag, length, entries.map(wordBag));
  const byGram = ranking(documents.map(gramBag), gramBag, length);
  return (question) => {
    const words = byWord(question);
    const grams = byGram(question);
    return grams.map((score, document) => (score + words[document]!) / 2);
  };
}

interface Posting {
  readonly rarity: number;
  readonly documents: Int32Array;
  readonly weights: Float32Array;
}

/** BM25 as a share of what the question would score against itself. */
function ranking(
  bags: readonly Bag[],
  bagOf: (text: string) => Bag,
  lengthMatters: number,
  counted: readonly Bag[] = bags,
): LexicalIndex {
  const postings = postingsOf(bags, lengthMatters, counted);
  const unknown = Math.log(1 + Math.max(counted.length, SMALLEST_BANK) / 0.5);
  return (question) => {
    const scores = new Float64Array(bags.length);
    let possible = 0;
    for (const [term, count] of bagOf(question)) {
      const posting = postings.get(term);
      if (posting === undefined && term.startsWith(MEANING)) continue;
      const times = Math.min(count, 2);
      possible += times * (posting?.rarity ?? unknown);
      if (posting === undefined) continue;
      const { documents, weights } = posting;
      for (let at = 0; at < documents.length; at++) scores[documents[at]!]! += times * weights[at]!;
    }
    return possible === 0 ? scores : scores.map((score) => score / possible);
  };
}

function postingsOf(
  bags: readonly Bag[],
  lengthMatters: number,
  counted: readonly Bag[],
): ReadonlyMap<string, Posting> {
  const rarityOf = raritiesIn(counted);
  const lengths = bags.map((bag) => [...bag.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, bags.length);
  const found = new Map<string, [document: number, count: number][]>();
  bags.forEach((bag, document) => {
    for (const [term, count] of bag) {
      const list = found.get(term);
      if (list === undefined) found.set(term, [[document, count]]);
      else list.push([document, count]);
    }
  });
  const postings = new Map<string, Posting>();
  for (const [term, list] of found) {
    const rarity = rarityOf(term);
    const weights = list.map(([document, count]) => {
      const share = 1 - lengthMatters + lengthMatters * (lengths[document]! / Math.max(1, average));
      return (rarity * count * (SATURATION + 1)) / (count + SATURATION * share);
    });
    postings.set(term, {
      rarity,
      documents: Int32Array.from(list, ([document]) => document),
      weights: Float32Array.from(weights),
    });
  }
  return postings;
}

function raritiesIn(bags: readonly Bag[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const bag of bags) for (const term of bag.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (term) => {
    const count = counts.get(term) ?? 0;
    return Math.log(1 + (Math.max(bags.length, SMALLEST_BANK) - count + 0.5) / (count + 0.5));
  };
}

function wordsIn(text: string, read: Reader): Bag {
  const bag = new Map<string, number>();
  const add = (term: string, weight: number): unknown => bag.set(term, (bag.get(term) ?? 0) + weight);
  for (const word of stemsOf(text)) {
    if (word.isEmpty) continue;
    const { stem, parts } = read(word.stem);
    add(stem, 1);
    for (const part of parts) add(part, PART_WEIGHS);
    const meanings = new Set([stem, ...parts].flatMap(meaningsOf));
    for (const meaning of meanings) add(`${MEANING}${meaning}`, MEANING_WEIGHS);
  }
  return bag;
}

function gramBag(text: string): Bag {
  const bag = new Map<string, number>();
  for (const word of plainLetters(normalise(text)).match(WORD) ?? []) {
    const padded = ` ${word} `;
    for (let length = 3; length <= 5; length++) {
      for (let at = 0; at + length <= padded.length; at++) {
        const gram = padded.slice(at, at + length);
        bag.set(gram, (bag.get(gram) ?? 0) + 1);
      }
    }
  }
  return bag;
}
