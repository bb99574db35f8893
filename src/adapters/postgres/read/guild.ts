import { figuresOf } from "#core";
import type { Directory, GuildStore, Range, Records, RecordName, Seal, Story, Ticket } from "#core";
import type { PrismaClient } from "../generated/client.ts";
import { arrayOf, run, type Queryable, type Statement } from "../arrays.ts";
import { eraseMember } from "../erase.ts";
import { ranking } from "../ranking.ts";
import { findEvent } from "./find.ts";
import { caseFiles, caseReads } from "./cases.ts";
import { knowledgeOf } from "./knowledge.ts";
import { vectorsOf } from "./vectors.ts";
import { approvalOf, orderView } from "./views.ts";
import {
  DECISION_COLUMNS,
  JOURNAL_COLUMNS,
  decisionsOf,
  journalRows,
  talliesOf,
  type DecisionRecord,
  type JournalRecord,
} from "./rows.ts";
import { momentOf, stream } from "./stream.ts";

export interface ReadContext {
  readonly pool: Queryable;
  readonly prisma: PrismaClient;
  readonly seal: Seal;
  /** Vectors are compared by the database's own extension. */
  readonly hasPgvector: boolean;
}

/** A page of the primary key, read backwards. */
const LATEST: Statement = {
  name: "journal-latest",
  text: `select ${JOURNAL_COLUMNS} from journal where guild_id = $1 and (at, id) < ($2, $3)
    order by at desc, id desc limit $4`,
};
/** The stretch of one guild since a moment, which is minutes long, sorted by arrival. */
const TALLIES: Statement = {
  name: "journal-tallies",
  text: `select at, tallies from journal where guild_id = $1 and at >= $2 and tallies is not null order by ordinal`,
};
const DECISIONS: Statement = {
  name: "decisions-of-event",
  text: `select ${DECISION_COLUMNS} from decisions where guild_id = $1 and event_id = $2 order by ordinal`,
};
/** One probe of the primary key for each, in the order asked. */
const RECORDS: Statement = {
  name: "records-get",
  text: `select r.value from unnest($2::text[], $3::text[]) with ordinality t(record, key, position)
    left join records r on r.guild_id = $1 and r.record = t.record and r.key = t.key order by position`,
};
/** A range of the primary key. */
const FEW_RECORDS: Statement = {
  name: "records-few",
  text: "select record, key, value from records where guild_id = $1 limit $2",
};
/** A range of the primary key, each read as JSON: a thousandth of a second for a hundred tickets. What people wrote stays behind. */
const TICKETS: Statement = {
  name: "records-tickets",
  text: `select (ticket - 'said' - 'notes' - 'nudges')::text as ticket
    from (select value::jsonb as ticket from records where guild_id = $1 and record = 'ticket') t
    where (ticket ->> 'at')::bigint >= $2 order by (ticket ->> 'number')::int`,
};
const TOTALS: Statement = {
  name: "totals-get",
  text: `select coalesce(r.value, 0) as value from unnest($2::text[], $3::text[], $4::text[])
      with ordinality t(owner, total, key, position)
    left join totals r on r.guild_id = $1 and r.owner = t.owner and r.total = t.total and r.key = t.key order by position`,
};

/** The stretch of one guild since a moment, once for each answer of a human: no index on the journal's hot road for that. */
const MEMBER_EVENTS: Statement = {
  name: "journal-member-events",
  text: `select ${JOURNAL_COLUMNS} from journal where guild_id = $1 and at >= $2 and subject_id = $3 and kind like 'member.%'
    order by ordinal`,
};

const MEMBER_MESSAGES: Statement = {
  name: "journal-member-messages",
  text: `select ${JOURNAL_COLUMNS} from journal where guild_id = $1 and at >= $2 and subject_id = $3 and kind = 'message.created'
    order by at desc, ordinal desc limit $4`,
};

function olderThan({ askedAt, id }: { readonly askedAt: number; readonly id: string }) {
  const at = momentOf(askedAt);
  return [{ askedAt: { lt: at } }, { askedAt: at, id: { lt: id } }];
}

