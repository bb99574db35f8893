import { stemsOf } from "./stems.ts";
import { isKnownStem } from "./synonyms.ts";

/** A word as a bank's own words read it: itself, or the participle's verb, and the words it is put together from. */
export interface Reading {
  readonly stem: string;
  readonly parts: readonly string[];
}

export type Reader = (stem: string) => Reading;

const SHORTEST_PART = 4;
/** What German puts between the parts of a compound, and endings a stem has lost that are kept inside of one. */
const LINKS: readonly string[] = ["", "s", "n", "en", "es", "er", "e", "ungs", "ung", "ions", "heits", "keits"];
const PARTICIPLE = /^(an|ab|auf|aus|ein|vor|zu|um|mit|nach|weg|los|her|hin)?ge(.{4,})$/;

/**
 * Learns a bank's words and splits longer ones by them: no dictionary could know what a community puts together, and a part that
 * the bank never uses by itself finds nothing anyhow.
 */
export function readerOf(documents: readonly string[]): Reader {
  const words = new Set<string>();
  for (const document of documents) {
    for (const { stem, isEmpty } of stemsOf(document)) if (!isEmpty && stem.length >= SHORTEST_PART) words.add(stem);
  }
  const isWord = (stem: string): boolean => words.has(stem) || isKnownStem(stem);
  const readings = new Map<string, Reading>();
  return (word) => {
    const known = readings.get(word);
    if (known !== undefined) return known;
    const stem = verbOf(word, isWord);
    const reading = { stem, parts: partsOf(stem, isWord) };
    if (words.has(word)) readings.set(word, reading);
    return reading;
  };
}

/** "angesteckt" is "anstecken", where that is a word here; "gelb" is none of "lben". */
function verbOf(stem: string, isWord: (stem: string) => boolean): string {
  const [, prefix = "", rest = ""] = PARTICIPLE.exec(stem) ?? [];
  return rest !== "" && isWord(prefix + rest) ? prefix + rest : stem;
}

/** Two words that make up this one, the pair whose shorter one is longest: "krankheitszeich" is "krank" and "zeich". */
function partsOf(stem: string, isWord: (stem: string) => boolean): readonly string[] {
  let best: readonly string[] = [];
  let longest = 0;
  for (let at = SHORTEST_PART; at <= stem.length - SHORTEST_PART; at++) {
    const tail = stem.slice(at);
    if (!isWord(tail)) continue;
    const head = headOf(stem.slice(0, at), isWord);
    if (head === undefined || Math.min(head.length, tail.length) <= longest) continue;
    longest = Math.min(head.length, tail.length);
    best = [head, tail];
  }
  return best;
}

function headOf(text: string, isWord: (stem: string) => boolean): string | undefined {
  for (const link of LINKS) {
    const head = text.endsWith(link) ? text.slice(0, text.length - link.length) : "";
    if (head.length >= SHORTEST_PART && isWord(head)) return head;
  }
  return undefined;
}
