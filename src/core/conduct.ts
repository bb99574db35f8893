import type { Write } from "./effects.ts";
import type { Records } from "./records/index.ts";

type Conduct = Records["conduct"];

const DAY = 86_400_000;

/** So many of the latest offences are remembered one by one, to take exactly those points back that a case added. */
const MOST_COUNTED = 10;

/**
 * A member's record fades: what it holds counts less from day to day, and nothing once the guild has forgotten. A part of a point
 * is a point, so that a single warning counts until then.
 */
export function countedOffences(conduct: Conduct | undefined, at: number, forgetAfterDays: number): number {
  if (conduct === undefined) return 0;
  const left = 1 - Math.max(0, at - conduct.lastAt) / (forgetAfterDays * DAY);
  return left <= 0 ? 0 : Math.ceil(conduct.warnings * left);
}

/** How somebody fared until now: their record, and what of it still counts. */
export interface Before {
  readonly conduct: Conduct | undefined;
  readonly offences: number;
}

/** One more offence: in which event it was found, what it counts, and what it was found in. */
export interface Offending {
  readonly eventId: string;
  readonly at: number;
  readonly rule: string;
  readonly points?: number;
  readonly about?: string;
}

/** The record of a member after one more offence, whoever found it. */
export function conductAfter(userId: string, before: Before, offending: Offending): Write {
  const { eventId, at, rule, points = 1, about } = offending;
  const counted = [...(before.conduct?.counted ?? []), { eventId, points }].slice(-MOST_COUNTED);
  const value = {
    ...{ warnings: before.offences + points, lastAt: at, lastRule: rule, counted },
    ...(about !== undefined && { about }),
  };
  return { write: "record.put", record: "conduct", key: userId, value };
}

/**
 * The record without what was counted in one event. Where nothing was counted then (a measure by hand, one long ago), nothing
 * is taken off; a record from before points were remembered loses one.
 */
export function conductWithout(userId: string, conduct: Conduct, eventId: string): Write {
  const { counted } = conduct;
  const points = counted === undefined ? 1 : (counted.find((one) => one.eventId === eventId)?.points ?? 0);
  const value = {
    ...{ ...conduct, warnings: Math.max(0, conduct.warnings - points) },
    ...(counted !== undefined && { counted: counted.filter((one) => one.eventId !== eventId) }),
  };
  return { write: "record.put", record: "conduct", key: userId, value };
}