/** Everything of one guild: no query here is written without its id. */
export function guildStore(context: ReadContext, guildId: string): GuildStore {
  return {
    guildId,
    ...past(context, guildId),
    ...state(context, guildId),
    ...measures(context, guildId),
    ...knowledgeOf(context.pool, guildId),
    ...caseReads(context, guildId),
    ...vectorsOf(context.pool, guildId, context.hasPgvector),
  };
}

type Past = Pick<
  GuildStore,
  "journal" | "latest" | "story" | "event" | "memberEvents" | "memberMessages" | "decisions" | "tallies"
>;

function past({ pool, prisma, seal }: ReadContext, guildId: string): Past {
  const shownRows = (records: readonly JournalRecord[]) => journalRows(pool, guildId, records, seal);
  const shownDecisions = (records: readonly DecisionRecord[]) => decisionsOf(pool, guildId, records, seal);
  return {
    journal: (range, options) =>
      stream(pool, guildId, range, { table: "journal", columns: JOURNAL_COLUMNS, shown: shownRows }, options?.limit),
    async latest({ limit, before }) {
      const from = [momentOf(before?.at ?? Infinity), before?.id ?? ""];
      return shownRows((await run<JournalRecord>(pool, LATEST, [guildId, ...from, limit])).rows);
    },
    async memberEvents(userId, since) {
      const { rows } = await run<JournalRecord>(pool, MEMBER_EVENTS, [guildId, momentOf(since), userId]);
      return (await shownRows(rows)).map(({ event }) => event);
    },
    async memberMessages(userId, since, limit) {
      const { rows } = await run<JournalRecord>(pool, MEMBER_MESSAGES, [guildId, momentOf(since), userId, limit]);
      return (await shownRows(rows)).map(({ event }) => event);
    },
    async event(eventId) {
      const record = await findEvent(pool, guildId, eventId);
      return record === undefined ? undefined : (await shownRows([record]))[0]?.event;
    },
    async story(eventId): Promise<Story | undefined> {
      const record = await findEvent(pool, guildId, eventId);
      if (record === undefined) return undefined;
      const where = { guildId, eventId };
      const [row] = await shownRows([record]);
      const decided = await run<DecisionRecord>(pool, DECISIONS, [guildId, eventId]);
      const decisions = await shownDecisions(decided.rows);
      const orders = await prisma.order.findMany({ where, orderBy: { ordinal: "asc" } });
      const approvals = await prisma.approval.findMany({ where, orderBy: [{ askedAt: "asc" }, { id: "asc" }] });
      const cases = await prisma.case.findMany({ where, orderBy: { number: "asc" } });
      return {
        row: row!,
        decisions,
        orders: orders.map(orderView),
        approvals: approvals.map(approvalOf),
        cases: await caseFiles(prisma, guildId, cases),
      };
    },
    decisions: (range) =>
      stream(pool, guildId, range, { table: "decisions", columns: DECISION_COLUMNS, shown: shownDecisions }),
    async tallies(from) {
      const { rows } = await run<{ at: number; tallies: string }>(pool, TALLIES, [guildId, momentOf(from)]);
      return rows.map((row) => ({ at: row.at, tallies: talliesOf(row.tallies) }));
    },
  };
}

type GuildState = Pick<
  GuildStore,
  "directory" | "erase" | "policies" | "records" | "approval" | "approvals" | "approvalCount" | "order" | "orders"
>;

