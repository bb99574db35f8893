import type { ChannelValue, Effect, EventOf, Gathering, GatheringPlan, GatheringSeries, Look, Member } from "#core";
import { minutesWritten, occurrencesBetween, ruleOf } from "#core/calendar/index";
import { excerpt } from "#core/text/index";
import { seated } from "./answering.ts";
import { cardAnew } from "./card.ts";
import type { Config } from "./config.ts";
import { zoneOf } from "./drafting.ts";
import { calledOff } from "./ending.ts";
import {
  isOpen,
  kept,
  keptRsvps,
  keptSeries,
  reminderCleared,
  reminderSet,
  rsvpsOf,
  seriesOf,
  timersSet,
} from "./keeping.ts";
import { mirrorAnew } from "./mirroring.ts";
import { capacityOf, isLength, may, placeOf, timeOf } from "./planning.ts";
import { roomClosed, roomOpened } from "./rooms.ts";
import { filled } from "./rsvps.ts";
import { answer, refusal, span, told } from "./saying.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;
type Changes = Partial<Pick<GatheringPlan, "title" | "about" | "startsAt" | "endsAt" | "place" | "capacity">>;

export function mayChange(event: Used, { hostId, cohostIds }: Gathering): boolean {
  const { userId } = event.by;
  return userId === hostId || cohostIds.includes(userId) || may(event, "MANAGE_EVENTS");
}

/** One of a series, or it and all that follow. */
export function edit(event: Used, gathering: Gathering, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayChange(event, gathering)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (!isOpen(gathering)) return refusal(event, words.say(locale, "wrong.closed"));
  const found = changesOf(event, gathering, look, config);
  if ("mistake" in found) return refusal(event, found.mistake);
  if (Object.keys(found.changes).length === 0) return refusal(event, words.say(locale, "wrong.nothing"));
  const after: Gathering = { ...gathering, ...found.changes };
  const following = event.options["following"] === true ? seriesAfter(after, found.changes, look) : undefined;
  if (following !== undefined && "mistake" in following)
    return refusal(event, words.say(locale, `wrong.repeat.${following.mistake}`));
  const text = [
    words.say(locale, "edit.done", { number: gathering.number, span: span(after.startsAt, after.endsAt) }),
    ...found.notes,
  ].join("\n");
  return [
    ...changed(event.at, gathering, { ...after, ...(following && { rule: following.rule }) }, look, config),
    ...(following === undefined ? [] : [keptSeries(following)]),
    answer(event, { text }, "event-edited", "the host changes it"),
  ];
}

type Found = { readonly changes: Changes; readonly notes: readonly string[] } | { readonly mistake: string };

function changesOf(event: Used, gathering: Gathering, look: Look, config: Config): Found {
  const { locale } = event.interaction;
  const { options, by } = event;
  const said = (name: string): string => {
    const value = options[name];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  };
  const zone = zoneOf(by.userId, look) ?? gathering.zone;
  const time = timeChanged(said("when"), said("duration"), gathering, { at: event.at, zone, locale }, config);
  if ("mistake" in time) return time;
  const placeId = (options["channel"] as ChannelValue | undefined)?.channelId;
  const location = said("location");
  const place: { readonly place?: GatheringPlan["place"] } | { readonly mistake: string } =
    placeId === undefined && location === ""
      ? {}
      : placeOf({ ...(placeId !== undefined && { placeId }), location, announceId: gathering.channelId }, look, locale);
  if ("mistake" in place) return place;
  const capacity = capacityOf(said("capacity"), locale);
  if ("mistake" in capacity) return capacity;
  const [title, about] = [said("title"), said("about")];
  const changes = {
    ...(title !== "" && { title: excerpt(title, 100) }),
    ...(about !== "" && { about: excerpt(about, 1_000) }),
    ...time.changes,
    ...place,
    ...capacity,
  };
  return { changes, notes: time.notes };
}

/** A new time keeps the length; a new length keeps the time. */
function timeChanged(
  when: string,
  duration: string,
  gathering: Gathering,
  reading: { readonly at: number; readonly zone: string; readonly locale: string | undefined },
  config: Config,
): Found {
  const { startsAt, endsAt } = gathering;
  const minutes = duration === "" ? undefined : minutesWritten(duration);
  if (duration !== "" && !isLength(minutes)) return { mistake: words.say(reading.locale, "wrong.duration") };
  const length = minutes === undefined ? endsAt - startsAt : minutes * 60_000;
  if (when === "") return { changes: duration === "" ? {} : { endsAt: startsAt + length }, notes: [] };
  const found = timeOf({ when, duration: String(Math.round(length / 60_000)) }, reading, config);
  if ("mistake" in found) return found;
  return { changes: { startsAt: found.startsAt, endsAt: found.endsAt }, notes: found.notes };
}

