import { write, type Effect, type Gathering, type GatheringSeries, type Look } from "#core";
import { nextOccurrence } from "#core/calendar/index";
import { rolesChanged } from "./answering.ts";
import { cardAnew } from "./card.ts";
import type { Config } from "./config.ts";
import { kept, keptSeries, listed, pastDropped, rsvpsOf, seriesOf, timersCleared } from "./keeping.ts";
import { mirrorCancelled, mirrorStatus } from "./mirroring.ts";
import { founded } from "./posting.ts";
import { roomClosed, settled } from "./rooms.ts";
import { NOBODY } from "./rsvps.ts";
import { stamp, told } from "./saying.ts";
import { words } from "./words.ts";

/** What brought the end about; an outcome of its own orders is known by the event's id. */
interface Cause {
  readonly id: string;
  readonly at: number;
  /** Discord's own event has ended or is gone already. */
  readonly byTwin?: boolean;
  /** The next of what Discord repeats by itself, made beside this. */
  readonly next?: Gathering;
}

/** Its end, and the next one of its series, whose announcement and twin must be the first that is proposed. */
export function over(cause: Cause, gathering: Gathering, look: Look, config: Config): readonly Effect[] {
  const ended: Gathering = { ...gathering, status: "over", endsAt: Math.min(gathering.endsAt, cause.at) };
  const rsvps = rsvpsOf(gathering.number, look);
  return [
    ...closed(cause, ended, look, config, seriesOf(gathering, look)),
    ...(cause.byTwin === true ? [] : mirrorStatus(ended, "completed")),
    ...settled({ ...ended, status: gathering.status }, cause.at, config.attendedMinutes, look),
    ...cardAnew(ended, rsvps, look),
    ...rolesChanged(ended, rsvps, NOBODY),
  ];
}

/** Called off, with a word to those who said they would come. The rest of a series goes on, unless that is meant too. */
export function calledOff(
  cause: Cause & { readonly wholeSeries?: boolean },
  gathering: Gathering,
  look: Look,
  config: Config,
): readonly Effect[] {
  const off: Gathering = { ...gathering, status: "cancelled", sequence: gathering.sequence + 1 };
  const rsvps = rsvpsOf(gathering.number, look);
  const series = cause.wholeSeries === true ? undefined : seriesOf(gathering, look);
  const text = words.say(look.guild().locale, "cancelled", {
    title: gathering.title,
    time: stamp(gathering.startsAt, "F"),
  });
  return [
    ...closed(cause, off, look, config, series),
    ...(cause.byTwin === true ? [] : mirrorCancelled(gathering)),
    ...cardAnew(off, rsvps, look),
    ...told(gathering, text, [...rsvps.going, ...rsvps.waiting, ...rsvps.maybe], "event-cancelled", look),
    ...rolesChanged(off, rsvps, NOBODY),
  ];
}

function closed(
  cause: Cause,
  ended: Gathering,
  look: Look,
  config: Config,
  series: GatheringSeries | undefined,
): readonly Effect[] {
  const made = series === undefined ? undefined : following(cause, ended, series, look, config);
  const next = made?.gathering ?? cause.next;
  const rsvps = rsvpsOf(ended.number, look);
  return [
    ...(made?.effects ?? []),
    kept(ended),
    ...timersCleared(ended, rsvps, config),
    listed(look, { closed: ended.number, ...(next !== undefined && { opened: next.number }) }),
    ...roomClosed(ended, look, next),
    ...pastDropped(look),
    ...(ended.series === undefined || made !== undefined ? [] : [seriesOver(ended.series.number)]),
  ];
}

function seriesOver(number: number): Effect {
  return write({ write: "record.delete", record: "gatheringSeries", key: String(number) });
}

/** The next date of a series that still lies ahead, as everything about it stood in its plan. */
function following(cause: Cause, ended: Gathering, series: GatheringSeries, look: Look, config: Config) {
  const { rule, firstAt, plan, hostId, hostName, cohostIds } = series;
  const after = Math.max(ended.series?.slot ?? ended.startsAt, cause.at);
  const slot = nextOccurrence({ rule, firstAt, zone: plan.zone }, after);
  if (slot === undefined) return undefined;
  const length = plan.endsAt - plan.startsAt;
  const origin = { hostId, hostName, cohostIds, series: { number: series.number, slot } };
  const made = founded(cause, { ...plan, startsAt: slot, endsAt: slot + length }, origin, look, config);
  const skipped = ended.status === "cancelled" && ended.series !== undefined ? [ended.series.slot] : [];
  const value = {
    ...series,
    open: made.gathering.number,
    skipped: [...series.skipped, ...skipped],
    sequence: series.sequence + skipped.length,
  };
  return { gathering: made.gathering, effects: [...made.orders, ...made.writes, keptSeries(value)] };
}
