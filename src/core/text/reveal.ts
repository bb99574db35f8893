import { CYRILLIC_FOR, LATIN_FOR } from "./confusables.ts";
import { normalise } from "./normalise.ts";

const ASCII = /^[\t-\r -~]*$/;
/** Marks piled on letters ("z̸a̷l̶g̸o̵"). Marks that a script needs (Arabic, Devanagari …) lie elsewhere. */
const PILED_MARKS = /[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+/gu;
const REGIONAL = /[\u{1f1e6}-\u{1f1ff}]{3,}/gu;
const FOREIGN_WORD = /[^\s!-/:-@[-`{-~]*[^\t-\r -~][^\s!-/:-@[-`{-~]*/gu;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const SPACED_OUT =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}]([ .\-_*|+~,])(?:[\p{L}\p{N}]\1){2,}[\p{L}\p{N}])(?![\p{L}\p{N}])/gu;
const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "l",
  "€": "e",
  "£": "l",
};
const LEET_INSIDE = /(?<=\p{L})[0134578@$!|€£]+(?=\p{L})/gu;
const LEET_HINT = /[a-z\u0400-\u04ff][0134578@$!|€£]+[a-z\u0400-\u04ff]/i;
const SPACED_HINT =
  /(?:^|[^\p{L}\p{N}])[\p{L}\p{N}][ .\-_*|+~,][\p{L}\p{N}][ .\-_*|+~,][\p{L}\p{N}][ .\-_*|+~,][\p{L}\p{N}]/u;
/** What each plain character can be in a disguise: a digit or sign for a letter, something put between letters, or both. */
const [FOR_A_LETTER, BETWEEN] = [1, 2];
const ROLES = new Uint8Array(128);
for (const sign of "0134578@$!|") ROLES[sign.charCodeAt(0)]! |= FOR_A_LETTER;
for (const sign of " .-_*|+~,") ROLES[sign.charCodeAt(0)]! |= BETWEEN;
const ADDRESS = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gu;

/**
 * What a reader sees, whatever it was typed with: look-alike letters, piled marks, invisible characters, digits in the place of
 * letters, and letters spaced out are undone. Coarser than `normalise`, and meant for matching only: it may hurt a word
 * ("b4by" and "baby" become one), so never show it to anybody.
 */
export function reveal(text: string): string {
  const plain = normalise(text);
  if (!ASCII.test(plain)) return respaced(unleeted(unmask(plain)));
  return mayHide(plain) ? respaced(unleeted(plain)) : plain;
}

/** One cheap walk over a plain text, which leaves nearly all of them: only signs inside of words and between letters hide anything. */
function mayHide(text: string): boolean {
  for (let index = 1; index < text.length; index++) {
    const role = ROLES[text.charCodeAt(index)]!;
    if (role === 0) continue;
    if ((role & FOR_A_LETTER) !== 0 && isLetter(text.charCodeAt(index - 1))) return true;
    if ((role & BETWEEN) !== 0 && isBetween(text, index + 2) && isBetween(text, index + 4)) return true;
  }
  return false;
}

function isBetween(text: string, index: number): boolean {
  return index < text.length && (ROLES[text.charCodeAt(index)]! & BETWEEN) !== 0;
}

const isLetter = (unit: number): boolean => (unit | 32) >= 97 && (unit | 32) <= 122;

/** Look-alikes and piled marks undone; the rest stays as `normalise` wrote it. */
export function unmask(normalised: string): string {
  return normalised
    .replace(PILED_MARKS, "")
    .replace(REGIONAL, (run) =>
      [...run].map((flag) => String.fromCharCode(flag.codePointAt(0)! - 0x1f1e6 + 97)).join(""),
    )
    .replace(FOREIGN_WORD, plainWord);
}

/** All letters may look Latin and still be an honest word: "сосо" is left alone, "ԁіѕсо" is not. */
const BASIC_RUSSIAN_OR_GREEK = /^(?:[а-яё]+|[α-ωά-ώ]+|[а-щьюяєіїґ]+)$/u;

/** A word of one script stays; in a mixed one the letters of the fewer kind are the disguise. */
function plainWord(word: string): string {
  if (BASIC_RUSSIAN_OR_GREEK.test(word)) return word;
  let latin = 0;
  let cyrillic = 0;
  let disguised = 0;
  for (const letter of word) {
    if (letter >= "a" && letter <= "z") latin++;
    else if (LATIN_FOR.has(letter)) disguised++;
    else if (CYRILLIC.test(letter)) cyrillic++;
  }
  if (disguised === 0 && !(latin > 0 && cyrillic > 0)) return word;
  if (cyrillic > 0 && cyrillic + disguised > latin) return latin === 0 ? word : mapped(word, CYRILLIC_FOR);
  return mapped(word, LATIN_FOR);
}

function mapped(word: string, table: ReadonlyMap<string, string>): string {
  let plain = "";
  for (const letter of word) plain += table.get(letter) ?? letter;
  return plain;
}

function unleeted(text: string): string {
  if (!LEET_HINT.test(text)) return text;
  const kept = new Map<number, number>();
  for (const match of text.matchAll(ADDRESS)) kept.set(match.index, match.index + match[0].length);
  const outside = (offset: number): boolean => ![...kept].some(([from, to]) => offset >= from && offset < to);
  return text.replace(LEET_INSIDE, (run: string, offset: number) =>
    outside(offset) ? [...run].map((letter) => LEET[letter] ?? letter).join("") : run,
  );
}

function respaced(text: string): string {
  if (!SPACED_HINT.test(text)) return text;
  return text.replace(SPACED_OUT, (run: string, separator: string) => run.replaceAll(separator, ""));
}
