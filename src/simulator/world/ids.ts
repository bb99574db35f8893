import { createHash } from "node:crypto";
import { snowflakeAt, type Clock } from "#core";

const PAST = 2 ** 21;

/** Makes ids that carry the time of the simulator's clock and are never given twice, even when the clock is set back. */
export interface Ids {
  next(): string;
  /** An id from an earlier moment: an account that was opened days ago. */
  before(milliseconds: number): string;
  /** An id from the time before the world began, at this distance from its beginning. */
  beforeBeginning(milliseconds: number): string;
  /** A secret that belongs to an id: the same for the same seed, and different for every id and use. */
  secret(use: string, id: string): string;
}

export function createIds(clock: Clock, seed: number): Ids {
  const beginning = Math.floor(clock.now());
  let highest = 0;
  let counter = 0;
  let pastCounter = 0;
  const past = (at: number): string => snowflakeAt(at, PAST + (pastCounter++ % PAST));
  return {
    next() {
      const now = Math.floor(clock.now());
      if (now < highest) return past(now);
      if (now > highest) counter = 0;
      highest = now;
      return snowflakeAt(now, counter++);
    },
    before: (milliseconds) => past(Math.floor(clock.now() - milliseconds)),
    beforeBeginning: (milliseconds) => past(beginning - milliseconds),
    secret: (use, id) => createHash("sha256").update(`${seed}:${use}:${id}`).digest("base64url"),
  };
}
