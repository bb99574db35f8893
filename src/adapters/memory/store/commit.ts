import { canonical, type CommitEntry, type CommitGroup, type Committed, type CommitResult, type Decision } from "#core";
import { applyHouse } from "./house.ts";
import { Refused, recordChanges, type Changes } from "./changes.ts";
import { keyOf, stored, type Gathered, type State } from "./state.ts";
import { applyWrite, strike } from "./writes.ts";

/** All of the group or nothing of it; `beforeCommit` runs while everything could still be taken back. */
export function commitGroup(state: State, group: CommitGroup, beforeCommit: () => void): CommitResult {
  const changes = recordChanges();
  const gathered: Gathered = { caseNumbers: {}, ready: [], taking: group.taking };
  try {
    assertLeases(state, group);
    assertNew(state, group.entries);
    for (const entry of group.entries) applyEntry(state, changes, entry, gathered);
    for (const checkpoint of group.checkpoints) applyCheckpoint(state, changes, checkpoint);
    beforeCommit();
    return answer(gathered);
  } catch (error) {
    changes.undo();
    return error instanceof Refused ? error.answer : { refusal: "refused", cause: error };
  }
}

function answer(gathered: Gathered): Committed {
  const ready = gathered.ready.map((order) => ({
    orderId: order.id,
    guildId: order.guildId,
    priority: order.priority,
  }));
  return { caseNumbers: gathered.caseNumbers, ready };
}

function assertLeases(state: State, { leases }: CommitGroup): void {
  for (const { name, holder, epoch } of leases) {
    const held = state.leases.get(name);
    if (held?.holder !== holder || held.epoch !== epoch) throw new Refused({ refusal: "lease-lost" });
  }
}

function assertNew(state: State, entries: readonly CommitEntry[]): void {
  const ids = entries.filter((entry) => entry.considered === undefined).map((entry) => entry.event.id);
  if (new Set(ids).size < ids.length) throw new Error("an event is twice in one group");
  const duplicates = entries.filter((entry) => isDuplicate(state, entry)).map((entry) => entry.event.id);
  if (duplicates.length > 0) throw new Refused({ refusal: "duplicate", eventIds: [...new Set(duplicates)] });
}

function isDuplicate(state: State, { event, considered }: CommitEntry): boolean {
  if (considered !== undefined) return !state.pending.has(keyOf(event.id, considered.agent));
  return state.seen.has(event.id) || (state.journal.get(event.guildId)?.has(event.id) ?? false);
}

function applyEntry(state: State, changes: Changes, entry: CommitEntry, gathered: Gathered): void {
  const { event } = entry;
  if (!Number.isSafeInteger(event.at)) throw new Error(`event ${event.id} happened at no moment`);
  if (entry.considered === undefined) journal(state, changes, entry);
  else takePending(state, changes, entry);
  for (const decision of entry.decisions) putDecision(state, changes, event.guildId, decision);
  for (const { owner, change } of entry.writes) applyWrite(state, changes, event.guildId, owner, change);
  for (const change of entry.house) applyHouse(state, changes, entry, change, gathered);
  for (const { metric, key, hour, by } of entry.rollups) {
    const id = keyOf(event.guildId, metric, key, hour);
    const before = state.rollups.get(id)?.by ?? 0;
    changes.set(state.rollups, id, { guildId: event.guildId, metric, key, hour, by: before + by });
  }
}

function journal(state: State, changes: Changes, entry: CommitEntry): void {
  const { event } = entry;
  changes.set(state.seen, event.id, entry.receivedAt);
  if (!state.journal.has(event.guildId)) changes.set(state.journal, event.guildId, new Map());
  changes.set(state.journal.get(event.guildId)!, event.id, {
    ordinal: ++state.ordinal,
    event: stored(event),
    receivedAt: entry.receivedAt,
    silent: stored(entry.silent),
    tallies: stored(entry.tallies),
    ...(entry.poison === undefined ? {} : { poison: entry.poison }),
  });
  changes.remove(state.inbox, event.id);
  if (event.kind === "clock.struck") strike(state, changes, event);
}

/** What the slow half counted joins the tallies of its event: counters are rebuilt from there. */
function takePending(state: State, changes: Changes, { event, considered, tallies }: CommitEntry): void {
  changes.remove(state.pending, keyOf(event.id, considered!.agent));
  const rows = state.journal.get(event.guildId);
  const row = rows?.get(event.id);
  if (rows === undefined || row === undefined || tallies.length === 0) return;
  changes.set(rows, event.id, { ...row, tallies: [...row.tallies, ...stored(tallies)] });
}

function putDecision(state: State, changes: Changes, guildId: string, decision: Decision): void {
  if (decision.guildId !== guildId) throw new Error(`an event of ${guildId} decided in ${decision.guildId}`);
  const id = keyOf(guildId, decision.eventId, decision.agent, decision.phase);
  if (state.decisions.has(id)) throw new Error(`decision ${id} exists already`);
  const plain = JSON.parse(canonical(decision)) as Decision;
  changes.set(state.decisions, id, { ...plain, ordinal: ++state.ordinal });
}

function applyCheckpoint(state: State, changes: Changes, checkpoint: CommitGroup["checkpoints"][number]): void {
  const before = state.checkpoints.get(checkpoint.shardId);
  if (before?.sessionId === checkpoint.sessionId && before.sequence > checkpoint.sequence) return;
  changes.set(state.checkpoints, checkpoint.shardId, stored(checkpoint));
}
