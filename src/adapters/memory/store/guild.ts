import { figuresOf, subjectOf } from "#core";
import type { Decision, GuildStore, JournalRow, Range, Records, RecordName, Story, Ticket } from "#core";
import { eraseMember } from "./erase.ts";
import { ranking } from "./ranking.ts";
import { compare, keyOf, stored, viewOf, type State, type StoredDecision, type StoredRow } from "./state.ts";
import { knowledgeOf } from "./knowledge.ts";
import { vectorsOf } from "./vectors.ts";

/** Everything of one guild; every look filters by the guild it was made for. */
export function guildStore(state: State, guildId: string): GuildStore {
  const own = <T extends { readonly guildId: string }>(map: ReadonlyMap<unknown, T>): T[] =>
    [...map.values()].filter((row) => row.guildId === guildId);
  const rows = () => [...(state.journal.get(guildId)?.values() ?? [])];
  return {
    guildId,
    directory: async () => stored(state.guilds.get(guildId)?.directory),
    journal: (range, options) =>
      stream(within(rows(), range, (row) => row.event.at).slice(0, options?.limit), journalRow),
    latest: async ({ limit, before }) =>
      rows()
        .filter(({ event }) => before === undefined || newestFirst(before, event) < 0)
        .sort((a, b) => newestFirst(a.event, b.event))
        .slice(0, limit)
        .map(journalRow),
    story: async (eventId) => story(state, guildId, eventId),
    event: async (eventId) => stored(state.journal.get(guildId)?.get(eventId)?.event),
    decisions: (range) =>
      stream(
        within(own(state.decisions), range, (decision) => decision.at),
        plainDecision,
      ),
    tallies: async (from) =>
      rows()
        .filter((row) => row.event.at >= from && row.tallies.length > 0)
        .map((row) => stored({ at: row.event.at, tallies: row.tallies })),
    erase: async (userId) => eraseMember(state, guildId, userId),
    policies: async (limit) =>
      own(state.policies)
        .sort((a, b) => b.version - a.version)
        .slice(0, limit)
        .map(({ guildId: _own, ...policy }) => stored(policy)),
    records: async (wanted) =>
      wanted.map(({ record, key }) => stored(state.records.get(keyOf(guildId, record, key))) as Records[RecordName]),
    ticketFigures: async (since) =>
      [...state.records]
        .filter(([id]) => id.startsWith(keyOf(guildId, "ticket").slice(0, -1) + ","))
        .flatMap(([, value]) => figuresOf(value as Ticket) ?? [])
        .filter(({ at }) => at >= since)
        .sort((a, b) => a.number - b.number),
    fewRecords: async (atMost) => {
      const found = [...state.records].map(([id, value]) => {
        const [owner, record, key] = JSON.parse(id) as [string, RecordName, string];
        return { owner, record, key, value: stored(value) as Records[RecordName] };
      });
      const few = found.filter(({ owner }) => owner === guildId).map(({ owner: _own, ...rest }) => rest);
      return few.length > atMost ? "too-many" : few;
    },
    totals: async (wanted) =>
      wanted.map(({ owner, total, key }) => state.totals.get(keyOf(guildId, owner, total, key))?.value ?? 0),
    ranking: async (wish) => ranking(own(state.totals), wish),
    allTotals: async () =>
      own(state.totals)
        .map(({ owner, total, key, value }) => ({ owner, total, key, value }))
        .sort((a, b) => compare(a.owner, b.owner) || compare(a.total, b.total) || compare(a.key, b.key)),
    ...knowledgeOf(state, guildId),
    ...vectorsOf(state, guildId),
    approval: async (id) => stored(own(state.approvals).find((approval) => approval.id === id)),
    approvals: async (status, limit, before) =>
      own(state.approvals)
        .filter((approval) => status === "any" || approval.status === status)
        .sort(latestAsked)
        .filter((approval) => before === undefined || latestAsked(before, approval) < 0)
        .slice(0, limit)
        .map(stored),
    approvalCount: async (status) => own(state.approvals).filter((approval) => approval.status === status).length,
    memberEvents: async (userId, since) =>
      rows()
        .filter(({ event }) => event.at >= since && event.kind.startsWith("member.") && subjectOf(event) === userId)
        .map(({ event }) => stored(event)),
    memberMessages: async (userId, since, limit) =>
      rows()
        .filter(({ event }) => event.at >= since && event.kind === "message.created" && subjectOf(event) === userId)
        .map(({ event }) => stored(event))
        .reverse()
        .slice(0, limit),
    order: async (id) =>
      own(state.orders)
        .filter((order) => order.id === id)
        .map(viewOf)
        .map(stored)[0],
    orders: async (status, limit) =>
      own(state.orders)
        .filter((order) => status === "any" || order.status === status)
        .sort((a, b) => b.ordinal - a.ordinal)
        .slice(0, limit)
        .map(viewOf)
        .map(stored),
    case: async (number) => {
      const key = keyOf(guildId, number);
      const [file, evidence] = [state.cases.get(key), state.caseEvidence.get(key)];
      return file === undefined ? undefined : stored({ ...file, ...(evidence !== undefined && { evidence }) });
    },
    caseFor: async (proposalId) => stored(own(state.cases).find((file) => file.proposalId === proposalId)),
    cases: async ({ userId, limit }) =>
      own(state.cases)
        .filter((file) => userId === undefined || file.userId === userId)
        .sort((a, b) => b.number - a.number)
        .slice(0, limit)
        .map(stored),
    rollups: async (range) => rollupsWithin(own(state.rollups), range),
    spending: async (range) =>
      within(own(state.spending), range, (row) => row.day)
        .sort(
          (a, b) =>
            a.day - b.day || compare(a.agent, b.agent) || compare(a.prompt, b.prompt) || compare(a.model, b.model),
        )
        .map(stored),
  };
}

