import type { Priority } from "#core";

/** BullMQ serves lower numbers first; 0 would overtake all of them. */
const LANES: Readonly<Record<Priority, number>> = { high: 0, medium: 1, low: 2 };
/** Places within a lane: BullMQ knows about two million numbers, for all three. */
const PLACES = 500_000;
/** As many as Discord lets one bot do in a second: who asks for no more than that is not behind anybody. */
const FORGIVEN_A_SECOND = 50;

/**
 * Lets guilds take turns in a queue that knows numbers only: whoever asked for much lately is behind those who asked for
 * little, by as many places. Counted in each process for the guilds it has; nothing is lost with it but an order of turns.
 */
export function turnsOf(now: () => number): (guildId: string, priority: Priority) => number {
  const asked = new Map<string, { places: number; at: number }>();
  return (guildId, priority) => {
    const at = now();
    const key = `${priority} ${guildId}`;
    const before = asked.get(key);
    const places = before === undefined ? 0 : left(before, at);
    asked.set(key, { places: places + 1, at });
    return LANES[priority] * PLACES + Math.min(PLACES, 1 + Math.round(places));
  };
}

function left({ places, at }: { places: number; at: number }, now: number): number {
  return Math.max(0, places - ((now - at) / 1_000) * FORGIVEN_A_SECOND);
}
