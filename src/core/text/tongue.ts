import { normalise } from "./normalise.ts";

/** Small words of the languages communities speak most, by which a sentence gives itself away. */
const SMALL_WORDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: "the is are was how what where when why who do does did can could i you we my your to of and for with this that in on it be not have has an a if there",
    de: "der die das ist sind war wie was wo wann warum wer kann könnte ich du wir mein dein und nicht ein eine einen einem für mit auf zu zum zur den dem des im es man wird oder gibt bei von hier",
    es: "el la los las es son cómo qué dónde cuándo quién puedo puede mi tu de que y en un una para con por se del al no está hay este esta lo me si",
    fr: "le la les est sont comment quoi où quand qui je tu vous nous mon ma mes de que et en un une pour avec dans sur ne pas du des au ce on y peut il elle",
    pt: "o a os as é são como que onde quando quem posso pode meu minha de e em um uma para com por se do da dos no na não está eu você há isso ao",
    it: "il lo la gli le è sono come che dove quando chi posso può mio mia di e in un una per con non del della dei si ho questo nel",
    nl: "de het een is zijn hoe wat waar wanneer wie kan ik je we mijn en niet voor met op van te dat dit er ook bij",
  }).map(([language, list]) => [language, new Set(list.split(" "))]),
);
const WORD = /\p{L}+/gu;
/** Fewer than these say too little; neighbours share some, so the best must lead. */
const FEWEST = 2;

/**
 * The language a text is written in, where its small words tell: a look at each word and a few kilobytes. The detector in
 * language.ts knows sixty languages and fills some 370 MB.
 */
export function tongueOf(text: string): string | undefined {
  const words = normalise(text).match(WORD) ?? [];
  const counts = Object.entries(SMALL_WORDS)
    .map(([language, small]) => ({ language, count: words.filter((word) => small.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const [best, second] = counts as [(typeof counts)[number], (typeof counts)[number]];
  return best.count >= FEWEST && best.count > second.count ? best.language : undefined;
}