function latestAsked(a: { askedAt: number; id: string }, b: { askedAt: number; id: string }): number {
  return b.askedAt - a.askedAt || compare(b.id, a.id);
}

export function rollupsWithin<T extends { guildId: string; metric: string; key: string; hour: number }>(
  rollups: readonly T[],
  range: Range,
): T[] {
  return within(rollups, range, (rollup) => rollup.hour)
    .sort(
      (a, b) =>
        a.hour - b.hour || compare(a.guildId, b.guildId) || compare(a.metric, b.metric) || compare(a.key, b.key),
    )
    .map(stored);
}

function story(state: State, guildId: string, eventId: string): Story | undefined {
  const row = state.journal.get(guildId)?.get(eventId);
  if (row === undefined) return undefined;
  const own = <T extends { readonly guildId: string; readonly eventId: string }>(map: ReadonlyMap<unknown, T>): T[] =>
    [...map.values()].filter((one) => one.guildId === guildId && one.eventId === eventId);
  return {
    row: journalRow(row),
    decisions: own(state.decisions).map(plainDecision),
    orders: own(state.orders).map(viewOf).map(stored),
    approvals: own(state.approvals)
      .sort((a, b) => a.askedAt - b.askedAt || compare(a.id, b.id))
      .map(stored),
    cases: own(state.cases).map(stored),
  };
}

function within<T>(rows: readonly T[], range: Range, at: (row: T) => number): T[] {
  return rows.filter((row) => at(row) >= range.from && at(row) < range.to);
}

function newestFirst(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return b.at - a.at || compare(b.id, a.id);
}

function journalRow({ ordinal: _ordinal, ...row }: StoredRow): JournalRow {
  return stored(row);
}

function plainDecision({ ordinal: _ordinal, ...decision }: StoredDecision): Decision {
  return stored(decision);
}

async function* stream<T, U>(rows: readonly T[], shown: (row: T) => U): AsyncIterable<U> {
  for (const row of rows) yield shown(row);
}
