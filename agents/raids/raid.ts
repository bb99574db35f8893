import {
  COHORT_SIZE,
  cohortKey,
  RAID_STEPS,
  write,
  type Effect,
  type Look,
  type Raid,
  type RaidMoment,
  type RaidStep,
} from "#core";
import type { Sign } from "./signs.ts";

/** Whoever is taken for part of a raid is known by this count for as long as newcomers are watched. */
export const FLAGGED = "flagged";
const MOST_MOMENTS = 40;

/** The raid that is going on, if there is one. */
export function liveRaid(look: Look): Raid | undefined {
  const raid = look.record("raid", "now");
  return raid === undefined || raid.endedAt !== undefined ? undefined : raid;
}

export function newRaid(number: number, at: number): Raid {
  const none = { joins: 0, members: 0, quarantined: 0, moments: [], channels: [] };
  return { number, startedAt: at, lastAt: at, step: "watch", ...none };
}

export const height = (step: RaidStep): number => RAID_STEPS.indexOf(step);

export function noted(raid: Raid, ...moments: readonly RaidMoment[]): Raid {
  if (moments.length === 0) return raid;
  return { ...raid, moments: [...raid.moments, ...moments].slice(-MOST_MOMENTS) };
}

/** What a sign changes, and the members it adds, each once. */
export function grown(
  raid: Raid,
  sign: Sign,
  at: number,
  look: Look,
): { readonly raid: Raid; readonly added: Sign["members"] } {
  const added = sign.members.filter(({ userId }) => look.count(FLAGGED, userId) === 0);
  const members = raid.members + added.length;
  // The first of them had joined before anybody knew of a raid.
  const joins = Math.max(raid.joins + sign.joins, members);
  return { raid: { ...raid, lastAt: at, joins, members }, added };
}

/** Members go into records of so many each: the one that is begun is filled first. */
export function cohortWrites(before: Raid, added: Sign["members"], look: Look): readonly Effect[] {
  const effects: Effect[] = added.map(({ userId }) => ({ tally: { counter: FLAGGED, key: userId } }));
  let [at, left] = [before.members, added.map(({ userId, name }) => ({ userId, name }))];
  while (left.length > 0) {
    const key = cohortKey(before.number, Math.floor(at / COHORT_SIZE));
    const known = at % COHORT_SIZE === 0 ? [] : (look.record("cohort", key)?.members ?? []);
    const room = left.slice(0, COHORT_SIZE - (at % COHORT_SIZE));
    effects.push(write({ write: "record.put", record: "cohort", key, value: { members: [...known, ...room] } }));
    at += room.length;
    left = left.slice(room.length);
  }
  return effects;
}

export function kept(raid: Raid): Effect {
  return write({ write: "record.put", record: "raid", key: "now", value: raid });
}

/** Looked at again then: whether it is over. */
export function lookAgain(at: number): Effect {
  return write({ write: "timer.set", timer: "calm", at, payload: {} });
}
