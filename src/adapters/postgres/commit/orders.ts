import { PRIORITIES, type Committed, type OrderDraft, type Taking } from "#core";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import type { Gathered, Settle } from "./gather.ts";
import { PRIORITY_NUMBER } from "./house.ts";

type Ready = Committed["ready"];

/**
 * Five index entries each. The case they belong to was opened before, in this group or an earlier one: one probe. A blocked
 * step may join a plan that has gone on already: one probe more tells where it stands.
 */
const PUT: Statement = {
  name: "orders-put",
  text: `insert into orders (id, guild_id, proposal_id, event_id, agent, step, action, status, priority, on_failure, reason,
      previous, not_before, attempt, attempted_at, holder, leased_until, case_number)
    select t.id, t.guild_id, t.proposal_id, t.event_id, t.agent, t.step, t.action,
      case when t.status <> 'blocked' then t.status else coalesce((
        select case when o.status = 'done' or (o.status = 'failed' and o.on_failure = 'continue') then 'waiting'
          when o.status in ('failed', 'unknown', 'cancelled') then 'cancelled' else 'blocked' end
        from orders o where o.guild_id = t.guild_id and o.proposal_id = t.proposal_id and o.step = t.step - 1
        limit 1), 'blocked') end,
      t.priority, t.on_failure, t.reason, t.previous, t.not_before, case when t.taken_at is null then 0 else 1 end,
      t.taken_at, case when t.taken_at is null then null else $16 end, t.taken_at + $17::bigint,
      (select number from cases c where c.guild_id = t.guild_id and c.proposal_id = t.case_of)
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[],
      $9::smallint[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::text[], $15::bigint[])
      t(id, guild_id, proposal_id, event_id, agent, step, action, status, priority, on_failure, reason, previous, not_before,
        case_of, taken_at)
    returning id, guild_id, priority, status`,
};
const EVIDENCE: Statement = {
  name: "orders-evidence",
  text: `update orders o set evidence = t.evidence from unnest($1::text[], $2::text[], $3::text[]) t(guild_id, id, evidence)
    where o.id = t.id and o.guild_id = t.guild_id`,
};
/** Only what has not ended ends. */
const END: Statement = {
  name: "orders-end",
  text: `update orders o set status = t.status, settled_at = t.at, result = t.result, holder = null, leased_until = null
    from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) t(guild_id, id, status, at, result)
    where o.id = t.id and o.guild_id = t.guild_id and o.status in ('blocked', 'waiting', 'leased')
    returning o.guild_id, o.proposal_id, o.step, o.status, o.on_failure, o.settled_at`,
};
const UNLOCK: Statement = {
  name: "orders-unlock",
  text: `update orders o set status = 'waiting'
    from unnest($1::text[], $2::text[], $3::int[]) t(guild_id, proposal_id, step)
    where o.guild_id = t.guild_id and o.proposal_id = t.proposal_id and o.step = t.step + 1 and o.status = 'blocked'
    returning o.id, o.guild_id, o.priority`,
};
const CANCEL: Statement = {
  name: "orders-cancel",
  text: `update orders o set status = 'cancelled', settled_at = t.at
    from unnest($1::text[], $2::text[], $3::int[], $4::bigint[]) t(guild_id, proposal_id, step, at)
    where o.guild_id = t.guild_id and o.proposal_id = t.proposal_id and o.step > t.step
      and o.status in ('blocked', 'waiting', 'leased')`,
};
/** What the plan's last step came to is what the case came to; a plan that stopped early ends there. */
const CLOSE_CASES: Statement = {
  name: "cases-close",
  text: `update cases c set outcome = t.status
    from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::boolean[]) t(guild_id, proposal_id, step, status, stops)
    where c.guild_id = t.guild_id and c.proposal_id = t.proposal_id and (t.stops or not exists (
      select 1 from orders o where o.guild_id = t.guild_id and o.proposal_id = t.proposal_id and o.step > t.step))`,
};

interface Ended {
  readonly guild_id: string;
  readonly proposal_id: string;
  readonly step: number;
  readonly status: string;
  readonly on_failure: string;
  readonly settled_at: number;
}

