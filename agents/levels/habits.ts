import type { Records } from "#core";

/**
 * What is remembered of how a member earns, written when a message of theirs was looked at: enough to tell a person from a
 * script, and nothing of what they said. `at` is when that was; the sums are of the day (UTC) `day`; `texts` are sketches,
 * `gaps` seconds between messages, `hours` the different hours since 1970 in which they wrote, `company` who had earned in
 * the channel before them. The latest come first.
 */
export type Habits = Records["levelling"];

export const TEXTS_KEPT = 6;
export const GAPS_KEPT = 32;
export const HOURS_KEPT = 24;
export const COMPANY_KEPT = 24;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const dayOf = (at: number): number => Math.floor(at / DAY_MS);
export const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

const NEVER = {
  ...{ texts: [], gaps: [], hours: [], company: [], badges: {}, told: 1 },
  sums: { messages: 0, reactions: 0, voiceMinutes: 0, threads: 0, thanks: 0 },
  streak: { days: 0, day: 0, spared: 0 },
};

/** The habits as of a moment: a new day begins with nothing earned. */
export function habitsAt(known: Habits | undefined, at: number): Habits {
  const day = dayOf(at);
  const nothing = { day, messages: 0, voiceMinutes: 0, threads: 0, reactors: [], thanked: [] };
  if (known === undefined) return { at: 0, ...nothing, ...NEVER };
  return known.day === day ? known : { ...known, ...nothing };
}

/** After a message that was looked at, worth something or not. */
export function withMessage(habits: Habits, at: number, sketch: readonly number[], before: string | undefined): Habits {
  const hour = hourOf(at);
  return {
    ...habits,
    at,
    texts: [sketch, ...habits.texts].slice(0, TEXTS_KEPT),
    gaps: habits.at === 0 ? [] : [Math.round((at - habits.at) / 1_000), ...habits.gaps].slice(0, GAPS_KEPT),
    hours: habits.hours[0] === hour ? habits.hours : [hour, ...habits.hours].slice(0, HOURS_KEPT),
    company: before === undefined ? habits.company : [before, ...habits.company].slice(0, COMPANY_KEPT),
  };
}

type Sum = keyof Habits["sums"];

export function withSum(habits: Habits, sum: Sum, by = 1): Habits {
  return { ...habits, sums: { ...habits.sums, [sum]: habits.sums[sum] + by } };
}

/** Another message that earned: the streak goes on if no more days were missed than are spared in all. */
export function withStreak(habits: Habits, at: number, spare: number): Habits {
  const day = dayOf(at);
  const { streak } = habits;
  if (streak.day === day) return habits;
  const missed = streak.days === 0 ? 0 : day - streak.day - 1;
  const spared = streak.spared + missed;
  const goesOn = streak.days > 0 && spared <= spare;
  return { ...habits, streak: goesOn ? { days: streak.days + 1, day, spared } : { days: 1, day, spared: 0 } };
}
