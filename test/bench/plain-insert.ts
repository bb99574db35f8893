import type pg from "pg";
import { type CommitEntry, subjectOf } from "#core";

/**
 * *arrays*: JavaScript arrays handed to the driver, as one writes it · *literals*: array literals made with one quick
 * `JSON.stringify` a column, the fastest way known here that leaves the statement as it is.
 */
export type PlainEncoding = "arrays" | "literals";

/** The journal's table under another name: same columns, same key, same partitioning, nothing around it. */
export async function createPlainTable(client: pg.Client): Promise<void> {
  await client.query(`create table if not exists plain_journal (like journal including defaults including constraints)
    partition by range (at)`);
  await client.query("alter table plain_journal add primary key (guild_id, at, id)");
  await client.query("create table plain_journal_rows partition of plain_journal default");
}

const INSERT = {
  name: "plain-insert",
  text: `insert into plain_journal (guild_id, id, at, received_at, kind, subject_id, payload, silent, tallies)
    select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
      $9::text[])`,
};

export async function insertPlainly(
  client: pg.Client,
  entries: readonly CommitEntry[],
  encoding: PlainEncoding,
): Promise<void> {
  const columns: (string | number | undefined)[][] = [
    entries.map(({ event }) => event.guildId),
    entries.map(({ event }) => event.id),
    entries.map(({ event }) => event.at),
    entries.map(({ receivedAt }) => receivedAt),
    entries.map(({ event }) => event.kind),
    entries.map(({ event }) => subjectOf(event)),
    entries.map(({ event: { id: _id, guildId: _guildId, at: _at, kind: _kind, ...rest } }) => JSON.stringify(rest)),
    entries.map(({ silent }) => silent.join(",")),
    entries.map(({ tallies }) => JSON.stringify(tallies)),
  ];
  await client.query({ ...INSERT, values: encoding === "arrays" ? columns : columns.map(literal) });
}

/** JSON's quoting is the array literal's, as long as no cell holds a line break; payloads are JSON and hold none. */
function literal(cells: readonly (string | number | undefined)[]): string {
  return `{${JSON.stringify(cells).slice(1, -1)}}`;
}
