import type { Attended, Gathering, GatheringSeries, GatheringWish, Rsvps } from "../gatherings.ts";

/** What members come together for. */
export interface GatheringsRecords {
  /** Events that members come together for, by their number. */
  readonly gathering: Gathering;
  /** Which are planned or running, and which ended lately, the newest last; key: "all". */
  readonly gatherings: { readonly open: readonly number[]; readonly past: readonly number[] };
  /** Series by the number of their first event. */
  readonly gatheringSeries: GatheringSeries;
  /** Who comes; key: the event's number. */
  readonly rsvps: Rsvps;
  /** Leads to an event from its announcement, from its twin among Discord's own, or from what has ordered either; key: that id. */
  readonly gatheringRef: { readonly number: number };
  /** What somebody is about to announce, and when they said it; key: their user id. */
  readonly gatheringDraft: { readonly at: number; readonly wish: GatheringWish };
  /** Who is in a voice channel where an event takes place, and since when; key: channel id. */
  readonly gatheringRoom: {
    readonly numbers: readonly number[];
    readonly members: Readonly<Record<string, number>>;
  };
  /** How many seconds each was there; key: the event's number. */
  readonly turnout: { readonly seconds: Readonly<Record<string, number>> };
  /** Written by agents/events when an event ends; key: user id. */
  readonly attended: Attended;
  /** Which links to a calendar still open; key: "guild" or a user id. A link made for an earlier number opens nothing. */
  readonly calendarKey: { readonly number: number };
}
