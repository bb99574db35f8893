import * as de from "chrono-node/de";
import * as en from "chrono-node/en";
import * as es from "chrono-node/es";
import * as fr from "chrono-node/fr";
import { type Language, languageOf, LANGUAGES } from "../language.ts";
import { numbersSpelled, portugueseInEnglish } from "./wordings.ts";
import { momentAt, wallClockAt, type WallClock } from "./zones.ts";

/**
 * What somebody wrote, as a moment. *odd* is said where clocks are changed; `endsAt` where an end was said.
 *
 * *unreadable* it is no date we read, or one that no calendar has · *no-time* it names a day and no time · *past* it was
 */
export type WhenFound =
  | { readonly at: number; readonly endsAt?: number; readonly odd?: "skipped" | "twice" }
  | { readonly mistake: "unreadable" | "no-time" }
  | { readonly mistake: "past"; readonly at: number };

interface Reference {
  /** What is now: "tomorrow" and "in two hours" count from it. */
  readonly at: number;
  readonly zone: string;
  readonly locale?: string;
}

type Parsed = ReturnType<typeof en.parse>[number];
type Components = Parsed["start"];

/** Two patterns of the library take a tenth of a second of everybody's time when they are first tried: both end in one of these words. */
const SELDOM = /\b(?:ago|before|earlier|later|after|from now|henceforth|forward|out)\b/i;
export const SLOW: ReadonlySet<string> = new Set(["ENTimeUnitAgoFormatParser", "ENTimeUnitLaterFormatParser"]);

const quickEnglish = en.casual.clone();
quickEnglish.parsers = quickEnglish.parsers.filter((parser) => !SLOW.has(parser.constructor.name));
const englishFor = (text: string): typeof en.casual => (SELDOM.test(text) ? en.casual : quickEnglish);

const READERS: Readonly<
  Record<Language, (text: string) => { readonly text: string; readonly chrono: typeof en.casual }>
> = {
  en: (text) => ({ text, chrono: englishFor(text) }),
  de: (text) => ({ text, chrono: de.casual as typeof en.casual }),
  es: (text) => ({ text, chrono: es.casual as typeof en.casual }),
  fr: (text) => ({ text, chrono: fr.casual as typeof en.casual }),
  "pt-BR": (text) => {
    const english = portugueseInEnglish(text);
    return { text: english, chrono: englishFor(english) };
  },
};

/** Words that may stand around a date and say nothing of it. */
const FILLERS =
  /\b(?:on|at|the|from|um|am|ab|der|den|dem|el|la|los|las|le|les|de|del|du|a|o|às|as|à|no|na|em|uhr|h|h(?:o|ou)ras?|hs|heures?|desde|von|à partir de)\b|[.,;:@-]/giu;

/** "next friday at 7pm" in the words of the five languages, by the clocks of one zone. The same words, the same moment. */
export function whenWritten(text: string, reference: Reference): WhenFound {
  const own = languageOf(reference.locale);
  const order = [own, ...LANGUAGES.filter((language) => language !== own)];
  const failed: WhenFound[] = [];
  // One language after the other: each has its patterns made when it is first tried.
  for (const language of order) {
    const found = readIn(language, text, reference);
    if (!("mistake" in found)) return found;
    failed.push(found);
  }
  return failed.find((one) => "mistake" in one && one.mistake !== "unreadable") ?? failed[0]!;
}

function readIn(language: Language, said: string, reference: Reference): WhenFound {
  const spelled = numbersSpelled(said.normalize("NFC").trim(), language, wallClockAt(reference.at, reference.zone));
  if (spelled === undefined) return { mistake: "unreadable" };
  const { text, chrono } = READERS[language](spelled);
  const offset = offsetOf(reference);
  const found = chrono.parse(text, { instant: new Date(reference.at), timezone: offset }, { forwardDate: true });
  const [only] = found;
  if (only === undefined || found.length > 1) return { mistake: "unreadable" };
  const rest = text.slice(0, only.index) + text.slice(only.index + only.text.length);
  if (rest.replaceAll(FILLERS, "").trim() !== "") return { mistake: "unreadable" };
  return momentOf(only, reference);
}

function momentOf(parsed: Parsed, reference: Reference): WhenFound {
  if (!parsed.start.isCertain("hour")) return { mistake: "no-time" };
  const start = resolved(parsed.start, reference);
  if (start === undefined) return { mistake: "unreadable" };
  if (start.at <= reference.at) return { mistake: "past", at: start.at };
  const end = parsed.end?.isCertain("hour") === true ? resolved(parsed.end, reference)?.at : undefined;
  return { ...start, ...(end !== undefined && end > start.at && { endsAt: end }) };
}

/** With an offset of its own it is a moment already; else the clocks of the zone say which. */
function resolved(
  components: Components,
  { at, zone }: Reference,
): { at: number; odd?: "skipped" | "twice" } | undefined {
  const wall = wallOf(components);
  const offset = components.isCertain("timezoneOffset") ? components.get("timezoneOffset") : null;
  if (offset !== null)
    return { at: Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) - offset * 60_000 };
  const found = momentAt(wall, zone);
  const isTimeAlone = !["day", "weekday", "month"].some((name) => components.isCertain(name as "day"));
  if (found === undefined || found.at > at || !isTimeAlone) return found;
  const tomorrow = wallClockAt(at + 86_400_000, zone);
  return momentAt({ ...wall, year: tomorrow.year, month: tomorrow.month, day: tomorrow.day }, zone);
}

function wallOf(components: Components): WallClock {
  const part = (name: Parameters<Components["get"]>[0]): number => components.get(name) ?? 0;
  return { year: part("year"), month: part("month"), day: part("day"), hour: part("hour"), minute: part("minute") };
}

/** The library counts in minutes of one offset; what is said in words of the wall clock is made right afterwards. */
function offsetOf({ at, zone }: Reference): number {
  const { year, month, day, hour, minute } = wallClockAt(at, zone);
  return Math.round((Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000);
}
