import { reveal } from "../text/index.ts";
import { reading } from "./reading.ts";

/** Hashed features share so many places: with 300,000 different n-grams in the training texts few collisions matter. */
export const BUCKETS = 1 << 18;
const MASK = BUCKETS - 1;
/** Longer texts are judged by their beginning: Discord allows 2,000 characters, 4,000 with a subscription. */
export const LONGEST = 4_000;
/** Characters n-grams of these lengths, inside a word and with its edges. */
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
/** A longer run is read in pieces: scripts without spaces, hashes, screams. */
const LONGEST_WORD = 32;
const MOST_WORDS = LONGEST;

const WORD_SEED = 0x2545f491;
const PAIR_SEED = 0x7feb352d;
const GRAM_SEED = 0x1b873593;

const CAPACITY = LONGEST * 5 + 64;

/**
 * The n-grams of one text as places in the weights. One buffer serves all calls (a text is scored at once, or copied), so that
 * a message costs no allocation.
 */
export interface Grams {
  readonly places: Int32Array;
  /** Which word each came from: the index of its first character in `text`. */
  readonly from: Uint16Array;
  /** How many characters of `text` it covers. */
  readonly span: Uint16Array;
  count: number;
  readonly wordFrom: Uint16Array;
  readonly wordTo: Uint16Array;
  words: number;
  /** The text the indices point into: as a reader sees it, lower case, disguises undone. */
  text: string;
}

const grams: Grams = {
  places: new Int32Array(CAPACITY),
  from: new Uint16Array(CAPACITY),
  span: new Uint16Array(CAPACITY),
  count: 0,
  wordFrom: new Uint16Array(MOST_WORDS),
  wordTo: new Uint16Array(MOST_WORDS),
  words: 0,
  text: "",
};

const SEEN_SLOTS = 1 << 13;
/** The text's number and the place, so that nothing has to be cleared between two texts. */
const seen = new Float64Array(SEEN_SLOTS);
let stamp = 0;

/** 1 = part of a word, 2 = a digit, 0 = neither; above ASCII the pattern decides, once for each character. */
const KINDS = new Uint8Array(0x10000).fill(9);
const LETTER = /[\p{L}\p{M}]/u;
const NUMBERS = /\d{6,}/g;
const DIGIT = /\p{N}/u;

function kindOf(unit: number): number {
  const known = KINDS[unit]!;
  if (known !== 9) return known;
  const character = String.fromCharCode(unit);
  // Halves of a pair (emoji, mostly) count as letters: a run of emoji is a word, and its n-grams say which.
  const isHalf = unit >= 0xd800 && unit <= 0xdfff;
  const kind = DIGIT.test(character) ? 2 : isHalf || LETTER.test(character) ? 1 : 0;
  KINDS[unit] = kind;
  return kind;
}

function place(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) & MASK;
}

function put(hash: number, from: number, span: number): void {
  const index = grams.count;
  if (index >= CAPACITY) return;
  const where = place(hash);
  // What is said twice weighs as if said once: no repetition outshouts the rest. The slot may forget, never invent.
  const slot = where & (SEEN_SLOTS - 1);
  const mark = stamp * BUCKETS + where;
  if (seen[slot] === mark) return;
  seen[slot] = mark;
  grams.places[index] = where;
  grams.from[index] = from;
  grams.span[index] = span;
  grams.count = index + 1;
}

/** Words, pairs of words, and the character n-grams of each word. Digits count as one digit: prices and numbers look alike. */
export function gramsOf(text: string): Grams {
  const read = reveal(reading(text.length > LONGEST ? text.slice(0, LONGEST) : text))
    .replace(NUMBERS, (run) => run.slice(0, 5))
    .slice(0, LONGEST);
  grams.text = read;
  stamp++;
  grams.count = 0;
  grams.words = 0;
  let before = 0;
  let beforeAt = 0;
  for (let index = 0; index < read.length;) {
    if (kindOf(read.charCodeAt(index)) === 0) {
      index++;
      continue;
    }
    const start = index;
    const furthest = Math.min(read.length, start + LONGEST_WORD);
    while (index < furthest && kindOf(read.charCodeAt(index)) !== 0) index++;
    const end = index;
    if (grams.words < MOST_WORDS) {
      grams.wordFrom[grams.words] = start;
      grams.wordTo[grams.words++] = end;
    }
    const word = wordGrams(read, start, end);
    put(word ^ WORD_SEED, start, end - start);
    if (before !== 0) put(Math.imul(before, 31) ^ word ^ PAIR_SEED, beforeAt, end - beforeAt);
    before = word;
    beforeAt = start;
  }
  return grams;
}

/** Puts the n-grams of one word and returns the hash of the whole. */
function wordGrams(text: string, start: number, end: number): number {
  let whole = 0;
  for (let at = start; at < end; at++) whole = step(whole, unitAt(text, at, start, end));
  for (let at = start - 1; at <= end - SHORTEST_GRAM + 1; at++) {
    let hash = GRAM_SEED;
    const last = Math.min(at + LONGEST_GRAM, end + 1);
    for (let next = at; next < last; next++) {
      hash = step(hash, unitAt(text, next, start, end));
      const length = next - at + 1;
      if (length >= SHORTEST_GRAM) put(hash, Math.max(at, start), Math.min(next + 1, end) - Math.max(at, start));
    }
  }
  return whole;
}

function unitAt(text: string, at: number, start: number, end: number): number {
  if (at < start || at >= end) return 32;
  const unit = text.charCodeAt(at);
  return kindOf(unit) === 2 ? 48 : unit;
}

function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x9e3779b1) ^ (hash >>> 13);
}
