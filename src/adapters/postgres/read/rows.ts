import type { Decision, GuildEvent, JournalRow, Seal } from "#core";
import type { Queryable } from "../arrays.ts";
import { openBodies } from "../bodies.ts";

export const JOURNAL_COLUMNS = "at, id, ordinal, kind, received_at, payload, body, silent, tallies, poison";

export interface JournalRecord {
  readonly [column: string]: unknown;
  readonly at: number;
  readonly id: string;
  readonly ordinal: number;
  readonly kind: string;
  readonly received_at: number;
  readonly payload: string;
  readonly body: string | null;
  readonly silent: string | null;
  readonly tallies: string | null;
  readonly poison: string | null;
}

export const DECISION_COLUMNS =
  "at, ordinal, event_id, agent, phase, config_hash, effects, verdicts, reads, about, error, shed, exhausted";

export interface DecisionRecord {
  readonly [column: string]: unknown;
  readonly at: number;
  readonly ordinal: number;
  readonly event_id: string;
  readonly agent: string;
  readonly phase: "fast" | "slow";
  readonly config_hash: string;
  readonly effects: string;
  readonly verdicts: string;
  readonly reads: string | null;
  readonly about: string | null;
  readonly error: string | null;
  readonly shed: boolean;
  readonly exhausted: string | null;
}

/** Rows put together again with the bodies that are still there: one query more where any row has one. */
export async function journalRows(
  on: Queryable,
  guildId: string,
  records: readonly JournalRecord[],
  seal: Seal,
): Promise<JournalRow[]> {
  const hashes = records.flatMap((record) => record.body ?? []);
  const bodies = await openBodies(on, guildId, hashes, seal);
  return records.map((record) => journalRow(guildId, record, bodies));
}

function journalRow(guildId: string, record: JournalRecord, bodies: ReadonlyMap<string, string>): JournalRow {
  const text = record.body === null ? undefined : bodies.get(record.body);
  const event = {
    id: record.id,
    guildId,
    at: record.at,
    kind: record.kind,
    ...(JSON.parse(record.payload) as object),
    ...(text === undefined ? {} : { text }),
  } as GuildEvent;
  return {
    event,
    receivedAt: record.received_at,
    silent: record.silent === null ? [] : record.silent.split(","),
    tallies: record.tallies === null ? [] : talliesOf(record.tallies),
    ...(record.poison === null ? {} : { poison: record.poison }),
    ...(record.body !== null && text === undefined ? { textExpired: true } : {}),
  };
}

export function talliesOf(text: string): JournalRow["tallies"] {
  const tallies = JSON.parse(text) as readonly (readonly [string, string, string, number])[];
  return tallies.map(([owner, counter, key, by]) => ({ owner, counter, key, by }));
}

export async function decisionsOf(
  on: Queryable,
  guildId: string,
  records: readonly DecisionRecord[],
  seal: Seal,
): Promise<Decision[]> {
  const hashes = records.flatMap((record) => record.reads ?? []);
  const bodies = await openBodies(on, guildId, hashes, seal);
  return records.map((record) => decisionOf(guildId, record, bodies));
}

function decisionOf(guildId: string, record: DecisionRecord, bodies: ReadonlyMap<string, string>): Decision {
  const reads = record.reads === null ? "[]" : bodies.get(record.reads);
  return {
    eventId: record.event_id,
    guildId,
    agent: record.agent,
    phase: record.phase,
    at: record.at,
    effects: JSON.parse(record.effects) as Decision["effects"],
    reads: reads === undefined ? [] : (JSON.parse(reads) as Decision["reads"]),
    verdicts: JSON.parse(record.verdicts) as Decision["verdicts"],
    configHash: record.config_hash,
    ...(record.about === null ? {} : { about: JSON.parse(record.about) as unknown }),
    ...(record.error === null ? {} : { error: record.error }),
    ...(record.shed ? { shed: true } : {}),
    ...(record.exhausted === null ? {} : { exhausted: record.exhausted as NonNullable<Decision["exhausted"]> }),
    ...(reads === undefined ? { readsExpired: true } : {}),
  };
}
