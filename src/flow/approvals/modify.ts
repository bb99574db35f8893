import type { Action, Modification, Verb } from "#core";
import { excerpt } from "#core/text/excerpt";

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
export function optionsFor(action: Action, askedAt: number): readonly Option[] {
  if (!isRung(action)) return [];
  const lengths = [
    { label: "7 days", minutes: 10_080 },
    { label: "1 day", minutes: 1_440 },
    { label: "1 hour", minutes: 60 },
    { label: "10 minutes", minutes: 10 },
  ];
  const timeouts = lengths
    .filter(({ minutes }) => minutes < mostMinutes(action, askedAt))
    .map(({ label, minutes }) => ({
      label: `Time out ${label}`,
      modification: { verb: "member.timeout" as const, minutes },
    }));
  const rung = LADDER.indexOf(action.verb);
  return [
    ...(rung > 2 ? [{ label: "Kick", modification: { verb: "member.kick" as const } }] : []),
    ...(rung >= 1 ? timeouts : []),
    ...(rung > 0 ? [{ label: "Warn", modification: { verb: "member.warn" as const } }] : []),
  ];
}

export type Modified =
  { readonly action: Action; readonly why: string; readonly difference: string } | { readonly refused: string };

/** Another action, another length, another reason; refused where it is harsher than what was asked, or the same. */
export function modified(
  asked: { readonly action: Action; readonly why: string; readonly at: number },
  { verb, minutes, reason }: Modification,
  now: number,
): Modified {
  const why = reason === undefined || reason.trim() === "" ? asked.why : excerpt(reason.trim(), 300);
  const changed = changedAction(asked, verb ?? asked.action.verb, minutes, why, now);
  if ("refused" in changed) return changed;
  const parts = [
    ...(changed.label === undefined ? [] : [`${labelOf(asked.action, asked.at)} → ${changed.label}`]),
    ...(why === asked.why ? [] : [`reason “${asked.why}” → “${why}”`]),
  ];
  if (parts.length === 0) return { refused: "That is what was asked already." };
  return { action: changed.action, why, difference: parts.join("; ") };
}

function changedAction(
  { action, at }: { readonly action: Action; readonly at: number },
  verb: Verb,
  minutes: number | undefined,
  why: string,
  now: number,
): { action: Action; label?: string } | { refused: string } {
  if (verb === action.verb && minutes === undefined) return { action };
  if (!isRung(action) || !isVerbOfLadder(verb)) return { refused: "This can only be allowed or rejected as it is." };
  if (LADDER.indexOf(verb) > LADDER.indexOf(action.verb))
    return { refused: "That would be harsher than what was asked." };
  const { member } = action;
  const notice = "notice" in action && action.notice !== undefined ? { notice: action.notice } : {};
  if (verb === "member.warn")
    return {
      action: { verb, member, notice: notice.notice ?? `You were warned by the moderators: ${why}` },
      label: "warn",
    };
  if (verb === "member.kick") return { action: { verb, member, ...notice }, label: "kick" };
  if (verb === "member.ban") return { refused: "A ban has no length; choose something milder, or change the reason." };
  const length = minutes ?? DEFAULT_MINUTES;
  if (length < 1 || length > mostMinutes(action, at))
    return { refused: `A time-out is from 1 to ${mostMinutes(action, at)} minutes here.` };
  return {
    action: { verb, member, until: now + length * MINUTE, ...notice },
    label: `time out for ${inWords(length)}`,
  };
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
  return Math.max(1, Math.round((action.until - askedAt) / MINUTE));
}

export function labelOf(action: Action, askedAt: number): string {
  if (action.verb === "member.timeout") return `time out for ${inWords(mostMinutes(action, askedAt))}`;
  return action.verb.replace(/^members?\./, "").replace("-", " ");
}

export function inWords(minutes: number): string {
  if (minutes % 1_440 === 0) return plural(minutes / 1_440, "day");
  if (minutes % 60 === 0) return plural(minutes / 60, "hour");
  return plural(minutes, "minute");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
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
