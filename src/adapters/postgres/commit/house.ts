import type { Directory } from "#core";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import type { Gathered } from "./gather.ts";
import { Refused } from "./refusal.ts";

const PUT_DIRECTORIES: Statement = {
  name: "guilds-put",
  text: `insert into guilds (id, name, member_count, directory)
    select * from unnest($1::text[], $2::text[], $3::int[], $4::jsonb[])
    on conflict (id) do update set name = excluded.name, member_count = excluded.member_count, directory = excluded.directory`,
};
const PUT_POLICIES: Statement = {
  name: "policies-put",
  text: `insert into policies (guild_id, version, document, by, at)
    select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[])`,
};
const ASK: Statement = {
  name: "approvals-ask",
  text: `insert into approvals (id, guild_id, event_id, agent, verdict, digest, asked_at, expires_at, status, progress)
    select t.id, t.guild_id, t.event_id, t.agent, t.verdict, t.digest, t.asked_at, t.expires_at, 'pending', t.progress
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
      $9::text[]) t(id, guild_id, event_id, agent, verdict, digest, asked_at, expires_at, progress)`,
};
/** Each change names the revision it was made on; several of one approval in a group are one change from the first on. */
const CHANGE: Statement = {
  name: "approvals-change",
  text: `update approvals a set progress = t.progress, revision = t.revision
    from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[]) t(guild_id, id, since, revision, progress)
    where a.id = t.id and a.guild_id = t.guild_id and a.revision = t.since returning a.id`,
};
/** The compare-and-set of the house: a row that does not come back had been answered already. */
const RESOLVE: Statement = {
  name: "approvals-resolve",
  text: `update approvals a set status = t.status, answered_by = t.answered_by, answered_at = t.answered_at, note = t.note
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
      t(guild_id, id, status, answered_by, answered_at, note)
    where a.id = t.id and a.guild_id = t.guild_id and a.status = 'pending' returning a.id`,
};
const PUT_PENDING: Statement = {
  name: "pending-put",
  text: `insert into pending (event_id, agent, guild_id, about, priority, at)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::bigint[])`,
};

export const PRIORITY_NUMBER = { high: 0, medium: 1, low: 2 } as const;

export async function putDirectories(on: Queryable, directories: ReadonlyMap<string, Directory>): Promise<void> {
  const sorted = [...directories.values()].sort((a, b) => (a.guildId < b.guildId ? -1 : 1));
  const picks = [
    (row: Directory) => row.guildId,
    (row: Directory) => row.name,
    (row: Directory) => row.memberCount,
    (row: Directory) => JSON.stringify(row),
  ];
  await run(on, PUT_DIRECTORIES, columnsOf(sorted, picks));
}

/** One update of a guild's row; the directory beside it is stored out of line and stays where it is. */
const COUNT_MEMBERS: Statement = {
  name: "guilds-count",
  text: `update guilds g set member_count = t.member_count from unnest($1::text[], $2::int[]) t(id, member_count)
    where g.id = t.id`,
};

export async function countMembers(on: Queryable, counts: ReadonlyMap<string, number>): Promise<void> {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  await run(on, COUNT_MEMBERS, columnsOf(sorted, [([guildId]) => guildId, ([, count]) => count]));
}

/** A version that is there already fails the statement: see refusal.ts. */
export async function putPolicies(on: Queryable, policies: Gathered["policies"]): Promise<void> {
  const picks: ((row: Gathered["policies"][number]) => string | number)[] = [
    (row) => row.guildId,
    (row) => row.policy.version,
    (row) => row.policy.document,
    (row) => row.policy.by,
    (row) => row.policy.at,
  ];
  await run(on, PUT_POLICIES, columnsOf(policies, picks));
}

export async function askApprovals(on: Queryable, asks: Gathered["asks"]): Promise<void> {
  const picks: ((row: Gathered["asks"][number]) => string | number | undefined)[] = [
    (row) => row.id,
    (row) => row.guildId,
    (row) => row.eventId,
    (row) => row.agent,
    (row) => JSON.stringify(row.verdict),
    (row) => row.digest,
    (row) => row.askedAt,
    (row) => row.expiresAt,
    (row) => JSON.stringify(row.progress),
  ];
  await run(on, ASK, columnsOf(asks, picks));
}

export async function changeApprovals(on: Queryable, changes: Gathered["approvals"]): Promise<void> {
  const rows = [...changes.values()].sort((a, b) => (a.approvalId < b.approvalId ? -1 : 1));
  const picks: ((row: (typeof rows)[number]) => string | number)[] = [
    (row) => row.guildId,
    (row) => row.approvalId,
    (row) => row.since,
    (row) => row.progress.revision,
    (row) => JSON.stringify(row.progress),
  ];
  const found = await run<{ id: string }>(on, CHANGE, columnsOf(rows, picks));
  if (found.rows.length === rows.length) return;
  const held = new Set(found.rows.map((row) => row.id));
  const lost = rows.filter((row) => !held.has(row.approvalId));
  throw new Refused({ refusal: "stale", keys: lost.map((row) => `approval:${row.approvalId}`) });
}

export async function resolveApprovals(on: Queryable, resolves: Gathered["resolves"]): Promise<void> {
  const picks: ((row: Gathered["resolves"][number]) => string | number | undefined)[] = [
    (row) => row.guildId,
    (row) => row.approvalId,
    (row) => row.to,
    (row) => row.by,
    (row) => row.at,
    (row) => row.note,
  ];
  const { rows } = await run<{ id: string }>(on, RESOLVE, columnsOf(resolves, picks));
  const open = new Set(rows.map((row) => row.id));
  // An id that is asked for twice is open for the first only.
  const lost = resolves.filter((resolve) => !open.delete(resolve.approvalId));
  if (lost.length === 0) return;
  const keys = [...new Set(lost.map((resolve) => `approval:${resolve.approvalId}`))];
  throw new Refused({ refusal: "stale", keys });
}

export async function putPending(on: Queryable, pending: Gathered["pending"]): Promise<void> {
  const picks: ((row: Gathered["pending"][number]) => string | number | undefined)[] = [
    (row) => row.eventId,
    (row) => row.agent,
    (row) => row.guildId,
    (row) => JSON.stringify(row.about),
    (row) => PRIORITY_NUMBER[row.priority],
    (row) => row.at,
  ];
  await run(on, PUT_PENDING, columnsOf(pending, picks));
}
