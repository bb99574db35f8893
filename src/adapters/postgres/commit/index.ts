import type pg from "pg";
import type { CommitGroup, Committed, CommitRefusal, CommitResult, Seal } from "#core";
import { keepBodies, type Body } from "../bodies.ts";
import { createMonths, monthsOf } from "../partitions.ts";
import { decisionRows, joinTallies, putDecisions, takePending } from "./decisions.ts";
import { gather, type Gathered } from "./gather.ts";
import { askApprovals, openCases, putDirectories, putPending, resolveApprovals } from "./house.ts";
import { arrive, assertLease, journalColumns, knownEvents, type JournalColumns } from "./journal.ts";
import { putEvidence, putOrders, settleOrders } from "./orders.ts";
import { isCollision, isDuplicateEvent, isMissingPartition, refusalOf } from "./refusal.ts";
import { applyCheckpoints, applyRecords, applyRollups, applyTimers, applyTotals } from "./sums.ts";

export type CommitStage = "inside-transaction" | "committed" | "checkpoint";

export interface CommitContext {
  readonly pool: pg.Pool;
  readonly seal: Seal;
  readonly keepBodiesMs: number;
  readonly onStage: (stage: CommitStage) => void;
  /** Months whose partitions are known to be there. */
  readonly months: Set<string>;
}

/** Everything a group stores, worked out before a connection is held. */
interface Prepared {
  readonly group: CommitGroup;
  readonly gathered: Gathered;
  readonly journal: JournalColumns | undefined;
  readonly decisions: readonly string[];
  readonly bodies: readonly Body[];
}

const COLLISIONS_AT_MOST = 5;

/** All of the group in one transaction, or nothing of it and why. A quiet group is one statement between begin and commit. */
export async function commitGroup(context: CommitContext, group: CommitGroup): Promise<CommitResult> {
  let client: pg.PoolClient | undefined;
  try {
    const prepared = prepare(context, group);
    client = await context.pool.connect();
    await ensureMonths(context, client, prepared.gathered);
    const result = await transact(context, client, prepared);
    client.release();
    client = undefined;
    return result;
  } catch (error) {
    client?.release(true);
    return refusalOf(error);
  }
}

function prepare(context: CommitContext, group: CommitGroup): Prepared {
  const gathered = gather(group);
  const journal = gathered.fresh.length === 0 ? undefined : journalColumns(gathered.fresh, context.keepBodiesMs);
  const decided = decisionRows(gathered, context.keepBodiesMs);
  const bodies = [...(journal?.bodies ?? []), ...decided.bodies];
  return { group, gathered, journal, decisions: decided.columns, bodies };
}

async function ensureMonths(context: CommitContext, client: pg.PoolClient, gathered: Gathered): Promise<void> {
  const moments = [
    ...gathered.fresh.map(({ event }) => event.at),
    ...gathered.decisions.map(({ decision }) => decision.at),
  ];
  const missing = new Set(monthsOf(moments).filter((month) => !context.months.has(month)));
  if (missing.size === 0) return;
  await createMonths(client, [...missing]);
  for (const month of missing) context.months.add(month);
}

async function transact(context: CommitContext, client: pg.PoolClient, prepared: Prepared): Promise<CommitResult> {
  for (let collisions = 0; ; collisions += 1) {
    try {
      await client.query("begin");
      const committed = await store(context, client, prepared);
      context.onStage("inside-transaction");
      await client.query("commit");
      context.onStage("committed");
      if (prepared.group.checkpoints.length > 0) context.onStage("checkpoint");
      return committed;
    } catch (error) {
      const refusal = await undone(client, prepared, error);
      if (refusal === undefined) await forgetMonths(context, client, prepared.gathered);
      if (refusal === undefined && collisions < COLLISIONS_AT_MOST) continue;
      return refusal ?? { refusal: "unreachable", cause: error };
    }
  }
}

/** After a rollback; undefined where the same transaction may simply be tried again. A dead connection throws its own error. */
async function undone(client: pg.PoolClient, prepared: Prepared, error: unknown): Promise<CommitRefusal | undefined> {
  const refusal = refusalOf(error);
  if (refusal.refusal === "unreachable" && !isCollision(error)) throw error;
  await client.query("rollback");
  if (isCollision(error) || isMissingPartition(error)) return undefined;
  if (prepared.journal === undefined || !isDuplicateEvent(error)) return refusal;
  const eventIds = await knownEvents(client, prepared.journal);
  return eventIds.length === 0 ? undefined : { refusal: "duplicate", eventIds };
}

/** Another process may have dropped a month that this one knew. */
async function forgetMonths(context: CommitContext, client: pg.PoolClient, gathered: Gathered): Promise<void> {
  context.months.clear();
  await ensureMonths(context, client, gathered);
}

/** The statements in the order in which they need each other; one for which the group has nothing is not sent. */
async function store(context: CommitContext, client: pg.PoolClient, prepared: Prepared): Promise<Committed> {
  const { group, gathered, journal } = prepared;
  await (journal === undefined ? assertLease(client, group.lease) : arrive(client, group.lease, journal));
  if (gathered.considered.length > 0) {
    await takePending(client, gathered.considered);
    await joinTallies(client, gathered.considered);
  }
  if (prepared.bodies.length > 0) await keepBodies(client, prepared.bodies, context.seal);
  if (gathered.decisions.length > 0) await putDecisions(client, prepared.decisions);
  await storeSums(client, gathered);
  const committed = await storeHouse(client, gathered);
  if (gathered.rollups.size > 0) await applyRollups(client, gathered.rollups);
  if (group.checkpoints.length > 0) await applyCheckpoints(client, group.checkpoints);
  return committed;
}

async function storeSums(client: pg.PoolClient, gathered: Gathered): Promise<void> {
  if (gathered.records.size > 0) await applyRecords(client, gathered.records);
  if (gathered.totals.size > 0) await applyTotals(client, gathered.totals);
  if (gathered.timers.size > 0) await applyTimers(client, gathered.timers);
}

async function storeHouse(client: pg.PoolClient, gathered: Gathered): Promise<Committed> {
  if (gathered.directories.size > 0) await putDirectories(client, gathered.directories);
  const caseNumbers = gathered.cases.length > 0 ? await openCases(client, gathered.cases) : {};
  if (gathered.asks.length > 0) await askApprovals(client, gathered.asks);
  if (gathered.resolves.length > 0) await resolveApprovals(client, gathered.resolves);
  const put = gathered.orders.length > 0 ? await putOrders(client, gathered.orders) : [];
  const unlocked = gathered.settles.length > 0 ? await settleOrders(client, gathered.settles) : [];
  if (gathered.evidence.length > 0) await putEvidence(client, gathered.evidence);
  if (gathered.pending.length > 0) await putPending(client, gathered.pending);
  return { caseNumbers, ready: [...put, ...unlocked] };
}
