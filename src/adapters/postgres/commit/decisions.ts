import { canonical, type CommitEntry } from "#core";
import { arrayOf, columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import { readsBody, type Body } from "../bodies.ts";
import type { Gathered } from "./gather.ts";
import { talliesText } from "./journal.ts";
import { Refused } from "./refusal.ts";

/** Two index entries for each decision; only those that say something are here. */
const PUT_DECISIONS: Statement = {
  name: "decisions-put",
  text: `insert into decisions (guild_id, at, event_id, agent, phase, config_hash, effects, verdicts, reads, about, error, shed,
      exhausted)
    select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
      $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[])`,
};
/** Takes what waited: a row that does not come back was taken before. */
const TAKE_PENDING: Statement = {
  name: "pending-take",
  text: `delete from pending p using unnest($1::text[], $2::text[], $3::text[]) t(event_id, agent, guild_id)
    where p.event_id = t.event_id and p.agent = t.agent and p.guild_id = t.guild_id returning p.event_id, p.agent`,
};
/** What slow halves counted joins the tallies of their event, from which counters are rebuilt. One update by primary key each. */
const JOIN_TALLIES: Statement = {
  name: "journal-tally",
  text: `update journal j set tallies = (coalesce(j.tallies::jsonb, '[]') || t.tallies::jsonb)::text
    from unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) t(guild_id, at, id, tallies)
    where j.guild_id = t.guild_id and j.at = t.at and j.id = t.id`,
};

/** The decisions' rows with the bodies of what was read, which the caller keeps. */
export function decisionRows(gathered: Gathered, keepBodiesMs: number): { columns: string[]; bodies: Body[] } {
  const rows = gathered.decisions.map(({ decision, event, receivedAt }) => ({
    ...decision,
    reads: readsBody(decision, event, receivedAt + keepBodiesMs),
  }));
  const picks: ((row: (typeof rows)[number]) => string | number | boolean | undefined)[] = [
    (row) => row.guildId,
    (row) => row.at,
    (row) => row.eventId,
    (row) => row.agent,
    (row) => row.phase,
    (row) => row.configHash,
    (row) => canonical(row.effects),
    (row) => canonical(row.verdicts),
    (row) => row.reads?.hash,
    (row) => (row.about === undefined ? undefined : canonical(row.about)),
    (row) => row.error,
    (row) => row.shed === true,
    (row) => row.exhausted,
  ];
  return { columns: columnsOf(rows, picks), bodies: rows.flatMap((row) => row.reads ?? []) };
}

export async function putDecisions(on: Queryable, columns: readonly string[]): Promise<void> {
  await run(on, PUT_DECISIONS, columns);
}

export async function takePending(on: Queryable, considered: readonly CommitEntry[]): Promise<void> {
  const { rows } = await run<{ event_id: string; agent: string }>(on, TAKE_PENDING, [
    arrayOf(considered.map(({ event }) => event.id)),
    arrayOf(considered.map((entry) => entry.considered!.agent)),
    arrayOf(considered.map(({ event }) => event.guildId)),
  ]);
  const taken = new Set(rows.map((row) => JSON.stringify([row.event_id, row.agent])));
  const gone = considered.filter((entry) => !taken.delete(JSON.stringify([entry.event.id, entry.considered!.agent])));
  if (gone.length === 0) return;
  throw new Refused({ refusal: "duplicate", eventIds: [...new Set(gone.map((entry) => entry.event.id))] });
}

/** Entry by entry, because two slow halves of one event change one row. */
export async function joinTallies(on: Queryable, considered: readonly CommitEntry[]): Promise<void> {
  for (const entry of considered) {
    if (entry.tallies.length === 0) continue;
    const { guildId, at, id } = entry.event;
    await run(on, JOIN_TALLIES, [
      arrayOf([guildId]),
      arrayOf([at]),
      arrayOf([id]),
      arrayOf([talliesText(entry.tallies)]),
    ]);
  }
}