export async function putOrders(
  on: Queryable,
  orders: readonly OrderDraft[],
  taking: Taking | undefined,
): Promise<Ready> {
  const isTaken = (order: OrderDraft) => order.status === "waiting" && taking?.orderIds.has(order.id) === true;
  const picks: ((row: OrderDraft) => string | number | undefined)[] = [
    (row) => row.id,
    (row) => row.guildId,
    (row) => row.proposalId,
    (row) => row.eventId,
    (row) => row.agent,
    (row) => row.step,
    (row) => JSON.stringify(row.action),
    (row) => (isTaken(row) ? "leased" : row.status),
    (row) => PRIORITY_NUMBER[row.priority],
    (row) => row.onFailure,
    (row) => row.reason,
    (row) => JSON.stringify(row.previous),
    (row) => row.notBefore,
    (row) => row.caseOf ?? row.proposalId,
    (row) => (isTaken(row) ? taking!.at : undefined),
  ];
  const values = [...columnsOf(orders, picks), taking?.holder ?? null, taking?.leaseMs ?? 0];
  const { rows } = await run<{ id: string; guild_id: string; priority: number; status: string }>(on, PUT, values);
  return rows
    .filter((row) => row.status === "waiting")
    .map((row) => ({ orderId: row.id, guildId: row.guild_id, priority: PRIORITIES[row.priority]! }));
}

export async function putEvidence(on: Queryable, evidence: Gathered["evidence"]): Promise<void> {
  const newest = [...new Map(evidence.map((row) => [`${row.guildId} ${row.orderId}`, row])).values()];
  const picks: ((row: Gathered["evidence"][number]) => string | undefined)[] = [
    (row) => row.guildId,
    (row) => row.orderId,
    (row) => JSON.stringify(row.evidence),
  ];
  await run(on, EVIDENCE, columnsOf(newest, picks));
}

/**
 * Ends orders and moves their plans on. Steps of one plan that end in one group are taken one after the other, in rounds;
 * mostly there is one round, of two to four statements.
 */
export async function settleOrders(on: Queryable, settles: readonly Settle[]): Promise<Ready> {
  const ready: Ready[number][] = [];
  for (const round of roundsOf(settles)) ready.push(...(await settleRound(on, round)));
  return ready;
}

/** An order's id is its proposal's with the step behind a `#`. */
function roundsOf(settles: readonly Settle[]): Settle[][] {
  const rounds: Settle[][] = [];
  const taken = new Map<string, number>();
  for (const settle of settles) {
    const plan = `${settle.guildId} ${settle.orderId.replace(/#[^#]*$/, "")}`;
    const index = taken.get(plan) ?? 0;
    taken.set(plan, index + 1);
    (rounds[index] ??= []).push(settle);
  }
  return rounds;
}

async function settleRound(on: Queryable, round: readonly Settle[]): Promise<Ready> {
  const sorted = [...round].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
  const picks: ((row: Settle) => string | number | undefined)[] = [
    (row) => row.guildId,
    (row) => row.orderId,
    (row) => row.status,
    (row) => row.at,
    (row) => JSON.stringify(row.result),
  ];
  const { rows: ended } = await run<Ended & { [column: string]: unknown }>(on, END, columnsOf(sorted, picks));
  if (ended.length === 0) return [];
  const goesOn = ended.filter(isGoingOn);
  const stops = ended.filter((row) => !isGoingOn(row));
  const ready = goesOn.length === 0 ? [] : await unlock(on, goesOn);
  if (stops.length > 0) {
    await run(
      on,
      CANCEL,
      columnsOf<Ended>(stops, [
        (row) => row.guild_id,
        (row) => row.proposal_id,
        (row) => row.step,
        (row) => row.settled_at,
      ]),
    );
  }
  await run(
    on,
    CLOSE_CASES,
    columnsOf<Ended>(ended, [
      (row) => row.guild_id,
      (row) => row.proposal_id,
      (row) => row.step,
      (row) => row.status,
      (row) => !isGoingOn(row),
    ]),
  );
  return ready;
}

async function unlock(on: Queryable, goesOn: readonly Ended[]): Promise<Ready> {
  const { rows } = await run<{ id: string; guild_id: string; priority: number }>(
    on,
    UNLOCK,
    columnsOf(goesOn, [(row) => row.guild_id, (row) => row.proposal_id, (row) => row.step]),
  );
  return rows.map((row) => ({ orderId: row.id, guildId: row.guild_id, priority: PRIORITIES[row.priority]! }));
}

function isGoingOn(row: Ended): boolean {
  return row.status === "done" || (row.status === "failed" && row.on_failure === "continue");
}
