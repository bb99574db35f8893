import type { Effect, EventOf, Gathering, GatheringPlan, Look, ScheduledEvent } from "#core";
import { excerpt } from "#core/text/index";
import { changed } from "./changing.ts";
import type { Config } from "./config.ts";
import { calledOff, over } from "./ending.ts";
import { gatheringBy, isOpen, kept, listed, openGatherings } from "./keeping.ts";
import { heard, heardFacts } from "./mirroring.ts";
import { founded } from "./posting.ts";
import { started } from "./striking.ts";
import { toHost } from "./saying.ts";
import { words } from "./words.ts";

type Planned = EventOf<"scheduled-event.created" | "scheduled-event.updated" | "scheduled-event.deleted">;

const STAGE = 13;
const MINUTE = 60_000;

/** What people do to Discord's own events by hand is done to ours; what we did ourselves comes back and means nothing. */
export function twinHeard(event: Planned, look: Look, config: Config): readonly Effect[] {
  const { scheduledEvent } = event;
  if (event.kind === "scheduled-event.created") return adopted(event, scheduledEvent, look, config);
  const gathering = gatheringBy(scheduledEvent.id, look);
  if (gathering === undefined) return [];
  if (!isOpen(gathering)) {
    const isNext = gathering.status === "over" && scheduledEvent.startsAt > gathering.startsAt;
    const again = event.kind === "scheduled-event.updated" && isNext && scheduledEvent.rule !== undefined;
    return again ? adopted(event, scheduledEvent, look, config) : [];
  }
  const { status } = scheduledEvent;
  const cause = { id: event.id, at: event.at, byTwin: true };
  if (comesAgain(scheduledEvent, gathering, event.at)) {
    const next = adoption(event, scheduledEvent, look, config);
    return [
      ...(next?.orders ?? []),
      ...(next?.writes ?? []),
      ...over({ ...cause, ...(next !== undefined && { next: next.gathering }) }, gathering, look, config),
    ];
  }
  if (event.kind === "scheduled-event.deleted" || status === "canceled")
    return goneTwin(cause, gathering, look, config);
  if (status === "completed") return gathering.status === "running" ? over(cause, gathering, look, config) : [];
  const facts = heardFacts(scheduledEvent, gathering, look);
  const meaning = heard(facts, gathering);
  if (meaning.means === "echo") return [kept(meaning.gathering)];
  const begins = status === "active" && gathering.status === "planned";
  if (meaning.means === "same") return begins ? started(startedNow(gathering, event.at), look, true) : [];
  const { name, description, startsAt, endsAt = startsAt, place } = facts;
  const { about: _before, ...rest } = gathering;
  const after = {
    ...{ ...rest, title: excerpt(name, 100), startsAt, endsAt: Math.max(endsAt, startsAt + MINUTE), place },
    ...(description !== undefined && description !== "" && { about: description }),
  };
  return changed(event.at, gathering, after, look, config, true);
}

/** Of what it repeats by itself Discord never says that it is over: it is planned for its next date, by the same id. */
function comesAgain({ rule, status, startsAt }: ScheduledEvent, { status: own, ...known }: Gathering, now: number) {
  return rule !== undefined && status === "scheduled" && own === "running" && startsAt > Math.max(known.startsAt, now);
}

/** Started by hand before its time: it has begun now. */
function startedNow(gathering: Gathering, at: number): Gathering {
  return { ...gathering, startsAt: Math.min(gathering.startsAt, at) };
}

/** Discord drops the event of a channel that is deleted: ours goes on, and its host says where. */
function goneTwin(
  cause: { readonly id: string; readonly at: number; readonly byTwin: boolean },
  gathering: Gathering,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { place } = gathering;
  if (place.kind === "elsewhere" || look.channel(place.channelId) !== undefined)
    return calledOff(cause, gathering, look, config);
  const { mirror: _gone, ...alone } = gathering;
  return [kept(alone)];
}

/** A channel is deleted: whoever planned something there is told, once for each event. */
export function channelGone(channelId: string, look: Look): readonly Effect[] {
  return openGatherings(look).flatMap((gathering) => {
    const { place, channelId: announced, number, title } = gathering;
    const isPlace = place.kind !== "elsewhere" && place.channelId === channelId;
    if (!isPlace && announced !== channelId) return [];
    const key = isPlace ? "channel-gone.place" : "channel-gone.announced";
    return [toHost(gathering, words.say(look.guild().locale, key, { number, title }), "event-channel-gone")];
  });
}

/** Planned by hand among Discord's own: announced like all others, by whoever planned it. */
function adopted(event: Planned, found: ScheduledEvent, look: Look, config: Config): readonly Effect[] {
  const known = gatheringBy(found.id, look);
  if (known !== undefined && isOpen(known)) return [];
  const made = adoption(event, found, look, config);
  return made === undefined ? [] : [...made.orders, ...made.writes, listed(look, { opened: made.gathering.number })];
}

function adoption(event: Planned, found: ScheduledEvent, look: Look, config: Config) {
  const { channelId } = config;
  const { creatorId, startsAt, rule } = found;
  if (!config.adopt || channelId === undefined || look.channel(channelId) === undefined) return undefined;
  if (creatorId === undefined || creatorId === look.guild().botUserId || startsAt <= event.at) return undefined;
  if (openGatherings(look).length >= config.mostOpen) return undefined;
  const place: GatheringPlan["place"] =
    found.channelId === undefined
      ? { kind: "elsewhere", location: excerpt(found.location ?? "?", 100) }
      : { kind: look.channel(found.channelId)?.type === STAGE ? "stage" : "voice", channelId: found.channelId };
  const plan: GatheringPlan = {
    ...{ title: excerpt(found.name, 100), startsAt, zone: config.timeZone, place, channelId },
    endsAt: Math.max(found.endsAt ?? startsAt + config.defaultMinutes * MINUTE, startsAt + MINUTE),
    ...(found.description !== undefined && { about: excerpt(found.description, 1_000) }),
    ...(rule !== undefined && { rule }),
  };
  const origin = { hostId: creatorId, hostName: "", cohostIds: [], scheduledEventId: found.id };
  return founded(event, plan, origin, look, config);
}
