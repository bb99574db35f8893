import type { Action, Modification, Verb } from "#core";
import { excerpt } from "#core/text/excerpt";
import { labelOf, minutesLeft } from "./labels.ts";
import { type Key, lengthIn, text } from "./words.ts";

/** From mild to harsh: what is allowed instead is never further right than what was asked. */
const LADDER = ["member.warn", "member.timeout", "member.kick", "member.ban"] as const satisfies readonly Verb[];
type Rung = (typeof LADDER)[number];

const MINUTE = 60_000;
const LONGEST_MINUTES = 28 * 24 * 60;
const DEFAULT_MINUTES = 60;

export interface Option {
  readonly label: string;
  readonly modification: Modification;
}

/** The closed list a human may choose from instead of what was asked. */
export function optionsFor(action: Action, askedAt: number, locale?: string): readonly Option[] {
  if (!isRung(action)) return [];
  const timeouts = LENGTHS.filter((minutes) => minutes < mostMinutes(action, askedAt)).map((minutes) => ({
    label: text(locale, "option.timeout", { length: lengthIn(locale, minutes) }),
    modification: { verb: "member.timeout" as const, minutes },
  }));
  const plain = (verb: "member.kick" | "member.warn", key: Key): Option => {
    return { label: text(locale, key), modification: { verb } };
  };
  const rung = LADDER.indexOf(action.verb);
  return [
    ...(rung > 2 ? [plain("member.kick", "option.kick")] : []),
    ...(rung >= 1 ? timeouts : []),
    ...(rung > 0 ? [plain("member.warn", "option.warn")] : []),
  ];
}

const LENGTHS = [7 * 1_440, 1_440, 60, 10];

export type Modified =
  { readonly action: Action; readonly why: string; readonly difference: string } | { readonly refused: string };

interface AskedFor {
  readonly action: Action;
  readonly why: string;
  readonly at: number;
  readonly locale?: string;
}

/** Another action, another length, another reason; refused where it is harsher than what was asked, or the same. */
export function modified(asked: AskedFor, { verb, minutes, reason }: Modification, now: number): Modified {
  const { locale } = asked;
  const why = reason === undefined || reason.trim() === "" ? asked.why : excerpt(reason.trim(), 300);
  const changed = changedAction({ ...asked, why }, verb ?? asked.action.verb, minutes, now);
  if ("refused" in changed) return { refused: text(locale, changed.refused.key, changed.refused.values) };
  const [before, after] = [labelOf(asked.action, asked.at, locale), labelOf(changed.action, now, locale)];
  const parts = [
    ...(changed.action === asked.action ? [] : [text(locale, "difference.action", { before, after })]),
    ...(why === asked.why ? [] : [text(locale, "difference.reason", { before: asked.why, after: why })]),
  ];
  if (parts.length === 0) return { refused: text(locale, "modify.same") };
  return { action: changed.action, why, difference: parts.join("; ") };
}

interface Refused {
  readonly refused: { readonly key: Key; readonly values?: Readonly<Record<string, number>> };
}

function changedAction(
  { action, at, why, locale }: AskedFor,
  verb: Verb,
  minutes: number | undefined,
  now: number,
): { readonly action: Action } | Refused {
  if (verb === action.verb && minutes === undefined) return { action };
  if (!isRung(action) || !isVerbOfLadder(verb)) return { refused: { key: "modify.only" } };
  if (LADDER.indexOf(verb) > LADDER.indexOf(action.verb)) return { refused: { key: "modify.harsher" } };
  if (verb === "member.ban") return { refused: { key: "modify.ban" } };
  const { member } = action;
  const notice = "notice" in action && action.notice !== undefined ? { notice: action.notice } : {};
  if (verb === "member.warn")
    return { action: { verb, member, notice: notice.notice ?? text(locale, "modify.notice", { why }) } };
  if (verb === "member.kick") return { action: { verb, member, ...notice } };
  const [length, most] = [minutes ?? DEFAULT_MINUTES, mostMinutes(action, at)];
  if (length < 1 || length > most) return { refused: { key: "modify.length", values: { most } } };
  return { action: { verb, member, until: now + length * MINUTE, ...notice } };
}

type Measure = Extract<Action, { verb: Rung }>;

function isRung(action: Action): action is Measure {
  return isVerbOfLadder(action.verb);
}

function isVerbOfLadder(verb: Verb): verb is Rung {
  return (LADDER as readonly Verb[]).includes(verb);
}

/** A time-out is shortened, never lengthened; instead of something harsher it may be as long as Discord allows. */
function mostMinutes(action: Action, askedAt: number): number {
  if (action.verb !== "member.timeout") return LONGEST_MINUTES;
  return minutesLeft(action.until, askedAt);
}

const UNITS: Readonly<Record<string, number>> = { m: 1, min: 1, h: 60, d: 1_440, w: 10_080 };
const WORDS: Readonly<Record<string, Rung>> = {
  warn: "member.warn",
  timeout: "member.timeout",
  mute: "member.timeout",
  kick: "member.kick",
  ban: "member.ban",
};

/** "timeout 2h keeps advertising", "2h", "kick", "reason: posted it once": what a reply to a card says. */
export function readModification(text: string): Modification | undefined {
  const words = text.trim().split(/\s+/);
  const verb = WORDS[words[0]?.toLowerCase().replace("-", "") ?? ""];
  if (verb !== undefined) words.shift();
  const minutes = minutesIn(words[0] ?? "");
  if (minutes !== undefined) words.shift();
  const rest = words.join(" ").replace(/^reason:\s*/i, "");
  const isReason = verb !== undefined || minutes !== undefined || /^reason:/i.test(words[0] ?? "");
  if (!isReason) return undefined;
  return {
    ...(verb === undefined ? {} : { verb }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(rest === "" ? {} : { reason: rest }),
  };
}

export function minutesIn(text: string): number | undefined {
  const match = /^(\d{1,6})(m|min|h|d|w)$/i.exec(text);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2]!.toLowerCase()]!;
}
