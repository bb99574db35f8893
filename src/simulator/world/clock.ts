import { GuildhallError, type Clock } from "#core";

/** A clock that stands still until somebody moves it. */
export interface ManualClock extends Clock {
  set(milliseconds: number): void;
  advance(milliseconds: number): void;
}

export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    set: (milliseconds) => {
      now = milliseconds;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export const realClock: Clock = { now: () => Date.now() };

export function asManual(clock: Clock): ManualClock {
  if ("advance" in clock && "set" in clock) return clock as ManualClock;
  throw new GuildhallError("simulator.clock", "only a simulator started with manualClock() can have its time changed");
}
