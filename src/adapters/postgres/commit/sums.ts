import type { Checkpoint } from "#core";
import { stepOf } from "../ranking.ts";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import type { RecordChange, RollupChange, SpendingChange, TimerChange, TotalChange } from "./fold.ts";

/** Each of these is one statement for the whole group and one probe of a primary key for each row; rows come sorted by key. */
const PUT_RECORDS: Statement = {
  name: "records-put",
  text: `insert into records (guild_id, record, key, value)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
    on conflict (guild_id, record, key) do update set value = excluded.value`,
};
const DELETE_RECORDS: Statement = {
  name: "records-delete",
  text: `delete from records r using unnest($1::text[], $2::text[], $3::text[]) t(guild_id, record, key)
    where r.guild_id = t.guild_id and r.record = t.record and r.key = t.key`,
};
/** Of a ranked total also the members on the step it leaves and on the one it comes to: two more probes a row. */
const ADD_TOTALS: Statement = {
  name: "totals-add",
  text: `with given as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::bool[], $7::bigint[])
        t(guild_id, owner, total, key, by, ranked, expires_at)
    ), added as (
      insert into totals (guild_id, owner, total, key, value, expires_at)
      select guild_id, owner, total, key, by, expires_at from given
      on conflict (guild_id, owner, total, key) do update set value = totals.value + excluded.value
      returning guild_id, owner, total, key, value
    ), steps as (
      select guild_id, owner, total, ${stepOf("v.value")} as step, sum(v.members) as members, max(expires_at) as expires_at
      from added join given using (guild_id, owner, total, key),
        lateral (values (added.value, 1), (added.value - given.by, -1)) v(value, members)
      where given.ranked and v.value >= 1 group by 1, 2, 3, 4 having sum(v.members) <> 0
    )
    insert into total_steps (guild_id, owner, total, step, members, expires_at) select * from steps order by 1, 2, 3, 4
    on conflict (guild_id, owner, total, step) do update set members = total_steps.members + excluded.members`,
};
const SET_TIMERS: Statement = {
  name: "timers-set",
  text: `insert into timers (guild_id, owner, timer, at, payload)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
    on conflict (guild_id, owner, timer) do update set at = excluded.at, payload = excluded.payload`,
};
/** A moment of null clears the timer whenever it is due; otherwise only the one that stands at that moment goes. */
const CLEAR_TIMERS: Statement = {
  name: "timers-clear",
  text: `delete from timers r using unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) t(guild_id, owner, timer, at)
    where r.guild_id = t.guild_id and r.owner = t.owner and r.timer = t.timer and (t.at is null or r.at = t.at)`,
};
const ADD_ROLLUPS: Statement = {
  name: "rollups-add",
  text: `insert into rollups (guild_id, hour, metric, key, by)
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::float8[])
    on conflict (guild_id, hour, metric, key) do update set by = rollups.by + excluded.by`,
};
const BOOK_SPENDING: Statement = {
  name: "spending-book",
  text: `insert into spending (guild_id, day, agent, prompt, model, calls, tokens_in, tokens_out, microdollars)
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[],
      $8::bigint[], $9::bigint[])
    on conflict (guild_id, day, agent, prompt, model) do update set calls = spending.calls + excluded.calls,
      tokens_in = spending.tokens_in + excluded.tokens_in, tokens_out = spending.tokens_out + excluded.tokens_out,
      microdollars = spending.microdollars + excluded.microdollars`,
};
/** A session's sequence never goes back: what comes late changes nothing. */
const CHECKPOINT: Statement = {
  name: "checkpoint-put",
  text: `insert into checkpoints (shard_id, shard_count, intents, session_id, resume_url, sequence)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (shard_id) do update set shard_count = excluded.shard_count, intents = excluded.intents,
      session_id = excluded.session_id, resume_url = excluded.resume_url, sequence = excluded.sequence
    where checkpoints.session_id <> excluded.session_id or checkpoints.sequence <= excluded.sequence`,
};

