import {
  PRIORITIES,
  type LeasedOrder,
  type Outbox,
  type PendingDraft,
  type PendingWork,
  type Priority,
  type Share,
} from "#core";
import type { Pending as PendingRow, PrismaClient } from "./generated/client.ts";
import { arrayOf, columnsOf, run, type Queryable, type Statement } from "./arrays.ts";
import { momentOf } from "./read/stream.ts";
import { ownGuild, shareValues } from "./share.ts";
import { type OrderCells, orderOf } from "./read/views.ts";

/** One row by its primary key, and all of it back: of several that try, one gets it. */
const TAKE_ORDER: Statement = {
  name: "orders-take",
  text: `update orders set status = 'leased', attempt = attempt + 1, attempted_at = $3, holder = $2, leased_until = $4
    where id = $1 and status = 'waiting' and not_before <= $3
    returning id, guild_id as "guildId", proposal_id as "proposalId", event_id as "eventId", agent, step, action, status,
      priority, on_failure as "onFailure", reason, previous, attempt, attempted_at as "attemptedAt",
      case_number as "caseNumber", evidence`,
};
const RELEASE_ORDER: Statement = {
  name: "orders-release",
  text: `update orders set status = 'waiting', not_before = $2, holder = null, leased_until = null
    where id = $1 and status = 'leased'`,
};
/** What may be taken, from the partial index that holds nothing else. */
const DUE: Statement = {
  name: "orders-due",
  text: `select id, guild_id, priority from orders where status = 'waiting' and not_before <= $1 and ${ownGuild(3)}
    order by priority, not_before, ordinal limit $2`,
};
const STRANDED: Statement = {
  name: "orders-stranded",
  text: `select id from orders where status = 'leased' and attempted_at < $2 and (leased_until <= $1 or holder <> all($3::text[]))
      and ${ownGuild(5)}
    order by attempted_at, ordinal limit $4`,
};
const NEXT_DUE: Statement = {
  name: "orders-next-due",
  text: "select min(not_before) as at from orders where status = 'waiting'",
};
/** Results of the earlier steps of some orders' plans, by an index on the plan. */
const RESULTS: Statement = {
  name: "orders-results",
  text: `select t.id, o.step, o.result from unnest($1::text[], $2::text[], $3::text[], $4::int[]) t(id, guild_id, proposal_id, step)
    join orders o on o.guild_id = t.guild_id and o.proposal_id = t.proposal_id and o.step < t.step`,
};

export function outbox(pool: Queryable, prisma: PrismaClient, share: Share): Outbox {
  const leased = async (ids: readonly string[]): Promise<LeasedOrder[]> => {
    if (ids.length === 0) return [];
    const rows = await prisma.order.findMany({ where: { id: { in: [...ids] } } });
    const results = await resultsOf(pool, rows);
    const byId = new Map(rows.map((row) => [row.id, { order: orderOf(row), results: results.get(row.id)! }]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  };
  return {
    async lease(orderId, holder, now, leaseMs) {
      const { rows } = await run<OrderCells>(pool, TAKE_ORDER, [orderId, holder, now, now + leaseMs]);
      const row = rows[0];
      if (row === undefined) return undefined;
      return { order: orderOf(row), results: (await resultsOf(pool, rows)).get(row.id)! };
    },
    async release(orderId, notBefore) {
      await run(pool, RELEASE_ORDER, [orderId, notBefore]);
    },
    async due(now, limit) {
      const { rows } = await run<{ id: string; guild_id: string; priority: number }>(pool, DUE, [
        momentOf(now),
        limit,
        ...shareValues(share),
      ]);
      return rows.map((row) => ({ orderId: row.id, guildId: row.guild_id, priority: PRIORITIES[row.priority]! }));
    },
    async stranded(now, attemptedBefore, living, limit) {
      const bounds = [momentOf(now), momentOf(attemptedBefore), arrayOf(living), limit, ...shareValues(share)];
      const { rows } = await run<{ id: string }>(pool, STRANDED, bounds);
      return leased(rows.map((row) => row.id));
    },
    async nextDue() {
      const { rows } = await run<{ at: number | null }>(pool, NEXT_DUE, []);
      return rows[0]?.at ?? undefined;
    },
  };
}

async function resultsOf(pool: Queryable, orders: readonly OrderCells[]): Promise<Map<string, unknown[]>> {
  const results = new Map(orders.map((order) => [order.id, Array.from<unknown>({ length: order.step }).fill(null)]));
  if (orders.every((order) => order.step === 0)) return results;
  const columns = columnsOf<OrderCells>(orders, [
    (row) => row.id,
    (row) => row.guildId,
    (row) => row.proposalId,
    (row) => row.step,
  ]);
  const { rows } = await run<{ id: string; step: number; result: string | null }>(pool, RESULTS, columns);
  for (const row of rows) if (row.result !== null) results.get(row.id)![row.step] = JSON.parse(row.result);
  return results;
}

const TAKE_PENDING: Statement = {
  name: "pending-lease",
  text: `update pending set attempt = attempt + 1, holder = $3, leased_until = $5
    where event_id = $1 and agent = $2 and (leased_until is null or leased_until <= $4) returning event_id`,
};
/** What a process that is no more had in hand may be taken at once. The table holds only what waits. */
const FREE_THE_DEAD: Statement = {
  name: "pending-free",
  text: `update pending set holder = null, leased_until = null
    where holder is not null and holder <> all($1::text[]) and ${ownGuild(2)}`,
};

/** The table holds only what waits, so it is read whole. */
const DUE_PENDING: Statement = {
  name: "pending-due",
  text: `select event_id as "eventId", guild_id as "guildId", agent, about, priority, at from pending
    where (leased_until is null or leased_until <= $1) and ${ownGuild(3)} order by priority, at, event_id limit $2`,
};
type PendingCells = Pick<PendingRow, "eventId" | "guildId" | "agent" | "about" | "priority"> & {
  readonly at: number | bigint;
};

export function pendingWork(pool: Queryable, prisma: PrismaClient, share: Share): PendingWork {
  return {
    async lease(eventId, agent, holder, now, leaseMs) {
      const { rowCount } = await run(pool, TAKE_PENDING, [eventId, agent, holder, now, now + leaseMs]);
      if (rowCount === 0) return undefined;
      const row = await prisma.pending.findUnique({ where: { eventId_agent: { eventId, agent } } });
      return row === null ? undefined : { ...draftOf(row), attempt: row.attempt };
    },
    async due(now, living, limit) {
      await run(pool, FREE_THE_DEAD, [arrayOf(living), ...shareValues(share)]);
      const { rows } = await run<PendingCells>(pool, DUE_PENDING, [momentOf(now), limit, ...shareValues(share)]);
      return rows.map(draftOf);
    },
    async backlog() {
      const groups = await prisma.pending.groupBy({ by: ["priority"], _count: true });
      const counts: Record<Priority, number> = { high: 0, medium: 0, low: 0 };
      for (const group of groups) counts[PRIORITIES[group.priority]!] = group._count;
      return counts;
    },
  };
}

function draftOf(row: PendingCells): PendingDraft {
  return {
    eventId: row.eventId,
    guildId: row.guildId,
    agent: row.agent,
    about: row.about === null ? undefined : (JSON.parse(row.about) as unknown),
    priority: PRIORITIES[row.priority]!,
    at: Number(row.at),
  };
}
