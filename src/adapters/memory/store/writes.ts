import type { EventOf, Write } from "#core";
import type { Changes } from "./changes.ts";
import { keyOf, stored, type State } from "./state.ts";

/** An agent's own records, applied one after the other. */
export function applyWrite(state: State, changes: Changes, guildId: string, owner: string, change: Write): void {
  switch (change.write) {
    case "record.put":
      return changes.set(state.records, keyOf(guildId, change.record, change.key), stored(change.value));
    case "record.delete":
      return changes.remove(state.records, keyOf(guildId, change.record, change.key));
    case "total.add":
      return addTotal(state, changes, { guildId, owner, total: change.total, key: change.key, value: change.by });
    case "timer.set": {
      if (!Number.isSafeInteger(change.at)) throw new Error(`timer ${change.timer} is set to no moment`);
      const { timer, at, payload } = change;
      return changes.set(state.timers, keyOf(guildId, owner, timer), stored({ guildId, owner, timer, at, payload }));
    }
    case "timer.clear":
      return changes.remove(state.timers, keyOf(guildId, owner, change.timer));
  }
}

function addTotal(
  state: State,
  changes: Changes,
  add: { guildId: string; owner: string; total: string; key: string; value: number },
): void {
  if (!Number.isFinite(add.value)) throw new Error(`total ${add.total} cannot grow by ${add.value}`);
  const id = keyOf(add.guildId, add.owner, add.total, add.key);
  const before = state.totals.get(id)?.value ?? 0;
  changes.set(state.totals, id, { ...add, value: before + add.value });
}

/** A timer is gone once it has struck, unless it was set to another moment meanwhile. */
export function strike(state: State, changes: Changes, event: EventOf<"clock.struck">): void {
  const id = keyOf(event.guildId, event.owner, event.timer);
  if (state.timers.get(id)?.at === event.at) changes.remove(state.timers, id);
}
