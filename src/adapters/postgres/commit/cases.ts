import type { CaseDraft } from "#core";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import { bodyOf, type Body } from "../bodies.ts";
import type { Changes } from "./fold.ts";
import type { Gathered } from "./gather.ts";

/**
 * The guild's row is the counter, and its lock until the commit: numbers have no holes and no doubles, and follow the
 * order of the events. One update of a guild's row, and five index entries for each case.
 */
const OPEN_CASES: Statement = {
  name: "cases-open",
  text: `with drafts as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::text[], $14::bigint[]) with ordinality t(guild_id,
        proposal_id, event_id, verb, user_id, user_name, decided_by, rule, reason, opened_at, outcome, until, evidence,
        evidence_until, position)
    ), counted as (select guild_id, count(*)::int as cases from drafts group by guild_id),
    numbered as (
      insert into guilds (id, cases) select guild_id, cases from counted order by guild_id
      on conflict (id) do update set cases = guilds.cases + excluded.cases returning id, cases
    )
    insert into cases (guild_id, number, proposal_id, event_id, verb, user_id, user_name, decided_by, rule, reason,
      opened_at, outcome, until, evidence, evidence_until)
    select d.guild_id, n.cases - c.cases + row_number() over (partition by d.guild_id order by d.position), d.proposal_id,
      d.event_id, d.verb, d.user_id, d.user_name, d.decided_by, d.rule, d.reason, d.opened_at, d.outcome,
      d.until, d.evidence, d.evidence_until
    from drafts d join counted c using (guild_id) join numbered n on n.id = d.guild_id
    returning proposal_id, number`,
};
/** One row and one index entry for each. What was said of a case that is not there is said of nothing. */
const ADD_ENTRIES: Statement = {
  name: "case-entries-add",
  text: `insert into case_entries (guild_id, number, entry)
    select c.guild_id, c.number, t.entry
    from unnest($1::text[], $2::int[], $3::text[]) with ordinality t(guild_id, number, entry, position)
    join cases c on c.guild_id = t.guild_id and c.number = t.number order by t.position`,
};
/** Two probes of primary keys for each. A text that has expired meanwhile does not come back. */
const KEEP_EVIDENCE: Statement = {
  name: "cases-keep",
  text: `with kept as (
      update cases c set evidence_until = greatest(c.evidence_until, t.until)
      from unnest($1::text[], $2::int[], $3::bigint[]) t(guild_id, number, until)
      where c.guild_id = t.guild_id and c.number = t.number and c.evidence is not null
      returning c.guild_id, c.evidence, c.evidence_until
    )
    update bodies b set expires_at = greatest(b.expires_at, k.evidence_until) from kept k
    where b.guild_id = k.guild_id and b.hash = k.evidence`,
};

/** Returns the numbers by proposal. */
export async function openCases(on: Queryable, cases: Gathered["cases"]): Promise<Record<string, number>> {
  const picks: ((row: Gathered["cases"][number]) => string | number | undefined)[] = [
    (row) => row.guildId,
    (row) => row.draft.proposalId,
    (row) => row.draft.eventId,
    (row) => row.draft.verb,
    (row) => row.draft.userId,
    (row) => row.draft.userName,
    (row) => row.draft.decidedBy,
    (row) => row.draft.rule,
    (row) => row.draft.reason,
    (row) => row.draft.openedAt,
    (row) => row.draft.outcome ?? "open",
    (row) => row.draft.until,
    (row) => evidenceOf(row)?.hash,
    (row) => row.draft.evidence?.keepUntil,
  ];
  const { rows } = await run<{ proposal_id: string; number: number }>(on, OPEN_CASES, columnsOf(cases, picks));
  return Object.fromEntries(rows.map((row) => [row.proposal_id, row.number]));
}

/** Sealed like every text, found again by its hash, and erased with the member it is about. */
export function evidenceOf({
  guildId,
  draft,
}: {
  readonly guildId: string;
  readonly draft: CaseDraft;
}): Body | undefined {
  if (draft.evidence === undefined) return undefined;
  const { seen, keepUntil } = draft.evidence;
  return bodyOf(guildId, draft.userId, JSON.stringify(seen), keepUntil);
}

export async function addEntries(on: Queryable, entries: Changes["caseEntries"]): Promise<void> {
  await run(on, ADD_ENTRIES, columnsOf(entries, [(row) => row.guildId, (row) => row.number, (row) => row.entry]));
}

export async function keepEvidence(on: Queryable, keeps: Changes["caseKeeps"]): Promise<void> {
  await run(on, KEEP_EVIDENCE, columnsOf(keeps, [(row) => row.guildId, (row) => row.number, (row) => row.until]));
}
