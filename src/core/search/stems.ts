import { normalise } from "../text/index.ts";

/** Words that say nothing of what is asked, in the languages that questions come in most. Short on purpose: rarity does the rest. */
const EMPTY: ReadonlySet<string> = new Set(
  (
    "a an the is are was were be been am do does did have has had i you he she it we they me my your our their his her its this that these those of to in on at for from with by as or and if so not no can could should would will shall may might must there here what which who whom how when where why please hi hello hey ok thanks " +
    "der die das den dem des ein eine einen einem einer eines ist sind war waren sein bin hat haben habe hatte ich du er sie es wir ihr mich mir dich dir sich mein meine meinen meiner meinem dein deine unser und oder aber wenn ob als wie was wer wo wann warum wieso welche welcher welches kann können könnte soll sollte muss müssen darf dürfen wird werden würde zu zum zur im in am an auf aus bei mit nach von vom vor für über um durch nicht kein keine auch noch nur schon man bitte hallo danke es gibt mache machen tun " +
    "el la los las un una de del y o que qué en por para con no se es son mi tu su yo como cómo cuándo dónde le les une des et ou est sont je il elle nous vous ils dans pour avec sur que qui quoi comment quand où il lo gli di e che non per con sono mi ti si come dove quando chi cosa o os as um uma do da dos das em na no nos nas e é ser são eu você ele ela nós com por para não se como quando onde quem " +
    "i w z na do nie to jest są jak czy się co kto gdzie kiedy och att det som en ett är på av för jag du vi kan hur när var"
  ).split(" "),
);

/** Endings taken off, longest first: rough, the same for questions and entries, and that is all it has to be. */
const ENDINGS = [
  "ierungen", "ierung", "ations", "ation", "ungen", "ments", "lichen", "licher", "liches", "ingly", "heiten", "keiten", "iones",
  "ement", "ungs", "heit", "keit", "lich", "isch", "iert", "ment", "ness", "ings", "ción", "ions", "ing", "ung", "ion", "ies", "ied",
  "est", "ern", "ers", "ely", "ive", "ous", "ful", "en", "er", "es", "em", "ed", "ly", "st", "et", "te", "as", "os", "ar", "ir", "e",
  "s", "n", "t", "a", "o", "i", "y",
]; // prettier-ignore
const SHORTEST_STEM = 4;

/** Letters with marks become plain ones, so that "koennen", "können" and "konnen" meet. */
export function plainLetters(text: string): string {
  return text
    .replace(/ß/g, "ss")
    .replace(/ae/g, "ä")
    .replace(/oe/g, "ö")
    .replace(/ue(?=[^aeiou]|$)/g, "ü")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export interface Word {
  readonly stem: string;
  readonly isEmpty: boolean;
}

/** The words of a text, cut to what they have in common with their other forms. */
export function stemsOf(text: string): readonly Word[] {
  return (normalise(text).match(WORD) ?? []).map((word) => ({
    stem: stem(plainLetters(word)),
    isEmpty: EMPTY.has(word),
  }));
}

/** What a word has in common with its other forms. */
export function stemOf(word: string): string {
  return stem(plainLetters(normalise(word)));
}

function stem(word: string): string {
  let cut = word;
  // Two rounds: "Quarantänemaßnahmen", "restrictions", "Einschränkungen" carry more than one ending.
  for (let round = 0; round < 2; round++) {
    const ending = ENDINGS.find((one) => cut.endsWith(one) && cut.length - one.length >= SHORTEST_STEM);
    if (ending === undefined) break;
    cut = cut.slice(0, -ending.length);
  }
  return cut;
}
