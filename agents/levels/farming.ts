import { COMPANY_KEPT, type Habits, hoursAt } from "./habits.ts";
import { parts, unpacked } from "./packing.ts";

/** What a message looks like beside a member's habits. */
export interface Seen {
  readonly text: string;
  /** Its sketch, packed. */
  readonly drawn: string;
  readonly at: number;
  readonly authorId: string;
  readonly replyToUserId?: string;
  /** Written in the last minute in messages of a line or more, this one included; nothing for a shorter one. */
  readonly letters: number;
  /** Asked only where somebody follows one other all the time. */
  readonly memberCount: () => number;
}

/**
 * What a message counts towards its writer's pace. A short one nothing: most are, and to reach `FASTEST_PER_MINUTE` with them takes a
 * flood that moderation meets. A long one no more than this: whoever pastes a page types no faster for it.
 */
export function paceOf({ length }: string): number {
  return length < A_LINE ? 0 : Math.min(length, LETTERS_COUNTED);
}

const A_LINE = 80;
const LETTERS_COUNTED = 250;
/** Fifteen characters a second for a minute, in several messages: nobody types that. */
const FASTEST_PER_MINUTE = 900;
const SLEEPLESS_HOURS = 22;
const GAPS_TO_JUDGE = 20;
/** Of the gaps' spread to their mean. Talk comes in bursts and pauses and lies far above. */
const CLOCKWORK_SPREAD = 0.3;
const LONGEST_CLOCKWORK_GAP = 1_800;
const ALIKE = 0.7;
/** So much of somebody's company is one and the same. */
const ONE_PARTNER = 0.9;
/** Below, the same two may well be all who are there. */
const GUILD_WITH_OTHERS = 30;

/** Why a message earns nothing; undefined for one that does. Each reason is one a member can be told. */
export type Doubt =
  "self-reply" | "mash" | "repeats" | "word-salad" | "too-fast" | "sleepless" | "clockwork" | "one-partner";

export function doubtOf(seen: Seen, habits: Habits): Doubt | undefined {
  if (seen.replyToUserId === seen.authorId) return "self-reply";
  if (isMash(seen.text)) return "mash";
  if (isRepeated(seen.drawn, habits.texts)) return "repeats";
  if (isWordSalad(seen.text)) return "word-salad";
  if (seen.letters > FASTEST_PER_MINUTE) return "too-fast";
  return doubtOfHabits(seen, habits);
}

function doubtOfHabits({ at, memberCount }: Seen, habits: Habits): Doubt | undefined {
  if (bitsOf(hoursAt(habits, at)) >= SLEEPLESS_HOURS) return "sleepless";
  if (isClockwork(unpacked(habits.gaps))) return "clockwork";
  if (isOnePartner(parts(habits.company)) && memberCount() >= GUILD_WITH_OTHERS) return "one-partner";
  return undefined;
}

/** From the last few texts, one that has most in common with it. */
function isRepeated(drawn: string, texts: readonly string[]): boolean {
  if (texts.length === 0) return false;
  const own = new Set(parts(drawn));
  return texts.some((text) => {
    const theirs = parts(text);
    const larger = Math.max(own.size, theirs.length);
    return larger === 0 || theirs.filter((part) => own.has(part)).length / larger >= ALIKE;
  });
}

function bitsOf(value: number): number {
  let count = 0;
  for (let left = value; left > 0; left >>= 1) count += left & 1;
  return count;
}

function isClockwork(gaps: readonly number[]): boolean {
  if (gaps.length < GAPS_TO_JUDGE) return false;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (mean > LONGEST_CLOCKWORK_GAP) return false;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  return Math.sqrt(variance) / mean < CLOCKWORK_SPREAD;
}

function isOnePartner(company: readonly string[]): boolean {
  if (company.length < COMPANY_KEPT) return false;
  const counts = new Map<string, number>();
  for (const userId of company) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return Math.max(...counts.values()) / company.length >= ONE_PARTNER;
}

const LATIN_WORD = /[a-z]+/g;
const VOWEL = /[aeiouy]/g;
const LONGEST_CONSONANTS = /[bcdfghjklmnpqrstvwxz]{5,}/;
const SAME_LETTER = /(\p{L})\1{3,}/u;

/** Keys pressed at random: Latin words with hardly a vowel, endless consonants, or one letter over and over. */
function isMash(text: string): boolean {
  const words = text.match(LATIN_WORD)?.filter((word) => word.length >= 4) ?? [];
  if (words.length === 0) return false;
  return words.filter(isMashed).length * 2 > words.length;
}

function isMashed(word: string): boolean {
  if (SAME_LETTER.test(word) && new Set(word).size <= 3) return true;
  if (word.length < 6) return false;
  const vowels = word.match(VOWEL)?.length ?? 0;
  return LONGEST_CONSONANTS.test(word) || vowels / word.length < 0.15;
}

/** The small words no sentence of eight words or more does without, in the languages whose small words we know. */
const SMALL_WORDS = new Set(
  [
    "the a an and or but if of to in on at is are was were be been it its this that these those i you he she we they me my your for with as not no do does did have has had so what how when where who will can just about from by up out all there their than then too very",
    "der die das ein eine einen dem den des und oder aber wenn von zu im in am auf an ist sind war es ich du er sie wir ihr mich mir dich dir mein dein für mit als nicht kein auch so wie was wo wer wird kann nur noch schon doch mal aus bei nach über",
    "el la los las un una unos y o pero si de a en con por para es son era que no se lo le me te mi tu su yo como más muy ya este esta eso del al cuando donde",
    "le la les un une des et ou mais si de à en dans sur est sont était que qui ne pas se ce il elle je tu nous vous ils mon ton son pour avec comme plus très au aux du quand où",
    "o a os as um uma uns e ou mas se de em no na com por para é são era que não se ele ela eu você nós meu seu como mais muito já este esta isso do da quando onde",
  ].flatMap((list) => list.split(" ")),
);
const ENOUGH_WORDS = 8;
const WORD = /\p{L}+/gu;

/** Addresses, commands and settings have words of their own. */
const CODE_OR_LINK = /[=\\{}<>]|\/|```|\w\.\w/;

/** Words strung together by a program: long enough for a sentence, and not one small word among them. */
function isWordSalad(text: string): boolean {
  if (CODE_OR_LINK.test(text)) return false;
  if (/[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u.test(text)) return false;
  const words = text.match(WORD) ?? [];
  return words.length >= ENOUGH_WORDS && !words.some((word) => SMALL_WORDS.has(word));
}
