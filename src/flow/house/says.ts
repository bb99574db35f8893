import type { Effect, HouseWrite, Tally, Verdict, Write } from "#core";
import type { Approved } from "../judge/approved.ts";

/** What the road itself does about an event, beside what agents say: directories, answers, timers, outcomes. */
export interface HouseSays {
  readonly effects: readonly Effect[];
  readonly house: readonly HouseWrite[];
  readonly writes: readonly Write[];
  readonly tallies: readonly Tally[];
  /** Set where a human allowed what the effects propose. */
  readonly approved?: Approved;
  /** What follows from how the effects were ruled. */
  readonly afterwards?: (verdicts: readonly Verdict[]) => readonly HouseWrite[];
  /** Whether this is worth a decision of its own in the journal. */
  readonly decides: boolean;
}

export const NOTHING: HouseSays = { effects: [], house: [], writes: [], tallies: [], decides: false };
