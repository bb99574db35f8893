import { normalise } from "../text/index.ts";
import { plainLetters, stemsOf } from "./stems.ts";

type Bag = ReadonlyMap<string, number>;

/** How well each document answers a question, from 0 (nothing in common) to about 1 (the same words). */
export type LexicalIndex = (question: string) => Float64Array;

const SATURATION = 1.2;
const LENGTH_MATTERS = 0.4;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * Two views of the same texts, added up: stems, and character n-grams. The second sees into compounds ("Quarantänemaßnahme"),
 * over misspellings and over endings no list knows.
 */
export function lexicalIndex(documents: readonly string[]): LexicalIndex {
  const byStem = ranking(documents.map(stemBag), stemBag);
  const byGram = ranking(documents.map(gramBag), gramBag);
  return (question) => {
    const stems = byStem(question);
    const grams = byGram(question);
    return grams.map((score, document) => (score + stems[document]!) / 2);
  };
}

interface Posting {
  readonly rarity: number;
  readonly documents: Int32Array;
  readonly weights: Float32Array;
}

/** BM25 as a share of what the question would score against itself. */
function ranking(bags: readonly Bag[], bagOf: (text: string) => Bag): LexicalIndex {
  const postings = postingsOf(bags);
  const unknown = Math.log(1 + bags.length / 0.5);
  return (question) => {
    const scores = new Float64Array(bags.length);
    let possible = 0;
    for (const [term, count] of bagOf(question)) {
      const posting = postings.get(term);
      const times = Math.min(count, 2);
      possible += times * (posting?.rarity ?? unknown);
      if (posting === undefined) continue;
      const { documents, weights } = posting;
      for (let at = 0; at < documents.length; at++) scores[documents[at]!]! += times * weights[at]!;
    }
    return possible === 0 ? scores : scores.map((score) => score / possible);
  };
}

function postingsOf(bags: readonly Bag[]): ReadonlyMap<string, Posting> {
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
    const rarity = Math.log(1 + (bags.length - list.length + 0.5) / (list.length + 0.5));
    const weights = list.map(([document, count]) => {
      const share = 1 - LENGTH_MATTERS + LENGTH_MATTERS * (lengths[document]! / Math.max(1, average));
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

function stemBag(text: string): Bag {
  const bag = new Map<string, number>();
  for (const { stem, isEmpty } of stemsOf(text)) if (!isEmpty) bag.set(stem, (bag.get(stem) ?? 0) + 1);
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
