import { type Effect, type EventOf, type Look, type Member, type Records, write } from "#core";
import { before, mixed, PACKED_BELOW, packed } from "./packing.ts";

/**
 * What is remembered of how a member earns, written when a message of theirs was looked at: enough to tell a person from a
 * script, and nothing of what they said. `at` is when that was; the sums are of the day (UTC) `day`. Packed, the latest first:
 * `texts` are sketches, `gaps` seconds between messages, `company` who had earned in the channel before them, as a number that
 * names nobody. `hours` has a bit for each of the last 24 hours in which they wrote; the lowest is the hour of `at`.
 */
export type Habits = Records["levelling"];

const TEXTS_KEPT = 6;
const GAPS_KEPT = 32;
export const COMPANY_KEPT = 24;
const HOURS_KEPT = 24;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const dayOf = (at: number): number => Math.floor(at / DAY_MS);
const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

const NEVER = {
  ...{ texts: [], gaps: "", hours: 0, company: "", badges: {}, told: 1 },
  sums: { messages: 0, reactions: 0, voiceMinutes: 0, threads: 0, thanks: 0 },
  streak: { days: 0, day: 0, spared: 0 },
};

/** The habits as of a moment: a new day begins with nothing earned. */
export function habitsAt(known: Habits | undefined, at: number): Habits {
  const day = dayOf(at);
  const nothing = { day, messages: 0, voiceMinutes: 0, threads: 0, reactors: [], thanked: [] };
  if (known === undefined) return { at: 0, ...nothing, ...NEVER };
  const today = known.day === day ? known : { ...known, ...nothing };
  // What an older house kept in lists is let go: it is gathered anew within a day.
  return typeof known.gaps === "string" ? today : { ...today, texts: [], gaps: "", hours: 0, company: "" };
}

/** After a message that was looked at, worth something or not. */
export function withMessage(habits: Habits, at: number, drawn: string, companion: string | undefined): Habits {
  return {
    ...habits,
    at,
    texts: [drawn, ...habits.texts.slice(0, TEXTS_KEPT - 1)],
    gaps: habits.at === 0 ? "" : before(habits.gaps, Math.round((at - habits.at) / 1_000), GAPS_KEPT),
    hours: hoursAt(habits, at) | 1,
    company:
      companion === undefined ? habits.company : before(habits.company, mixed(companion, PACKED_BELOW), COMPANY_KEPT),
  };
}

/** The bits of the last day's hours, as of a moment. */
export function hoursAt({ at: last, hours }: Habits, at: number): number {
  const passed = hourOf(at) - hourOf(last);
  if (passed >= HOURS_KEPT) return 0;
  return passed <= 0 ? hours : (hours << passed) & (2 ** HOURS_KEPT - 1);
}

/** A sketch as it is kept. */
export const drawnAs = (sketch: readonly number[]): string =>
  sketch.map((each) => packed(each % PACKED_BELOW)).join("");

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

/** What the page calls them; nobody's name is kept where there is no page, or where they are not on it. */
export function withName({ name: _before, ...habits }: Habits, member: Member, isShown: boolean): Habits {
  const { name, userId } = member;
  // An account without any name is called by its id.
  return isShown && habits.hidden !== true && name !== userId ? { ...habits, name } : habits;
}

/** Whoever has left the guild is not named outside of it either. */
export function nameless(event: EventOf<"member.left">, look: Look): readonly Effect[] {
  const known = look.record("levelling", event.userId);
  if (known?.name === undefined) return [];
  const { name: _gone, ...kept } = known;
  return [put(event.userId, kept)];
}

export function put(userId: string, habits: Habits): Effect {
  return write({ write: "record.put", record: "levelling", key: userId, value: habits });
}