export async function applyRecords(on: Queryable, changes: ReadonlyMap<string, RecordChange>): Promise<void> {
  const sorted = byKey(changes);
  const put = sorted.filter((change) => change.value !== undefined);
  const gone = sorted.filter((change) => change.value === undefined);
  const keys = [
    (row: RecordChange) => row.guildId,
    (row: RecordChange) => row.record,
    (row: RecordChange) => row.key,
  ] as const;
  if (put.length > 0) await run(on, PUT_RECORDS, columnsOf(put, [...keys, (row) => row.value]));
  if (gone.length > 0) await run(on, DELETE_RECORDS, columnsOf(gone, keys));
}

export async function applyTotals(on: Queryable, changes: ReadonlyMap<string, TotalChange>): Promise<void> {
  const picks = [
    (row: TotalChange) => row.guildId,
    (row: TotalChange) => row.owner,
    (row: TotalChange) => row.total,
    (row: TotalChange) => row.key,
    (row: TotalChange) => row.by,
    (row: TotalChange) => row.ranked === true,
    (row: TotalChange) => row.expiresAt,
  ];
  await run(on, ADD_TOTALS, columnsOf(byKey(changes), picks));
}

export async function applyTimers(on: Queryable, changes: ReadonlyMap<string, TimerChange>): Promise<void> {
  const sorted = byKey(changes);
  const keys = [
    (row: TimerChange) => row.guildId,
    (row: TimerChange) => row.owner,
    (row: TimerChange) => row.timer,
  ] as const;
  const gone = sorted.flatMap((change) => {
    const moments = change.cleared === true ? [null] : change.set === undefined ? change.struckAt : [];
    return moments.map((at) => ({ ...change, at }));
  });
  const set = sorted.filter((change) => change.set !== undefined);
  if (gone.length > 0) await run(on, CLEAR_TIMERS, columnsOf(gone, [...keys, (row) => row.at]));
  if (set.length > 0) {
    await run(on, SET_TIMERS, columnsOf(set, [...keys, (row) => row.set?.at, (row) => row.set?.payload]));
  }
}

export async function applyRollups(on: Queryable, changes: ReadonlyMap<string, RollupChange>): Promise<void> {
  const picks = [
    (row: RollupChange) => row.guildId,
    (row: RollupChange) => row.hour,
    (row: RollupChange) => row.metric,
    (row: RollupChange) => row.key,
    (row: RollupChange) => row.by,
  ];
  await run(on, ADD_ROLLUPS, columnsOf(byKey(changes), picks));
}

export async function applySpending(on: Queryable, changes: ReadonlyMap<string, SpendingChange>): Promise<void> {
  const picks = [
    (row: SpendingChange) => row.guildId,
    (row: SpendingChange) => row.day,
    (row: SpendingChange) => row.agent,
    (row: SpendingChange) => row.prompt,
    (row: SpendingChange) => row.model,
    (row: SpendingChange) => row.calls,
    (row: SpendingChange) => row.tokensIn,
    (row: SpendingChange) => row.tokensOut,
    (row: SpendingChange) => row.microdollars,
  ];
  await run(on, BOOK_SPENDING, columnsOf(byKey(changes), picks));
}

export async function applyCheckpoints(on: Queryable, checkpoints: readonly Checkpoint[]): Promise<void> {
  for (const { shardId, shardCount, intents, sessionId, resumeUrl, sequence } of newestOf(checkpoints)) {
    await run(on, CHECKPOINT, [shardId, shardCount, intents, sessionId, resumeUrl, sequence]);
  }
}

/** One statement a shard is enough: the last session's furthest point. */
function newestOf(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  const newest = new Map<number, Checkpoint>();
  for (const checkpoint of checkpoints) {
    const known = newest.get(checkpoint.shardId);
    const isBehind = known?.sessionId === checkpoint.sessionId && known.sequence > checkpoint.sequence;
    if (!isBehind) newest.set(checkpoint.shardId, checkpoint);
  }
  return [...newest.values()].sort((a, b) => a.shardId - b.shardId);
}

/** Two commits that touch the same rows take them in the same order, and never wait for each other in a ring. */
function byKey<T>(changes: ReadonlyMap<string, T>): T[] {
  return [...changes].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, change]) => change);
}
