import type { EventOf, TotalAdd, Write } from "#core";
import type { Changes } from "./changes.ts";
import { putSource } from "./knowledge.ts";
import { keyOf, stored, type State } from "./state.ts";

/** An agent's own records, applied one after the other. */
export function applyWrite(state: State, changes: Changes, guildId: string, owner: string, change: Write): void {
  switch (change.write) {
    case "record.put":
      return changes.set(state.records, keyOf(guildId, change.record, change.key), stored(change.value));
    case "record.delete":
      return changes.remove(state.records, keyOf(guildId, change.record, change.key));
    case "total.add":
      return addTotal(state, changes, guildId, owner, change);
    case "case.add":
      return changeCase(state, changes, keyOf(guildId, change.number), (file) => ({
        ...file,
        entries: [...file.entries, stored(change.entry)],
      }));
    case "case.keep":
      return changeCase(state, changes, keyOf(guildId, change.number), (file) =>
        file.evidenceUntil === undefined
          ? file
          : { ...file, evidenceUntil: Math.max(file.evidenceUntil, change.until) },
      );
    case "timer.set": {
      if (!Number.isSafeInteger(change.at)) throw new Error(`timer ${change.timer} is set to no moment`);
      const { timer, at, payload } = change;
      return changes.set(state.timers, keyOf(guildId, owner, timer), stored({ guildId, owner, timer, at, payload }));
    }
    case "timer.clear":
      return changes.remove(state.timers, keyOf(guildId, owner, change.timer));
    case "knowledge.put":
      return putSource(state, changes, guildId, change.source.id, change);
    case "knowledge.withdraw":
      return putSource(state, changes, guildId, change.sourceId);
  }
}

type StoredCase = State["cases"] extends Map<string, infer T> ? T : never;

function changeCase(state: State, changes: Changes, key: string, change: (file: StoredCase) => StoredCase): void {
  const file = state.cases.get(key);
  if (file !== undefined) changes.set(state.cases, key, change(file));
}

function addTotal(state: State, changes: Changes, guildId: string, owner: string, add: TotalAdd): void {
  const { total, key, by, expiresAt } = add;
  if (!Number.isFinite(by)) throw new Error(`total ${total} cannot grow by ${by}`);
  const id = keyOf(guildId, owner, total, key);
  const before = state.totals.get(id);
  const end = before === undefined ? expiresAt : before.expiresAt;
  const value = (before?.value ?? 0) + by;
  changes.set(state.totals, id, { guildId, owner, total, key, value, ...(end !== undefined && { expiresAt: end }) });
}

/** A timer is gone once it has struck, unless it was set to another moment meanwhile. */
export function strike(state: State, changes: Changes, event: EventOf<"clock.struck">): void {
  const id = keyOf(event.guildId, event.owner, event.timer);
  if (state.timers.get(id)?.at === event.at) changes.remove(state.timers, id);
}
