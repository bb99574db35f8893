import type { Effect, EventPlace, Gathering, Look, ScheduledEvent, ScheduledEventFacts } from "#core";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { isOpen, openGatherings } from "./keeping.ts";
import { act } from "./saying.ts";

/** Discord's own limits: a guild has room for a hundred, and so many letters fit. */
const ROOM = 100;
const LONGEST = { name: 100, description: 1_000, location: 100 };
const STAGE = 13;
/** What we told Discord and it never repeated is forgotten by and by. */
const SENT_AT_MOST = 5;

/** What Discord is told of it. */
export function factsOf({ title, about, startsAt, endsAt, place }: Gathering): ScheduledEventFacts {
  const where: EventPlace =
    place.kind === "elsewhere" ? { ...place, location: excerpt(place.location, LONGEST.location) } : place;
  return {
    ...{ name: excerpt(title, LONGEST.name), startsAt, endsAt, place: where },
    ...(about !== undefined && { description: excerpt(about, LONGEST.description) }),
  };
}

function told({ name, description = "", startsAt, endsAt, place }: ScheduledEventFacts): string {
  return JSON.stringify([
    name,
    description,
    startsAt,
    endsAt,
    place.kind === "elsewhere" ? place.location : place.channelId,
  ]);
}

/** What Discord says it is, in the same words. An event in a channel needs no end there: then ours stands. */
export function heardFacts(event: ScheduledEvent, own: Gathering, look: Look): ScheduledEventFacts {
  const { name, description, startsAt, endsAt, channelId, location } = event;
  const place: EventPlace =
    channelId !== undefined
      ? { kind: look.channel(channelId)?.type === STAGE ? "stage" : "voice", channelId }
      : location === undefined
        ? own.place
        : { kind: "elsewhere", location };
  const length = own.endsAt - own.startsAt;
  return { name, description: description ?? "", startsAt, endsAt: endsAt ?? startsAt + length, place };
}

/** Whether one more fits: what others have put there we do not know, and are told by a refusal. */
export function hasRoom(look: Look): boolean {
  return openGatherings(look).filter(({ mirror }) => mirror?.id !== undefined).length < ROOM;
}

export function mirrored(gathering: Gathering, look: Look, config: Config): { gathering: Gathering; order?: Effect } {
  if (!config.mirror || !hasRoom(look)) return { gathering };
  const facts = factsOf(gathering);
  return {
    gathering: { ...gathering, mirror: { sent: [told(facts)] } },
    order: act({ verb: "scheduled-event.create", ...facts }, "event-mirror", "the event is one of Discord's own, too"),
  };
}

/** Its twin follows a change of ours. Until its id is known there is nothing to change: that is made up for then. */
export function mirrorAnew(gathering: Gathering): { gathering: Gathering; orders: readonly Effect[] } {
  const { mirror } = gathering;
  if (mirror?.id === undefined) return { gathering, orders: [] };
  const facts = factsOf(gathering);
  const sent = [...mirror.sent, told(facts)].slice(-SENT_AT_MOST);
  return {
    gathering: { ...gathering, mirror: { ...mirror, sent } },
    orders: [
      act(
        { verb: "scheduled-event.edit", scheduledEventId: mirror.id, ...facts },
        "event-mirror",
        "the event has been changed",
      ),
    ],
  };
}

/** Discord begins and ends by itself what takes place elsewhere; of a channel somebody has to say it. */
export function mirrorStatus({ mirror, place }: Gathering, status: "active" | "completed"): readonly Effect[] {
  if (mirror?.id === undefined || place.kind === "elsewhere") return [];
  const action = { verb: "scheduled-event.edit", scheduledEventId: mirror.id, status } as const;
  return [act(action, "event-mirror", status === "active" ? "the event has begun" : "the event is over")];
}

export function mirrorCancelled({ mirror }: Gathering): readonly Effect[] {
  if (mirror?.id === undefined) return [];
  return [
    act({ verb: "scheduled-event.cancel", scheduledEventId: mirror.id }, "event-mirror", "the event was called off"),
  ];
}

/** Its twin is there. What was changed meanwhile is sent now. */
export function mirrorMade(gathering: Gathering, id: string): { gathering: Gathering; orders: readonly Effect[] } {
  const { mirror } = gathering;
  const made = { ...gathering, mirror: { sent: [], id } };
  if (!isOpen(gathering)) return { gathering: made, orders: mirrorCancelled(made) };
  return mirror?.sent.at(-1) === told(factsOf(gathering)) ? { gathering: made, orders: [] } : mirrorAnew(made);
}

/**
 * What an update of Discord's means for ours: *echo* of something we sent (an older one may come late), the *same* as ours, or a
 * change somebody made by *hand*.
 */
export function heard(
  facts: ScheduledEventFacts,
  gathering: Gathering,
): { readonly means: "echo"; readonly gathering: Gathering } | { readonly means: "same" | "hand" } {
  const { mirror } = gathering;
  const text = told(facts);
  const index = mirror?.sent.indexOf(text) ?? -1;
  if (mirror !== undefined && index >= 0)
    return { means: "echo", gathering: { ...gathering, mirror: { ...mirror, sent: mirror.sent.slice(index + 1) } } };
  return { means: text === told(factsOf(gathering)) ? "same" : "hand" };
}
