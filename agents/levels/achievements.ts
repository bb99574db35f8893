import { levelOf, type Member } from "#core";
import type { Config } from "./config.ts";
import type { Habits } from "./habits.ts";
import { words } from "./words.ts";

type Condition = Config["achievements"]["own"][number]["when"];
type Simple = Exclude<Condition, { all: unknown } | { any: unknown }>;

/** Something to be reached once, by the guild's own words or by ours. */
export interface Achievement {
  readonly id: string;
  readonly name: (locale: string | undefined) => string;
  readonly about: (locale: string | undefined) => string;
  readonly when: Condition;
  readonly secret: boolean;
  readonly points: number;
  readonly roleId?: string;
}

const ready = (id: ReadyName, when: Condition, points: number, secret = false): Achievement => ({
  ...{ id, when, points, secret },
  name: (locale) => words.say(locale, `badge.${id}`),
  about: (locale) => words.say(locale, `badge-about.${id}`),
});

type ReadyName =
  | "first-words"
  | "hundred-messages"
  | "thousand-messages"
  | "busy-day"
  | "week-long"
  | "month-long"
  | "ten-hours"
  | "helper"
  | "all-rounder"
  | "one-year";

/** Sets a guild can take as they are. */
export const READY_SETS: Readonly<Record<"talk" | "loyalty" | "together", readonly Achievement[]>> = {
  talk: [
    ready("first-words", { count: "messages", atLeast: 1 }, 5),
    ready("hundred-messages", { count: "messages", atLeast: 100 }, 50),
    ready("thousand-messages", { count: "messages", atLeast: 1_000 }, 250),
    ready("busy-day", { today: "messages", atLeast: 40 }, 30, true),
  ],
  loyalty: [
    ready("week-long", { streak: 7 }, 50),
    ready("month-long", { streak: 30 }, 250),
    ready("one-year", { memberDays: 365 }, 100),
  ],
  together: [
    ready("ten-hours", { count: "voiceMinutes", atLeast: 600 }, 100),
    ready("helper", { count: "thanks", atLeast: 10 }, 100),
    ready(
      "all-rounder",
      {
        all: [
          { count: "messages", atLeast: 50 },
          { count: "voiceMinutes", atLeast: 60 },
          { count: "reactions", atLeast: 20 },
        ],
      },
      75,
    ),
  ],
};

export function achievementsOf({ achievements: { sets, own } }: Config): readonly Achievement[] {
  const mine = own.map(
    ({ name, about, ...rest }) => ({ ...rest, name: () => name, about: () => about }) as Achievement,
  );
  return [...sets.flatMap((set) => READY_SETS[set]), ...mine];
}

/** What a condition is held against. */
export interface Facts {
  readonly habits: Habits;
  readonly points: number;
  readonly member: Pick<Member, "joinedAt">;
  readonly at: number;
}

/** Those reached now that were not before. */
export function reachedNow(facts: Facts, config: Config): readonly Achievement[] {
  const has = facts.habits.badges;
  return achievementsOf(config).filter((one) => has[one.id] === undefined && shareOf(one.when, facts, config) >= 1);
}

/** How far somebody is, from 0 to 1. */
export function shareOf(when: Condition, facts: Facts, config: Config): number {
  if ("all" in when) return Math.min(...when.all.map((one) => simpleShare(one, facts, config)));
  if ("any" in when) return Math.max(...when.any.map((one) => simpleShare(one, facts, config)));
  return simpleShare(when, facts, config);
}

const DAY_MS = 86_400_000;

function simpleShare(when: Simple, { habits, points, member, at }: Facts, config: Config): number {
  if ("count" in when) return Math.min(1, habits.sums[when.count] / when.atLeast);
  if ("today" in when) return Math.min(1, habits[when.today] / when.atLeast);
  if ("streak" in when) return Math.min(1, habits.streak.days / when.streak);
  if ("level" in when) return Math.min(1, levelOf(points, config.curve) / when.level);
  const days = member.joinedAt === undefined ? 0 : (at - member.joinedAt) / DAY_MS;
  return Math.min(1, days / when.memberDays);
}
