/** Somebody who joined lately, as far as the event told. */
export interface Newcomer {
  readonly userId: string;
  readonly name: string;
  readonly at: number;
  /** When the account was made: its id says so. */
  readonly madeAt: number;
  /** Still wears one of Discord's own pictures. */
  readonly faceless?: boolean;
}

/** How far the house has gone against a raid, the mildest first. */
export const RAID_STEPS = ["watch", "slow", "pause", "lock"] as const;
export type RaidStep = (typeof RAID_STEPS)[number];

/** What a channel was before a raid changed it. */
export interface RaidedChannel {
  readonly channelId: string;
  /** Slow mode as it was, and as the house set it. */
  readonly slowmode?: { readonly was: number; readonly set: number };
  readonly locked?: boolean;
}

export interface RaidMoment {
  readonly at: number;
  /** A step taken, or something that is worth telling: the end, or what could not be done. */
  readonly what: RaidStep | "over" | "cannot" | "quarantine" | "ban" | "by-hand";
  readonly why: string;
}

/** One raid, from its first sign to its end; its members are in `cohort` records, by its number. */
export interface Raid {
  readonly number: number;
  readonly startedAt: number;
  /** Of the latest sign of it. */
  readonly lastAt: number;
  readonly endedAt?: number;
  readonly step: RaidStep;
  /** All who joined meanwhile, and those of them who are taken for part of it. */
  readonly joins: number;
  readonly members: number;
  readonly quarantined: number;
  readonly moments: readonly RaidMoment[];
  readonly channels: readonly RaidedChannel[];
  readonly pausedUntil?: number;
  /** Discord has told that the pause holds: from then on, what differs from it is somebody else's doing. */
  readonly pauseSeen?: true;
  /** A longer pause was put to a human. */
  readonly askedUntil?: number;
  /** A human has changed how long the pause lasts, unasked: it is theirs to end. */
  readonly pauseIsTheirs?: true;
  readonly verification?: { readonly was: number; readonly set: number };
  /** A moderator switched it on, and it lasts until one switches it off or this moment. */
  readonly heldUntil?: number;
}

/** Members of one raid, so many a record that none grows with the raid. */
export const COHORT_SIZE = 50;

export function cohortKey(number: number, part: number): string {
  return `${number}:${part}`;
}

/** How many records the members of a raid lie in. */
export function cohortParts(members: number): number {
  return Math.ceil(members / COHORT_SIZE);
}
