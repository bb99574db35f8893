import type { CalendarKey, EventPlace } from "./actions.ts";

export const RSVP_ANSWERS = ["going", "maybe", "no"] as const;
export type RsvpAnswer = (typeof RSVP_ANSWERS)[number];

/** What a host says of something members come together for; moments in milliseconds. */
export interface GatheringPlan {
  readonly title: string;
  readonly about?: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** In which it repeats, and in which it was said. */
  readonly zone: string;
  readonly place: EventPlace;
  /** Where it is announced. */
  readonly channelId: string;
  readonly capacity?: number;
  /** Which role an answer comes with, while it stands. */
  readonly roleIds?: { readonly going?: string; readonly maybe?: string };
  /** How it repeats: an RRULE without its first word. */
  readonly rule?: string;
}

/**
 * Something members come together for: what they call an event, a word the road has taken.
 *
 * *planned* it is announced · *running* it has begun · *over* it has ended · *cancelled* somebody called it off
 */
export interface Gathering extends GatheringPlan {
  readonly number: number;
  readonly status: "planned" | "running" | "over" | "cancelled";
  readonly hostId: string;
  readonly hostName: string;
  readonly cohostIds: readonly string[];
  /** The number of the first of a series, which the series is called by; when this one would start by the rule alone. */
  readonly series?: { readonly number: number; readonly slot: number };
  readonly createdAt: number;
  /** Grows with every change that calendars should notice. */
  readonly sequence: number;
  /** The announcement with its buttons, once it is posted. */
  readonly messageId?: string;
  /** Its twin among Discord's own events. `sent`: what we told Discord and have not heard back yet. */
  readonly mirror?: { readonly id?: string; readonly sent: readonly string[]; readonly failed?: string };
}

/** A series goes on from occurrence to occurrence; `plan` is how the next one is made. */
export interface GatheringSeries {
  readonly number: number;
  readonly rule: string;
  /** The moment its rule counts from. */
  readonly firstAt: number;
  readonly plan: GatheringPlan;
  readonly hostId: string;
  readonly hostName: string;
  readonly cohostIds: readonly string[];
  /** Slots that were left out. */
  readonly skipped: readonly number[];
  /** The occurrence that is planned or running. */
  readonly open: number;
  readonly sequence: number;
}

/** Who comes: in the order in which they said so. */
export interface Rsvps {
  readonly going: readonly string[];
  readonly waiting: readonly string[];
  readonly maybe: readonly string[];
  readonly no: readonly string[];
  /** Whom to remind by direct message, and how many minutes before. */
  readonly reminders: Readonly<Record<string, number>>;
}

/** How often and how long a member has come to events, since ever: both only grow. What points are given for is their growth. */
export interface Attended {
  readonly times: number;
  readonly minutes: number;
  readonly lastAt: number;
}

/** What is sealed into a link to a calendar: nothing but the house can make one, and a new number closes all before it. */
export function calendarSecret({ userId, number }: CalendarKey): string {
  return `calendar:${userId ?? "guild"}:${number}`;
}

/** Undefined for whatever else was sealed. */
export function calendarKeyIn(secret: string): CalendarKey | undefined {
  const [, of, number] = /^calendar:(guild|\d+):(\d+)$/.exec(secret) ?? [];
  if (of === undefined) return undefined;
  return { number: Number(number), ...(of !== "guild" && { userId: of }) };
}
