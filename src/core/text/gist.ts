import { fingerprint } from "./fingerprint.ts";
import { reveal } from "./reveal.ts";

const ADDRESS = /(?:https?:\/\/|www\.)\S+|<[@#a:]\S*>|@\w+/gu;
const WORD = /\p{L}{2,}/gu;
/** Both halves of a text this long are fingerprints of their own: a change somewhere leaves one of them as it was. */
const LONG = 10;
const SHORTEST_HALF = 4;

/**
 * Fingerprints that near copies share: of the words alone, without numbers, links, names called, marks and disguises. A long
 * text is cut at the word that any copy of it is cut at, the one with the smallest fingerprint, and has one for each side.
 */
export function gistsOf(normalised: string): readonly string[] {
  const words = reveal(normalised.replace(ADDRESS, " ")).match(WORD) ?? [];
  if (words.length < SHORTEST_HALF) return [];
  if (words.length < LONG) return [fingerprint(words.join(" "))];
  const cut = cutAt(words);
  const halves = [words.slice(0, cut), words.slice(cut + 1)];
  return halves.filter((half) => half.length >= SHORTEST_HALF).map((half) => fingerprint(half.join(" ")));
}

/** Never so near to an end that a half is too short to tell. */
function cutAt(words: readonly string[]): number {
  let cut = SHORTEST_HALF;
  let smallest = "~";
  for (let index = SHORTEST_HALF; index < words.length - SHORTEST_HALF; index++) {
    const print = fingerprint(words[index]!);
    if (print >= smallest) continue;
    smallest = print;
    cut = index;
  }
  return cut;
}
