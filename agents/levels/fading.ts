import { boardOf, type Effect, type EventOf, type Look, write } from "#core";
import { addLasting, POINTS } from "./boards.ts";
import type { Config } from "./config.ts";
import { type Habits, habitsAt, put } from "./habits.ts";

const DAY_MS = 86_400_000;
/** The quietest hour in most places this speaks the languages of, in UTC. */
const HOUR_MS = 4 * 3_600_000;
const LOT = 200;
/** Between two lots: each counts on the places as the one before left them. */
const SOON_MS = 1_000;

/** What idleness costs somebody by now, and up to when that is settled then; undefined where nothing is due. */
export function fadeOf(
  habits: Pick<Habits, "at" | "seen" | "fadedTo">,
  points: number,
  at: number,
  { decay: { afterDays, percent, everyDays, floor } }: Config,
): { readonly by: number; readonly fadedTo: number } | undefined {
  const active = Math.max(habits.at, habits.seen ?? 0);
  if (afterDays === 0 || active === 0) return undefined;
  const begins = active + afterDays * DAY_MS;
  const from = Math.max(begins - everyDays * DAY_MS, habits.fadedTo ?? 0);
  const times = Math.floor((at - from) / (everyDays * DAY_MS));
  if (times <= 0) return undefined;
  const left = Math.max(Math.min(points, floor), Math.floor(points * (1 - percent / 100) ** times));
  return { by: points - left, fadedTo: from + times * everyDays * DAY_MS };
}

/** The next sweep, at the same hour of every day; a second wish for it is the same timer. */
export function sweepAfter(at: number, { decay }: Config): readonly Effect[] {
  if (decay.afterDays === 0) return [];
  const today = at - (at % DAY_MS) + HOUR_MS;
  return [write({ write: "timer.set", timer: "fade", at: today > at ? today : today + DAY_MS, payload: {} })];
}

export const isFadeTimer = ({ timer }: EventOf<"clock.struck">): boolean => timer === "fade";

/**
 * A lot of members, from the last place upwards: whoever loses points sinks to places that were looked at already. Somebody who slips by
 * loses nothing of it, what is due is reckoned from their own last day and comes with the next sweep, or with their next message.
 */
export function sweep(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  if (config.decay.afterDays === 0) return [];
  const total = boardOf("all", event.at, undefined)!;
  const { before } = event.payload as { before?: number };
  const end = before ?? look.ranking({ total, offset: 0, limit: 0 }).members;
  const offset = Math.max(0, end - LOT);
  const rows = end === 0 ? [] : look.ranking({ total, offset, limit: end - offset }).rows;
  const faded = rows.flatMap(({ key }) => fadedNow(key, event.at, look, config));
  if (offset === 0) return [...faded, ...sweepAfter(event.at, config)];
  return [...faded, write({ write: "timer.set", timer: "fade", at: event.at + SOON_MS, payload: { before: offset } })];
}

function fadedNow(userId: string, at: number, look: Look, config: Config): readonly Effect[] {
  const known = look.record("levelling", userId);
  if (known === undefined) return [];
  const fade = fadeOf(known, look.total(POINTS, userId), at, config);
  if (fade === undefined) return [];
  const taken = fade.by === 0 ? [] : addLasting(userId, -fade.by, known.hidden === true);
  // The roles of a level that is lost go with the next message: nobody knows here which they have.
  return [put(userId, { ...habitsAt(known, at), fadedTo: fade.fadedTo }), ...taken];
}
