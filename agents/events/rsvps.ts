import type { RsvpAnswer, Rsvps } from "#core";

export const NOBODY: Rsvps = { going: [], waiting: [], maybe: [], no: [], reminders: {} };

export type Placed = RsvpAnswer | "waiting";

export interface Seated {
  readonly rsvps: Rsvps;
  /** Where the answer has led; absent: nowhere any more. */
  readonly placed?: Placed;
  /** Who has moved up from the waiting list. */
  readonly movedUp: readonly string[];
}

/** Somebody's answer, or that they take it back. Whoever is going already keeps their place. */
export function answered(before: Rsvps, userId: string, answer: RsvpAnswer | undefined, capacity?: number): Seated {
  const stays = answer === "going" && before.going.includes(userId);
  const waits = answer === "going" && before.waiting.includes(userId);
  if (stays || waits) return { rsvps: before, placed: stays ? "going" : "waiting", movedUp: [] };
  const others = without(before, userId);
  const isFull = capacity !== undefined && before.going.length >= capacity;
  const placed = answer === "going" && isFull ? "waiting" : answer;
  const added = placed === undefined ? others : { ...others, [placed]: [...others[placed], userId] };
  return { ...filled(added, capacity), ...(placed !== undefined && { placed }) };
}

/** As many as there is room for move up, in the order in which they came. Nobody who is going is sent back. */
export function filled(
  rsvps: Rsvps,
  capacity?: number,
): { readonly rsvps: Rsvps; readonly movedUp: readonly string[] } {
  const room = capacity === undefined ? rsvps.waiting.length : Math.max(0, capacity - rsvps.going.length);
  const movedUp = rsvps.waiting.slice(0, room);
  if (movedUp.length === 0) return { rsvps, movedUp };
  const waiting = rsvps.waiting.slice(room);
  return { rsvps: { ...rsvps, going: [...rsvps.going, ...movedUp], waiting }, movedUp };
}

function without(rsvps: Rsvps, userId: string): Rsvps {
  const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== userId);
  const { going, waiting, maybe, no, reminders } = rsvps;
  return { going: others(going), waiting: others(waiting), maybe: others(maybe), no: others(no), reminders };
}

/** Nothing of them is left, not even a reminder. */
export function forgotten(before: Rsvps, userId: string, capacity?: number): Seated {
  const { [userId]: _reminder, ...reminders } = before.reminders;
  return answered({ ...before, reminders }, userId, undefined, capacity);
}

export function isIn(rsvps: Rsvps, userId: string): boolean {
  return [rsvps.going, rsvps.waiting, rsvps.maybe, rsvps.no].some((ids) => ids.includes(userId));
}
