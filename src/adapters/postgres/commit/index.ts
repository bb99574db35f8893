import type pg from "pg";
import type { CommitGroup, Committed, CommitRefusal, CommitResult, Seal } from "#core";
import { together } from "../arrays.ts";
import { keepBodies, type Body } from "../bodies.ts";
import { createMonths, monthsOf } from "../partitions.ts";
import { addEntries, evidenceOf, keepEvidence, openCases } from "./cases.ts";
import { decisionRows, joinTallies, putDecisions, takePending } from "./decisions.ts";
import { gather, type Gathered } from "./gather.ts";
import {
  askApprovals,
  changeApprovals,
  countMembers,
  putDirectories,
  putPending,
  putPolicies,
  resolveApprovals,
} from "./house.ts";
import { arrive, assertLeases, journalColumns, knownEvents, type JournalColumns } from "./journal.ts";
import { applyKnowledge } from "./knowledge.ts";
import { putEvidence, putOrders, settleOrders } from "./orders.ts";
import { isCollision, isDuplicateEvent, isMissingPartition, refusalOf } from "./refusal.ts";
import { applyCheckpoints, applyRecords, applyRollups, applySpending, applyTimers, applyTotals } from "./sums.ts";

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

/** All of the group in one transaction, or nothing of it and why. A quiet group is one volley of statements and a commit. */
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
  const evidence = gathered.cases.flatMap((row) => evidenceOf(row) ?? []);
  const bodies = [...(journal?.bodies ?? []), ...decided.bodies, ...evidence];
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
      const committed = await storeAndCommit(context, client, prepared);
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

/**
 * One volley: no statement waits for another's answer, only for its turn. Orders come after the cases they belong to, and
 * are settled after they were put; what settling sets free takes a second round. The commit goes with the volley where
 * every reason to refuse is an error of the database's own; where an answer has to be read first, it waits for that.
 */
async function storeAndCommit(
  { seal, onStage }: CommitContext,
  client: pg.PoolClient,
  prepared: Prepared,
): Promise<Committed> {
  const { gathered } = prepared;
  const commit = async (): Promise<void> => {
    onStage("inside-transaction");
    await client.query("commit");
  };
  const { considered, resolves, settles, approvals } = gathered;
  const goesAlong = considered.length + resolves.length + settles.length + approvals.size === 0;
  const ready: Committed["ready"][number][] = [];
  let caseNumbers: Committed["caseNumbers"] = {};
  const open = async (): Promise<void> => {
    caseNumbers = await openCases(client, gathered.cases);
  };
  await together(client, [
    () => client.query("begin"),
    ...eventTasks(client, seal, prepared),
    ...sumTasks(client, prepared),
    ...(gathered.directories.size > 0 ? [() => putDirectories(client, gathered.directories)] : []),
    ...(gathered.memberCounts.size > 0 ? [() => countMembers(client, gathered.memberCounts)] : []),
    ...(gathered.policies.length > 0 ? [() => putPolicies(client, gathered.policies)] : []),
    ...(gathered.cases.length > 0 ? [open] : []),
    ...(gathered.caseEntries.length > 0 ? [() => addEntries(client, gathered.caseEntries)] : []),
    ...(gathered.caseKeeps.length > 0 ? [() => keepEvidence(client, gathered.caseKeeps)] : []),
    ...(gathered.asks.length > 0 ? [() => askApprovals(client, gathered.asks)] : []),
    ...(gathered.resolves.length > 0 ? [() => resolveApprovals(client, gathered.resolves)] : []),
    ...(gathered.approvals.size > 0 ? [() => changeApprovals(client, gathered.approvals)] : []),
    ...workTasks(client, prepared, (orders) => ready.push(...orders)),
    ...(goesAlong ? [commit] : []),
  ]);
  if (!goesAlong) await commit();
  return { caseNumbers, ready };
}

type Task = () => Promise<unknown>;

function eventTasks(client: pg.PoolClient, seal: Seal, prepared: Prepared): Task[] {
  const { group, gathered, journal, bodies, decisions } = prepared;
  return [
    () => (journal === undefined ? assertLeases(client, group.leases) : arrive(client, group.leases, journal)),
    ...(gathered.considered.length > 0 ? [() => takePending(client, gathered.considered)] : []),
    ...(gathered.considered.length > 0 ? [() => joinTallies(client, gathered.considered)] : []),
    ...(bodies.length > 0 ? [() => keepBodies(client, bodies, seal)] : []),
    ...(gathered.decisions.length > 0 ? [() => putDecisions(client, decisions)] : []),
  ];
}

function sumTasks(client: pg.PoolClient, { group, gathered }: Prepared): Task[] {
  return [
    ...(gathered.records.size > 0 ? [() => applyRecords(client, gathered.records)] : []),
    ...(gathered.totals.size > 0 ? [() => applyTotals(client, gathered.totals)] : []),
    ...(gathered.timers.size > 0 ? [() => applyTimers(client, gathered.timers)] : []),
    ...(gathered.rollups.size > 0 ? [() => applyRollups(client, gathered.rollups)] : []),
    ...(gathered.spending.size > 0 ? [() => applySpending(client, gathered.spending)] : []),
    ...(gathered.knowledge.size > 0 ? [() => applyKnowledge(client, gathered.knowledge)] : []),
    ...(group.checkpoints.length > 0 ? [() => applyCheckpoints(client, group.checkpoints)] : []),
  ];
}

function workTasks(
  client: pg.PoolClient,
  { group, gathered }: Prepared,
  tell: (ready: Committed["ready"]) => unknown,
): Task[] {
  return [
    ...(gathered.orders.length > 0 ? [() => putOrders(client, gathered.orders, group.taking).then(tell)] : []),
    ...(gathered.settles.length > 0 ? [() => settleOrders(client, gathered.settles).then(tell)] : []),
    ...(gathered.evidence.length > 0 ? [() => putEvidence(client, gathered.evidence)] : []),
    ...(gathered.pending.length > 0 ? [() => putPending(client, gathered.pending)] : []),
  ];
}
