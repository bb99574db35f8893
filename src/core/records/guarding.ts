import type { Newcomer, Raid } from "../raids.ts";
import type { Spree } from "../spree.ts";

/** Who comes, in which wave, and which accounts are not themselves. */
export interface GuardingRecords {
  /** Who joined within the last minutes; key: "recent". */
  readonly arrivals: { readonly last: readonly Newcomer[] };
  /** How many usually join in one hour of the week; key: its number, 0 is Thursday's first in UTC. */
  readonly pace: { readonly week: number; readonly count: number; readonly mean: number; readonly weeks: number };
  /** Raids by their number; key "now" holds the latest. */
  readonly raid: Raid;
  /** Who is taken for part of a raid; key: `cohortKey`. */
  readonly cohort: { readonly members: readonly { readonly userId: string; readonly name: string }[] };
  /** Somebody who has not been let in yet; key: user id (agents/gatekeeper). */
  readonly gate: {
    readonly name: string;
    readonly since: number;
    /** The letters they were last shown. */
    readonly code?: string;
    readonly wrong: number;
  };
  /** What one account did lately that can empty a guild; key: user id (agents/sentry). */
  readonly spree: Spree;
  /** Where channels lay that were deleted lately, the newest last; key: "recent" (agents/sentry). */
  readonly lostPlaces: {
    readonly last: readonly { readonly channelId: string; readonly parentId: string; readonly at: number }[];
  };
  /** Many are expected until then; key: "planned". */
  readonly surge: { readonly until: number; readonly by: string };
  /** An account somebody else seems to use; key: user id (agents/hijacks). */
  readonly hijack: {
    readonly name: string;
    readonly at: number;
    readonly until: number;
    /** What they wrote up to then has been taken down. */
    readonly sweptTo?: number;
    /** The letters its owner was last shown. */
    readonly code?: string;
    readonly cameBackAt?: number;
  };
  /** Where a member's links lead, and since when they post them; key: user id (agents/hijacks). */
  readonly habit: { readonly domains: Readonly<Record<string, number>> };
}
