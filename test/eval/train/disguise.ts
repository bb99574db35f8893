import { chance } from "../../../src/core/linear/logistic.ts";

const LOOKALIKE: Readonly<Record<string, string>> = { a: "а", c: "с", e: "е", i: "і", o: "о", p: "р", x: "х", y: "у" };
const BOLD_SMALL = 0x1d5ee;
const BOLD_CAPITAL = 0x1d5d4;

/** The ways in which such messages are hidden from filters; each text gets one, by its number. */
export function disguised(text: string, seed: number): string {
  switch (seed % 3) {
    case 0:
      return styled(text);
    case 1:
      return swapped(text, chance(seed));
    default:
      return text.replace(/(\w)(\w)/, "$1\u200b$2");
  }
}

function styled(text: string): string {
  return [...text]
    .map((letter) => {
      if (letter >= "a" && letter <= "z") return String.fromCodePoint(BOLD_SMALL + letter.charCodeAt(0) - 97);
      if (letter >= "A" && letter <= "Z") return String.fromCodePoint(BOLD_CAPITAL + letter.charCodeAt(0) - 65);
      return letter;
    })
    .join("");
}

function swapped(text: string, next: () => number): string {
  return text.replace(/[aceiopxy]/g, (letter) => (next() < 0.4 ? LOOKALIKE[letter]! : letter));
}
