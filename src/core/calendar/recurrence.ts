import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { utcTime } from "./ics.ts";
import { wallClockAt } from "./zones.ts";

/** How something repeats: an RRULE without its first word, the moment it counts from, and whose clocks it follows. */
export interface Recurrence {
  readonly rule: string;
  readonly firstAt: number;
  readonly zone: string;
}

/** What people choose from; whoever wants more writes an RRULE. */
export const REPEATS = ["daily", "weekdays", "weekly", "fortnightly", "monthly", "monthly-weekday", "yearly"] as const;
export type Repeat = (typeof REPEATS)[number];

/**
 * *unknown* it is no rule · *too-often* more than once a day · *unfit* the first date is none of the rule's · *never* there is no
 * second date
 */
export type RuleMistake = "unknown" | "too-often" | "unfit" | "never";
export type RuleFound = { readonly rule: string } | { readonly mistake: RuleMistake };

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const OFTEN = ["HOURLY", "MINUTELY", "SECONDLY"];
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^[A-Z]+$/,
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/,
  BYDAY: /^(?:[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: /^-?\d{1,2}(?:,-?\d{1,2})*$/,
  BYMONTH: /^\d{1,2}(?:,\d{1,2})*$/,
  BYSETPOS: /^-?\d{1,3}(?:,-?\d{1,3})*$/,
  WKST: /^(?:MO|TU|WE|TH|FR|SA|SU)$/,
};

/** The rule that is meant by one of the words or written as an RRULE, or what is wrong with it. */
export function ruleOf(said: string, firstAt: number, zone: string): RuleFound {
  const text = said.trim();
  const known = REPEATS.find((repeat) => repeat === text.toLowerCase());
  const rule = known === undefined ? written(text, zone) : ruleFor(known, firstAt, zone);
  if (typeof rule !== "string") return rule;
  return checked({ rule, firstAt, zone });
}

/** A rule that has no date within so many steps has none that anybody waits for. */
const STEPS = 500;

function checked(recurrence: Recurrence): RuleFound {
  const { rule, firstAt } = recurrence;
  let all: RRuleTemporal;
  try {
    all = ruleMade(recurrence, { strict: true, maxIterations: STEPS });
  } catch {
    return { mistake: "unknown" };
  }
  try {
    if (all.next(new Date(firstAt - 1))?.epochMilliseconds !== firstAt) return { mistake: "unfit" };
    return all.next(new Date(firstAt)) === null ? { mistake: "never" } : { rule };
  } catch {
    return { mistake: "never" };
  }
}

function ruleFor(repeat: Repeat, firstAt: number, zone: string): string {
  const { weekday, day, month, year } = wallClockAt(firstAt, zone);
  const name = DAYS[weekday - 1]!;
  const nth = Math.ceil(day / 7);
  const isLast = day + 7 > new Date(Date.UTC(year, month, 0)).getUTCDate();
  const rules: Readonly<Record<Repeat, string>> = {
    daily: "FREQ=DAILY",
    weekdays: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    weekly: "FREQ=WEEKLY",
    fortnightly: "FREQ=WEEKLY;INTERVAL=2",
    monthly: "FREQ=MONTHLY",
    "monthly-weekday": `FREQ=MONTHLY;BYDAY=${isLast && nth >= 4 ? -1 : nth}${name}`,
    yearly: "FREQ=YEARLY",
  };
  return rules[repeat];
}

/** Only parts that make dates, each once and in its own form: `UNTIL` in UTC, as calendars want it beside a zone. */
function written(text: string, zone: string): string | { readonly mistake: RuleMistake } {
  const parts = text
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")
    .map((part) => part.split("=") as [string, string?]);
  const names = parts.map(([name]) => name);
  if (names[0] !== "FREQ" || new Set(names).size !== names.length) return { mistake: "unknown" };
  if (!parts.every(([name, value]) => value !== undefined && PARTS[name]?.test(value) === true))
    return { mistake: names.some((name) => /^BY(?:HOUR|MINUTE|SECOND)$/.test(name)) ? "too-often" : "unknown" };
  const frequency = parts[0]![1]!;
  if (OFTEN.includes(frequency)) return { mistake: "too-often" };
  if (!FREQUENCIES.includes(frequency)) return { mistake: "unknown" };
  const until = parts.map(([name, value]) => `${name}=${name === "UNTIL" ? untilOf(value!, zone) : value!}`);
  return until.some((part) => part.endsWith("=")) ? { mistake: "unknown" } : until.join(";");
}

/** A day is meant to its end. */
function untilOf(value: string, zone: string): string {
  if (value.endsWith("Z")) return value;
  const iso = `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`;
  const time = value.length > 8 ? `${value.slice(9, 11)}:${value.slice(11, 13)}:${value.slice(13, 15)}` : "23:59:59";
  try {
    return utcTime(Temporal.PlainDateTime.from(`${iso}T${time}`).toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return "";
  }
}

/** The first moment after another at which it takes place; a wall clock's time that clocks jump over is left out (RFC 5545). */
export function nextOccurrence(recurrence: Recurrence, after: number): number | undefined {
  return ruleMade(recurrence).next(new Date(after))?.epochMilliseconds;
}

/** All of them from one moment to another, both included. */
export function occurrencesBetween(recurrence: Recurrence, from: number, to: number): readonly number[] {
  return ruleMade(recurrence)
    .between(new Date(from), new Date(to), true)
    .map((date) => date.epochMilliseconds);
}

function ruleMade(recurrence: Recurrence, options: { strict?: boolean; maxIterations?: number } = {}): RRuleTemporal {
  const rruleString = `RRULE:${recurrence.rule}`;
  return new RRuleTemporal({ rruleString, dtstart: start(recurrence), cache: false, ...options });
}

function start({ firstAt, zone }: Recurrence): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(firstAt).toZonedDateTimeISO(zone);
}
