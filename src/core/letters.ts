import { fingerprint } from "./text/fingerprint.ts";

/** Those that are drawn: none is easily taken for another. */
const ALPHABET = "ACEFHJKLMNPRTVWXY3479";
const LENGTH = 5;

/**
 * Letters nobody can foresee, and everybody who replays the decision finds again: made from the sealed token of the press, which
 * leaves the house with nobody.
 */
export function lettersFrom(sealedToken: string): string {
  let number = Number.parseInt(fingerprint(sealedToken), 36);
  let letters = "";
  while (letters.length < LENGTH) {
    letters += ALPHABET[number % ALPHABET.length]!;
    number = Math.floor(number / ALPHABET.length);
  }
  return letters;
}

/** As people type: in small letters, with spaces, with the figure for the letter it looks like. */
export function isSameLetters(typed: string, shown: string): boolean {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, "") === shown;
}