/** From this date on: the rule counts from it, and of a number of times only those that are left are left. */
function seriesAfter(
  gathering: Gathering,
  changes: Changes,
  look: Look,
): GatheringSeries | undefined | { readonly mistake: "unknown" | "too-often" | "unfit" | "never" } {
  const series = seriesOf(gathering, look);
  if (series === undefined) return undefined;
  const { startsAt, series: slot } = gathering;
  const plan = { ...series.plan, ...changes, zone: gathering.zone };
  const sequence = series.sequence + 1;
  if (changes.startsAt === undefined) {
    const length = gathering.endsAt - startsAt;
    return { ...series, plan: { ...plan, endsAt: plan.startsAt + length }, sequence };
  }
  const done = occurrencesBetween(
    { ...series, zone: series.plan.zone },
    series.firstAt,
    (slot?.slot ?? startsAt) - 1,
  ).length;
  const left = series.rule.replace(/COUNT=(\d+)/, (_all, count: string) => `COUNT=${Number(count) - done}`);
  const found =
    left.includes("COUNT=1") && !/COUNT=1\d/.test(left) ? { rule: left } : ruleOf(left, startsAt, gathering.zone);
  if ("mistake" in found) return found;
  return { ...series, rule: found.rule, firstAt: startsAt, skipped: [], plan: { ...plan, rule: found.rule }, sequence };
}

/** Everything that follows from a change, wherever it was made. `isTwins`: Discord's own event has it already. */
export function changed(
  at: number,
  before: Gathering,
  after: Gathering,
  look: Look,
  config: Config,
  isTwins = false,
): readonly Effect[] {
  const bumped = { ...after, sequence: before.sequence + 1 };
  const { gathering, orders } = isTwins ? { gathering: bumped, orders: [] } : mirrorAnew(bumped);
  const rsvps = rsvpsOf(before.number, look);
  const moved = filled(rsvps, gathering.capacity);
  const isMoved =
    before.startsAt !== after.startsAt || placeKey(before) !== placeKey(after) || before.endsAt !== after.endsAt;
  const text = words.say(look.guild().locale, "changed", {
    title: after.title,
    span: span(after.startsAt, after.endsAt),
    place: after.place.kind === "elsewhere" ? after.place.location : `<#${after.place.channelId}>`,
  });
  return [
    kept(gathering),
    ...orders,
    ...(moved.movedUp.length === 0 ? cardAnew(gathering, rsvps, look) : seated(gathering, rsvps, moved, look)),
    ...timersSet(gathering, rsvps, at, config),
    ...(placeKey(before) === placeKey(after) ? [] : [...roomClosed(before, look), ...roomOpened(gathering, look)]),
    ...(isMoved ? told(gathering, text, [...rsvps.going, ...rsvps.maybe], "event-changed", look) : []),
  ];
}

function placeKey({ place }: Gathering): string {
  return place.kind === "elsewhere" ? place.location : place.channelId;
}

export function cancel(event: Used, gathering: Gathering, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayChange(event, gathering)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (!isOpen(gathering)) return refusal(event, words.say(locale, "wrong.closed"));
  const wholeSeries = event.options["following"] === true;
  const { number } = gathering;
  return [
    ...calledOff({ id: event.id, at: event.at, wholeSeries }, gathering, look, config),
    answer(event, { text: words.say(locale, "cancel.done", { number }) }, "event-cancelled", "the host calls it off"),
  ];
}

/** The host, or whoever manages events, shares the work; named once more, somebody is none any longer. */
export function cohost(event: Used, gathering: Gathering, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const member = event.options["member"] as Member | undefined;
  const { hostId, cohostIds, number } = gathering;
  if (event.by.userId !== hostId && !may(event, "MANAGE_EVENTS"))
    return refusal(event, words.say(locale, "wrong.not-yours"));
  if (!isOpen(gathering)) return refusal(event, words.say(locale, "wrong.closed"));
  if (member === undefined || member.bot === true || member.userId === hostId)
    return refusal(event, words.say(locale, "wrong.cohost"));
  const { userId } = member;
  const isOne = cohostIds.includes(userId);
  const ids = isOne ? cohostIds.filter((id) => id !== userId) : [...cohostIds, userId].slice(-10);
  const after = { ...gathering, cohostIds: ids };
  const series = seriesOf(gathering, look);
  const text = words.say(locale, isOne ? "cohost.gone" : "cohost.done", { member: `<@${userId}>`, number });
  return [
    kept(after),
    ...(series === undefined ? [] : [keptSeries({ ...series, cohostIds: ids })]),
    ...cardAnew(after, rsvpsOf(number, look), look),
    answer(event, { text }, "event-cohost", "the host shares the work"),
  ];
}

export function remind(event: Used, gathering: Gathering, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  if (gathering.status !== "planned") return refusal(event, words.say(locale, "wrong.closed"));
  const minutes = Number(event.options["minutes"] ?? 0);
  const { number, startsAt } = gathering;
  const { userId } = event.by;
  if (minutes > 0 && startsAt - minutes * 60_000 <= event.at)
    return refusal(event, words.say(locale, "wrong.too-late"));
  const rsvps = rsvpsOf(number, look);
  const { [userId]: _before, ...others } = rsvps.reminders;
  const after = { ...rsvps, reminders: minutes === 0 ? others : { ...others, [userId]: minutes } };
  const text = words.say(locale, minutes === 0 ? "remind.off" : "remind.done", {
    count: minutes,
    title: gathering.title,
  });
  return [
    keptRsvps(number, after),
    minutes === 0 ? reminderCleared(number, userId) : reminderSet(gathering, userId, minutes, event.at),
    answer(event, { text }, "event-remind", "they want to be reminded"),
  ];
}
