import { snowflakeTime, type EventOf, type Look, type Newcomer, type RaidStep, type Values } from "#core";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { relatives } from "./kinship.ts";
import { rushOf, usualPerHour } from "./pace.ts";
import { words } from "./words.ts";

/** Newcomers are compared with those of the last minutes, and with no more of them than this. */
const REMEMBERED_MS = 120_000;
const REMEMBERED = 40;

/** Why, by the words' key and what stands in them: recorded in English, told in the guild's language. */
export interface Reason {
  readonly key: ReasonKey;
  readonly values: Values;
}

export type ReasonKey = Extract<Parameters<typeof words.say>[1], `why.${string}`>;

export function saidOf({ key, values }: Reason, locale = "en"): string {
  return words.say(locale, key, values);
}

/** What one event says of a raid: how far to go, why in one clause, and who is taken for part of it. */
export interface Sign {
  readonly step: RaidStep;
  readonly reason: Reason;
  readonly members: readonly Pick<Newcomer, "userId" | "name">[];
  /** People who joined with this event. */
  readonly joins: number;
}

export function newcomerOf({ member, at }: EventOf<"member.joined">): Newcomer {
  const { userId, name, avatar } = member;
  const faceless = avatar === undefined ? { faceless: true } : {};
  return { userId, name: excerpt(name, 40), at, madeAt: snowflakeTime(userId), ...faceless };
}

/** Those who joined lately, each once: whoever comes, goes and comes again is one person. */
export function recentOthers(newcomer: Newcomer, look: Look): readonly Newcomer[] {
  const last = look.record("arrivals", "recent")?.last ?? [];
  return last.filter(({ userId, at }) => userId !== newcomer.userId && at > newcomer.at - REMEMBERED_MS);
}

export function remembered(newcomer: Newcomer, others: readonly Newcomer[]): readonly Newcomer[] {
  return [...others, newcomer].slice(-REMEMBERED);
}

/**
 * Two kinds of signs. Accounts that look made by one hand are a raid, however slowly they come. Many at once may just as
 * well be a launch: that alone slows the guild down, which harms nobody, and takes nobody for part of anything.
 */
export function signOf(newcomer: Newcomer, others: readonly Newcomer[], look: Look, config: Config): Sign | undefined {
  const isSurge = (look.record("surge", "planned")?.until ?? 0) > newcomer.at;
  const related = relatives(newcomer, others);
  const group = [newcomer, ...related];
  const factor = isSurge ? 2 : 1;
  if (group.length >= config.related.slow * factor) {
    const step = group.length >= config.related.pause * factor ? "pause" : "slow";
    return { step, reason: kinship(group), members: group, joins: 1 };
  }
  if (isSurge) return undefined;
  const rush = rushOf([...others, newcomer], newcomer.at, usualPerHour(newcomer.at, look, config));
  if (rush === undefined) return undefined;
  const reason: Reason = { key: "why.rush", values: { ...rush } };
  return { step: "slow", reason, members: [], joins: 1 };
}

function kinship(group: readonly Newcomer[]): Reason {
  const made = group.map(({ madeAt }) => madeAt);
  const joined = group.map(({ at }) => at);
  const faceless = group.filter((one) => one.faceless === true).length;
  const spread = span(Math.max(...made) - Math.min(...made));
  const within = span(Math.max(...joined) - Math.min(...joined));
  return { key: "why.related", values: { count: group.length, within, spread, faceless } };
}

const UNITS = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
] as const;

function span(milliseconds: number): string {
  const unit = UNITS.find(([length]) => milliseconds >= 2 * length);
  return unit === undefined
    ? `${Math.ceil(milliseconds / 1_000)} s`
    : `${Math.round(milliseconds / unit[0])} ${unit[1]}`;
}
