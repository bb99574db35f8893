import { write, type Effect, type Look, type Newcomer, type Records } from "#core";
import { atLeast } from "./kinship.ts";
import type { Config } from "./config.ts";

const HOUR = 3_600_000;
const HOURS = 168;
/** How much of what is known of an hour each new week of it replaces. */
const FRESH = 0.3;

type Pace = Records["pace"];

const hourOf = (at: number): number => Math.floor(at / HOUR);
const keyOf = (hour: number): string => String(((hour % HOURS) + HOURS) % HOURS);
const weekOf = (hour: number): number => Math.floor(hour / HOURS);

/** What is known of an hour of the week before the one that runs now; an hour in which nobody came counts as well. */
function before(pace: Pace | undefined, week: number): Pick<Pace, "mean" | "weeks"> {
  if (pace === undefined) return { mean: 0, weeks: 0 };
  if (pace.week === week) return pace;
  const mean = pace.weeks === 0 ? pace.count : pace.mean * (1 - FRESH) + pace.count * FRESH;
  const missed = Math.max(0, week - pace.week - 1);
  return { mean: mean * (1 - FRESH) ** missed, weeks: pace.weeks + 1 + missed };
}

/** How many join here in an hour of this time of the week, the hours beside it included: clocks change, events shift. */
export function usualPerHour(at: number, look: Look, config: Config): number {
  const hour = hourOf(at);
  const known = [hour - 1, hour, hour + 1].map((one) => before(look.record("pace", keyOf(one)), weekOf(one)).mean);
  return Math.max(config.usualPerHour, ...known);
}

/** One more in this hour. */
export function learn(at: number, look: Look): Effect {
  const hour = hourOf(at);
  const week = weekOf(hour);
  const pace = look.record("pace", keyOf(hour));
  const count = pace?.week === week ? pace.count + 1 : 1;
  const value = { week, count, ...before(pace, week) };
  return write({ write: "record.put", record: "pace", key: keyOf(hour), value: { ...value, week, count } });
}

const WINDOWS = [10, 30, 60] as const;
const FEWEST = 4;
/** Once in a million windows, by chance: a community of moderate size has that many in a lifetime. */
const RARE = 1e-6;

export interface Rush {
  readonly count: number;
  readonly seconds: number;
}

/** Far more than usual, in any of the windows; `all` are different people, the newest included. */
export function rushOf(all: readonly Newcomer[], at: number, usual: number): Rush | undefined {
  return WINDOWS.map((seconds) => ({
    count: all.filter((one) => one.at > at - seconds * 1_000).length,
    seconds,
  })).find(({ count, seconds }) => count >= FEWEST && atLeast(count, (usual * seconds) / 3_600) < RARE);
}
