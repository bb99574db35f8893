import { write, type Effect, type Gathering, type GatheringSeries, type Look, type Rsvps } from "#core";
import type { Config } from "./config.ts";
import { NOBODY } from "./rsvps.ts";

export const MINUTE = 60_000;
/** As many of the past stay in lists and calendars. */
const PAST = 30;

export function kept(gathering: Gathering): Effect {
  return write({ write: "record.put", record: "gathering", key: String(gathering.number), value: gathering });
}

export function keptRsvps(number: number, rsvps: Rsvps): Effect {
  return write({ write: "record.put", record: "rsvps", key: String(number), value: rsvps });
}

export function keptSeries(series: GatheringSeries): Effect {
  return write({ write: "record.put", record: "gatheringSeries", key: String(series.number), value: series });
}

/** From its announcement, its twin or the event that has ordered either. */
export function pointed(key: string, number: number): Effect {
  return write({ write: "record.put", record: "gatheringRef", key, value: { number } });
}

export function unpointed(key: string): Effect {
  return write({ write: "record.delete", record: "gatheringRef", key });
}

export function gatheringOf(number: number | undefined, look: Look): Gathering | undefined {
  return number === undefined || !Number.isInteger(number) ? undefined : look.record("gathering", String(number));
}

export function gatheringBy(key: string, look: Look): Gathering | undefined {
  return gatheringOf(look.record("gatheringRef", key)?.number, look);
}

export function rsvpsOf(number: number, look: Look): Rsvps {
  return look.record("rsvps", String(number)) ?? NOBODY;
}

export function seriesOf(gathering: Gathering, look: Look): GatheringSeries | undefined {
  const { series } = gathering;
  return series === undefined ? undefined : look.record("gatheringSeries", String(series.number));
}

export function isOpen({ status }: Gathering): boolean {
  return status === "planned" || status === "running";
}

/** Planned and running, by when they begin. */
export function openGatherings(look: Look): readonly Gathering[] {
  const numbers = look.record("gatherings", "all")?.open ?? [];
  return numbers.flatMap((number) => gatheringOf(number, look) ?? []).sort((a, b) => a.startsAt - b.startsAt);
}

/** `closed` leaves the list of the open, `opened` comes to it: one write, whatever an event does to both. */
export function listed(look: Look, change: { readonly opened?: number; readonly closed?: number }): Effect {
  const { open = [], past = [] } = look.record("gatherings", "all") ?? {};
  const { opened, closed } = change;
  const value = {
    open: [...open.filter((one) => one !== closed), ...(opened === undefined ? [] : [opened])],
    past: closed === undefined ? past : [...past.filter((one) => one !== closed), closed].slice(-PAST),
  };
  return write({ write: "record.put", record: "gatherings", key: "all", value });
}

/** What falls off the list of the past is forgotten, wherever it was pointed to from. */
export function pastDropped(look: Look): readonly Effect[] {
  const past = look.record("gatherings", "all")?.past ?? [];
  if (past.length < PAST) return [];
  const gathering = gatheringOf(past[0], look);
  // What Discord repeats is the twin of a later one by now.
  const isOurs = (id: string): boolean => look.record("gatheringRef", id)?.number === past[0];
  const refs = [gathering?.messageId, gathering?.mirror?.id].filter((id) => id !== undefined && isOurs(id)) as string[];
  return [
    ...refs.map(unpointed),
    ...(["gathering", "rsvps", "turnout"] as const).map((record) =>
      write({ write: "record.delete", record, key: String(past[0]) }),
    ),
  ];
}

const personal = (number: number, userId: string): string => `personal:${number}:${userId}`;

function timer(name: string, at: number, now: number): Effect {
  return at > now
    ? write({ write: "timer.set", timer: name, at, payload: {} })
    : write({ write: "timer.clear", timer: name });
}

/** Everything that strikes for it, set anew: what lies behind is struck out. */
export function timersSet(gathering: Gathering, rsvps: Rsvps, now: number, config: Config): readonly Effect[] {
  const { number, startsAt, endsAt, status } = gathering;
  const begins =
    status === "planned"
      ? [write({ write: "timer.set", timer: `start:${number}`, at: Math.max(startsAt, now + 1), payload: {} })]
      : [];
  return [
    ...begins,
    write({ write: "timer.set", timer: `end:${number}`, at: Math.max(endsAt, now + 2), payload: {} }),
    ...config.reminderMinutes.map((minutes) => timer(`remind:${number}:${minutes}`, startsAt - minutes * MINUTE, now)),
    ...Object.entries(rsvps.reminders).map(([userId, minutes]) => reminderSet(gathering, userId, minutes, now)),
  ];
}

export function reminderSet({ number, startsAt }: Gathering, userId: string, minutes: number, now: number): Effect {
  return timer(personal(number, userId), startsAt - minutes * MINUTE, now);
}

export function reminderCleared(number: number, userId: string): Effect {
  return write({ write: "timer.clear", timer: personal(number, userId) });
}

export function timersCleared({ number }: Gathering, rsvps: Rsvps, config: Config): readonly Effect[] {
  const names = ["start", "end"].map((name) => `${name}:${number}`);
  const reminders = config.reminderMinutes.map((minutes) => `remind:${number}:${minutes}`);
  return [
    ...[...names, ...reminders].map((name) => write({ write: "timer.clear", timer: name })),
    ...Object.keys(rsvps.reminders).map((userId) => reminderCleared(number, userId)),
  ];
}