function state({ pool, prisma }: ReadContext, guildId: string): GuildState {
  return {
    async directory() {
      const select = { directory: true, memberCount: true };
      const guild = await prisma.guild.findUnique({ where: { id: guildId }, select });
      if (guild?.directory === undefined || guild.directory === null) return undefined;
      return { ...(guild.directory as unknown as Directory), memberCount: guild.memberCount };
    },
    erase: (userId) => eraseMember(pool, guildId, userId),
    async policies(limit) {
      const rows = await prisma.policy.findMany({ where: { guildId }, orderBy: { version: "desc" }, take: limit });
      return rows.map(({ version, document, by, at }) => ({ version, document, by, at: Number(at) }));
    },
    async records(wanted) {
      if (wanted.length === 0) return [];
      const names = [arrayOf(wanted.map((one) => one.record)), arrayOf(wanted.map((one) => one.key))];
      const { rows } = await run<{ value: string | null }>(pool, RECORDS, [guildId, ...names]);
      return rows.map((row) => (row.value === null ? undefined : (JSON.parse(row.value) as Records[RecordName])));
    },
    async approval(id) {
      const row = await prisma.approval.findFirst({ where: { id, guildId } });
      return row === null ? undefined : approvalOf(row);
    },
    async approvals(status, limit, before) {
      const older = before === undefined ? {} : { OR: olderThan(before) };
      const where = { guildId, ...(status === "any" ? {} : { status }), ...older };
      const orderBy = [{ askedAt: "desc" as const }, { id: "desc" as const }];
      return (await prisma.approval.findMany({ where, orderBy, take: limit })).map(approvalOf);
    },
    approvalCount: (status) => prisma.approval.count({ where: { guildId, status } }),
    async order(id) {
      const row = await prisma.order.findFirst({ where: { id, guildId } });
      return row === null ? undefined : orderView(row);
    },
    async orders(status, limit) {
      const where = status === "any" ? { guildId } : { guildId, status };
      return (await prisma.order.findMany({ where, orderBy: { ordinal: "desc" }, take: limit })).map(orderView);
    },
  };
}

type Measures = Pick<
  GuildStore,
  "ticketFigures" | "fewRecords" | "totals" | "ranking" | "allTotals" | "rollups" | "spending"
>;

function measures({ pool, prisma }: ReadContext, guildId: string): Measures {
  return {
    async fewRecords(atMost) {
      const { rows } = await run<{ record: RecordName; key: string; value: string }>(pool, FEW_RECORDS, [
        guildId,
        atMost + 1,
      ]);
      if (rows.length > atMost) return "too-many";
      return rows.map(({ record, key, value }) => ({ record, key, value: JSON.parse(value) as Records[RecordName] }));
    },
    async ticketFigures(since) {
      const { rows } = await run<{ ticket: string }>(pool, TICKETS, [guildId, momentOf(since)]);
      return rows.flatMap(({ ticket }) => figuresOf(JSON.parse(ticket) as Ticket) ?? []);
    },
    async totals(wanted) {
      if (wanted.length === 0) return [];
      const columns = [wanted.map((one) => one.owner), wanted.map((one) => one.total), wanted.map((one) => one.key)];
      const { rows } = await run<{ value: number }>(pool, TOTALS, [guildId, ...columns.map(arrayOf)]);
      return rows.map((row) => row.value);
    },
    ranking: (wish) => ranking(pool, guildId, wish),
    allTotals: () =>
      prisma.total.findMany({
        where: { guildId },
        select: { owner: true, total: true, key: true, value: true },
        orderBy: [{ owner: "asc" }, { total: "asc" }, { key: "asc" }],
      }),
    rollups: (range) => rollups(prisma, [guildId], range),
    async spending({ from, to }) {
      const rows = await prisma.spending.findMany({
        where: { guildId, day: { gte: momentOf(from), lt: momentOf(to) } },
        orderBy: [{ day: "asc" }, { agent: "asc" }, { prompt: "asc" }, { model: "asc" }],
      });
      return rows.map((row) => ({
        ...row,
        day: Number(row.day),
        tokensIn: Number(row.tokensIn),
        tokensOut: Number(row.tokensOut),
        microdollars: Number(row.microdollars),
      }));
    },
  };
}

/** The primary key, from hour to hour, of each guild. */
export async function rollups(prisma: PrismaClient, guildIds: readonly string[], range: Range) {
  const rows = await prisma.rollup.findMany({
    where: { guildId: { in: [...guildIds] }, hour: { gte: momentOf(range.from), lt: momentOf(range.to) } },
    orderBy: [{ hour: "asc" }, { guildId: "asc" }, { metric: "asc" }, { key: "asc" }],
  });
  return rows.map((row) => ({ ...row, hour: Number(row.hour) }));
}
