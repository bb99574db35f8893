import type { EventPlace } from "./guild-features.ts";
import type { CalendarKey } from "./words.ts";
import type { CalendarEntry } from "./calendar/ics.ts";

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

/** What a host asked for, as they wrote it: it is read anew whenever something is added. */
export interface GatheringWish {
  readonly title: string;
  readonly when: string;
  readonly about?: string;
  /** A voice or stage channel, or any other that is the place. */
  readonly placeId?: string;
  readonly location?: string;
  readonly duration?: string;
  readonly capacity?: string;
  readonly repeat?: string;
  readonly goingRoleId?: string;
  readonly maybeRoleId?: string;
  readonly announceId: string;
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

/** A series counts as one entry from its first date on, with those of its dates that were moved. */
export function calendarEntriesOf(
  gatherings: readonly Gathering[],
  series: readonly GatheringSeries[],
  channelName: (channelId: string) => string | undefined,
): readonly CalendarEntry[] {
  const nameOf = (place: EventPlace): string =>
    place.kind === "elsewhere" ? place.location : `#${channelName(place.channelId) ?? place.channelId}`;
  const whole = series.map(({ number, rule, firstAt, plan, skipped, sequence }): CalendarEntry => {
    const endsAt = firstAt + plan.endsAt - plan.startsAt;
    const said = {
      title: plan.title,
      place: nameOf(plan.place),
      ...(plan.about !== undefined && { about: plan.about }),
    };
    return {
      uid: uidOf(number, plan),
      ...said,
      startsAt: firstAt,
      endsAt,
      zone: plan.zone,
      rule,
      skipped,
      sequence,
      changedAt: plan.startsAt,
    };
  });
  const single = gatherings.flatMap((gathering): readonly CalendarEntry[] => {
    const { number, title, about, place, startsAt, endsAt, zone, sequence, createdAt, status } = gathering;
    const whole = series.find((one) => one.number === gathering.series?.number);
    if (whole !== undefined && sequence === 0) return [];
    if (whole !== undefined && (gathering.series!.slot < whole.firstAt || status === "cancelled")) return [];
    return [
      {
        ...{
          uid: uidOf(whole?.number ?? number, whole?.plan ?? gathering),
          title,
          place: nameOf(place),
          startsAt,
          endsAt,
          zone,
        },
        ...{ sequence: sequence + (whole?.sequence ?? 0), changedAt: createdAt },
        ...(about !== undefined && { about }),
        ...(status === "cancelled" && { cancelled: true as const }),
        ...(whole !== undefined && { replaces: gathering.series!.slot }),
      },
    ];
  });
  return [...whole, ...single];
}

/** The same for as long as it lives; numbers alone are counted anew in every guild. */
function uidOf(number: number, { channelId }: Pick<GatheringPlan, "channelId">): string {
  return `event-${number}-${channelId}@guildhall`;
}
