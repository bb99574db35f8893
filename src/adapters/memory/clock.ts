import type { Clock } from "#core";

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands until it is told to go on. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
  set(now: number): void;
}

export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    set: (moment) => {
      now = moment;
    },
  };
}
