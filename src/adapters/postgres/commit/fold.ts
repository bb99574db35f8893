import {
  startOfDay,
  type CommitEntry,
  type KnowledgeSource,
  type PassageDraft,
  type RollupIncrement,
  type Spending,
} from "#core";
import { refuse } from "./refusal.ts";

export interface RecordChange {
  readonly guildId: string;
  readonly record: string;
  readonly key: string;
  /** Absent where the record is deleted. */
  readonly value?: string;
}

export interface TotalChange {
  readonly guildId: string;
  readonly owner: string;
  readonly total: string;
  readonly key: string;
  by: number;
  readonly ranked?: true;
  readonly expiresAt?: number;
}

/** What becomes of one timer: it is set or cleared, or only removed where it still stands at a moment that has struck. */
export interface TimerChange {
  readonly guildId: string;
  readonly owner: string;
  readonly timer: string;
  readonly set?: { readonly at: number; readonly payload: string | undefined };
  readonly cleared?: boolean;
  readonly struckAt: readonly number[];
}

export interface RollupChange {
  readonly guildId: string;
  readonly metric: string;
  readonly key: string;
  readonly hour: number;
  by: number;
}

export interface SpendingChange {
  readonly guildId: string;
  readonly day: number;
  readonly agent: string;
  readonly prompt: string;
  readonly model: string;
  calls: number;
  tokensIn: number;
  tokensOut: number;
  microdollars: number;
}

/** All there is of a source afterwards; nothing where it was withdrawn. */
export interface SourceChange {
  readonly guildId: string;
  readonly sourceId: string;
  readonly source?: KnowledgeSource;
  readonly passages: readonly PassageDraft[];
}

/** What a group leaves of every record, total, timer and rollup, so that one statement each is enough. */
export interface Changes {
  readonly records: Map<string, RecordChange>;
  readonly totals: Map<string, TotalChange>;
  readonly timers: Map<string, TimerChange>;
  readonly rollups: Map<string, RollupChange>;
  readonly spending: Map<string, SpendingChange>;
  readonly knowledge: Map<string, SourceChange>;
  readonly caseEntries: { readonly guildId: string; readonly number: number; readonly entry: string }[];
  readonly caseKeeps: { readonly guildId: string; readonly number: number; readonly until: number }[];
}

export function emptyChanges(): Changes {
  return {
    records: new Map(),
    totals: new Map(),
    timers: new Map(),
    rollups: new Map(),
    spending: new Map(),
    knowledge: new Map(),
    caseEntries: [],
    caseKeeps: [],
  };
}

export function foldWrites(changes: Changes, entry: CommitEntry): void {
  const { event } = entry;
  if (event.kind === "clock.struck" && entry.considered === undefined) {
    struck(changes, event.guildId, event.owner, event.timer, event.at);
  }
  for (const { owner, change } of entry.writes) foldWrite(changes, event.guildId, owner, change);
}

function foldWrite(changes: Changes, guildId: string, owner: string, change: CommitEntry["writes"][number]["change"]) {
  switch (change.write) {
    case "record.put": {
      const { record, key, value } = change;
      return changes.records.set(keyOf(guildId, record, key), { guildId, record, key, value: JSON.stringify(value) });
    }
    case "record.delete": {
      const { record, key } = change;
      return changes.records.set(keyOf(guildId, record, key), { guildId, record, key });
    }
    case "total.add": {
      const { write: _write, ...add } = change;
      return addTotal(changes, { guildId, owner, ...add });
    }
    case "case.add":
      return changes.caseEntries.push({ guildId, number: change.number, entry: JSON.stringify(change.entry) });
    case "case.keep":
      return changes.caseKeeps.push({ guildId, number: change.number, until: change.until });
    case "timer.set": {
      const { timer, at } = change;
      if (!Number.isSafeInteger(at)) refuse(`timer ${timer} is set to no moment`);
      const set = { at, payload: JSON.stringify(change.payload) };
      return changes.timers.set(keyOf(guildId, owner, timer), { guildId, owner, timer, set, struckAt: [] });
    }
    case "timer.clear": {
      const { timer } = change;
      return changes.timers.set(keyOf(guildId, owner, timer), { guildId, owner, timer, cleared: true, struckAt: [] });
    }
    case "knowledge.put": {
      const { source, passages } = change;
      return changes.knowledge.set(keyOf(guildId, source.id), { guildId, sourceId: source.id, source, passages });
    }
    case "knowledge.withdraw": {
      const { sourceId } = change;
      return changes.knowledge.set(keyOf(guildId, sourceId), { guildId, sourceId, passages: [] });
    }
  }
}

function addTotal(changes: Changes, add: TotalChange): void {
  if (!Number.isFinite(add.by)) refuse(`total ${add.total} cannot grow by ${add.by}`);
  const key = keyOf(add.guildId, add.owner, add.total, add.key);
  const known = changes.totals.get(key);
  if (known === undefined) changes.totals.set(key, add);
  else known.by += add.by;
}

function struck(changes: Changes, guildId: string, owner: string, timer: string, at: number): void {
  const key = keyOf(guildId, owner, timer);
  const before = changes.timers.get(key);
  if (before?.cleared === true) return;
  if (before?.set !== undefined) {
    if (before.set.at === at) changes.timers.set(key, { guildId, owner, timer, cleared: true, struckAt: [] });
    return;
  }
  changes.timers.set(key, { guildId, owner, timer, struckAt: [...(before?.struckAt ?? []), at] });
}

/** Sums by guild, hour, metric and key; the road's increments are many and their keys few. */
export function sumRollups(changes: Changes, entry: CommitEntry): void {
  const { guildId } = entry.event;
  for (const increment of entry.rollups) {
    const key = rollupKey(guildId, increment);
    const known = changes.rollups.get(key);
    if (known === undefined) changes.rollups.set(key, { guildId, ...increment });
    else known.by += increment.by;
  }
}

export function book(changes: Changes, guildId: string, agent: string, spent: Spending): void {
  const { prompt, model, tokensIn, tokensOut, microdollars } = spent;
  const amounts = [spent.at, tokensIn, tokensOut, microdollars];
  if (!amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)) refuse(`${model} cost no whole amount`);
  const day = startOfDay(spent.at);
  const key = keyOf(guildId, String(day), agent, prompt, model);
  const known = changes.spending.get(key);
  if (known === undefined) {
    changes.spending.set(key, { guildId, day, agent, prompt, model, calls: 1, tokensIn, tokensOut, microdollars });
    return;
  }
  known.calls += 1;
  known.tokensIn += tokensIn;
  known.tokensOut += tokensOut;
  known.microdollars += microdollars;
}

/** A line break ends each part: a part that held one could at worst run into its neighbour, so those are refused. */
function rollupKey(guildId: string, { hour, metric, key }: RollupIncrement): string {
  if (metric.includes("\n") || key.includes("\n")) refuse("a rollup's metric or key holds a line break");
  return `${guildId}\n${hour}\n${metric}\n${key}`;
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
