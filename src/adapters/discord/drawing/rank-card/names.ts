import type { RankCard } from "#core";

/** Turns, joins and hides: in a picture they could only disturb what stands beside them. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const PILED = /(\p{M}{3})\p{M}+/gu;
const SPACES = /\s+/gu;
const LETTER = /[\p{L}\p{N}]/u;
/** Joins emoji, and turns a sign into one: never drawn alone. */
const JOINERS = /[\u200c\u200d\ufe0e\ufe0f\u{e0020}-\u{e007f}\u{1f3fb}-\u{1f3ff}\p{M}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

export const signsOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Without what cannot be seen, and with no more than three marks on a letter. */
export function readable(text: string): string {
  return text.normalize("NFC").replace(INVISIBLE, "").replace(PILED, "$1").replace(SPACES, " ").trim();
}

/**
 * The name as it can be written here. Emoji and ornaments for which there is no font are left out; with a single letter that cannot be
 * written it would be another name, and the account's own stands there instead, or its id.
 */
export function writableName(
  card: Pick<RankCard, "name" | "username" | "userId">,
  canWrite: (sign: string) => boolean,
) {
  for (const name of [card.name, card.username ?? ""]) {
    const signs = signsOf(readable(name));
    const kept = signs.filter((sign) => isWritable(sign, canWrite));
    const isWhole = signs.every((sign) => kept.includes(sign) || !LETTER.test(sign));
    const text = kept.join("").replace(SPACES, " ").trim();
    if (isWhole && text !== "") return text;
  }
  return card.userId;
}

/** Every part of it, but what only joins them. */
function isWritable(sign: string, canWrite: (sign: string) => boolean): boolean {
  return [...sign].every((point) => point === " " || JOINERS.test(point) || canWrite(point));
}

/** The longest beginning that fits, with a sign that more was there. */
export function cutToFit(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const signs = signsOf(text);
  let [least, most] = [0, signs.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(`${signs.slice(0, middle).join("").trimEnd()}…`)) least = middle;
    else most = middle - 1;
  }
  return `${signs.slice(0, least).join("").trimEnd()}…`;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** By its first letter, as a reader would begin. */
export function directionOf(text: string): "ltr" | "rtl" {
  const first = [...text].find((point) => /\p{L}/u.test(point));
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

/** At most two, of the first words; for somebody whose picture cannot be had. One where two would join into a word. */
export function initialsOf(name: string): string {
  const words = name.split(" ").flatMap((word) => signsOf(word).find((sign) => LETTER.test(sign)) ?? []);
  return (words.length === 0 ? signsOf(name).slice(0, 1) : words.slice(0, directionOf(name) === "rtl" ? 1 : 2))
    .join("")
    .toLocaleUpperCase("en");
}
