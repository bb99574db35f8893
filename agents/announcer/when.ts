import { type Announcement, type Look } from "#core";
import { REPEATS, ruleOf, type Recurrence } from "#core/calendar/recurrence";
import { whenWritten } from "#core/calendar/written";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

const YEAR = 366 * 86_400_000;

export interface Asked {
  readonly at: number;
  readonly userId: string;
  readonly locale?: string | undefined;
  readonly when: string;
  /** One of the words for it, or an RRULE; empty: once. */
  readonly repeat: string;
}

/** When, and how often, in the author's own zone; or one line that says what is wrong and what to write instead. */
export type Timing = Pick<Announcement, "at" | "repeat"> & { readonly notes: readonly string[] };

export function timingOf(asked: Asked, look: Look, config: Config): Timing | { readonly mistake: string } {
  const { at, userId, locale } = asked;
  const [when, repeat] = [asked.when.trim(), asked.repeat.trim()];
  const mistake = (key: TimingMistake, values = {}) => ({ mistake: words.say(locale, `time.${key}`, values) });
  if (when === "") return repeat === "" ? { notes: [] } : mistake("repeat-needs-time");
  const zone = look.record("zone", userId)?.zone ?? config.timeZone;
  const found = whenWritten(when, { at, zone, ...(locale !== undefined && { locale }) });
  if ("mistake" in found) return mistake(found.mistake, "at" in found ? { when: timestamp(found.at) } : { text: when });
  if (found.at > at + YEAR) return mistake("far");
  const odd = found.odd === undefined ? [] : [words.say(locale, `time.${found.odd}`)];
  const notes = [...odd, words.say(locale, "time.zone", { zone })];
  if (repeat === "") return { at: found.at, notes };
  const rule = ruleOf(repeat, found.at, zone);
  if ("mistake" in rule)
    return mistake(`rule-${rule.mistake}`, { words: REPEATS.join(", "), when: timestamp(found.at) });
  const recurrence: Recurrence = { rule: rule.rule, firstAt: found.at, zone };
  return { at: found.at, repeat: recurrence, notes };
}

type TimingMistake =
  | "unreadable"
  | "no-time"
  | "past"
  | "far"
  | "repeat-needs-time"
  | "rule-unknown"
  | "rule-too-often"
  | "rule-unfit"
  | "rule-never";

/** Everybody reads it in their own time. */
export function timestamp(at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `<t:${seconds}:F> (<t:${seconds}:R>)`;
}
