import { subjectOf, type CommitEntry, type Lease } from "#core";
import { arrayOf, run, type Queryable, type Statement } from "../arrays.ts";
import { cutText, type Body } from "../bodies.ts";
import { refuse } from "./refusal.ts";

/** Locked until the commit: who takes a lease over waits for it. */
const HELD_LEASES = `select 1 from leases l join unnest($1::text[], $3::int[]) t(name, epoch) using (name, epoch)
  where l.holder = $2 for share of l`;

/**
 * New events: the lease is asserted, the ids and the rows are stored, all in one round trip. Costs one index entry in `seen`
 * (ids mostly grow, so at its right edge) and one in the journal's primary key. A known id fails the statement, and so does
 * a lost lease (by a division by zero, which nothing else here can bring about): the commit may be on its way already, and
 * what failed before it makes it a rollback.
 * Payloads come as one text: JSON holds no bare line break, and splitting is cheaper than any quoting.
 */
const ARRIVE: Statement = {
  name: "journal-arrive",
  text: `with held as materialized (${HELD_LEASES}),
    lease as (select 1 / (count(*) = cardinality($1::text[]))::int as held from held),
    known as (
      insert into seen (id, at, received_at)
      select t.* from lease, unnest($5::text[], $6::bigint[], $7::bigint[]) t
    )
    insert into journal (guild_id, id, at, received_at, kind, subject_id, payload, silent, tallies, body, poison)
    select t.* from lease, unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[], $9::text[],
      string_to_array($10, e'\\n'), $11::text[], string_to_array($12, e'\\n', ''), $13::text[], $14::text[]) t`,
};

/** Where no event is new, only the lease is asserted. */
const HELD: Statement = {
  name: "lease-held",
  text: `with held as materialized (${HELD_LEASES}) select 1 / (count(*) = cardinality($1::text[]))::int from held`,
};

const KNOWN: Statement = {
  name: "journal-known",
  text: `select id from seen where id = any($1::text[])
    union select j.id from unnest($2::text[], $3::bigint[], $1::text[]) t(guild_id, at, id)
      join journal j using (guild_id, at, id)`,
};

/** The rows of a group, column by column, as the statement takes them. */
export interface JournalColumns {
  readonly values: readonly (string | null)[];
  readonly bodies: readonly Body[];
}

export function journalColumns(entries: readonly CommitEntry[], keepBodiesMs: number): JournalColumns {
  const bodies: Body[] = [];
  const hashes = new Array<string | undefined>(entries.length);
  const payloads = new Array<string>(entries.length);
  for (const [index, { event, receivedAt }] of entries.entries()) {
    const cut = cutText(event, receivedAt + keepBodiesMs);
    const { id: _id, guildId: _guildId, at: _at, kind: _kind, ...rest } = cut.event;
    payloads[index] = JSON.stringify(rest);
    if (cut.body === undefined) continue;
    bodies.push(cut.body);
    hashes[index] = cut.body.hash;
  }
  const values = [
    arrayOf(entries.map(({ event }) => event.guildId)),
    arrayOf(entries.map(({ event }) => event.id)),
    arrayOf(entries.map(({ event }) => event.at)),
    arrayOf(entries.map(({ receivedAt }) => receivedAt)),
    arrayOf(entries.map(({ event }) => event.kind)),
    arrayOf(entries.map(({ event }) => subjectOf(event))),
    payloads.join("\n"),
    arrayOf(entries.map(({ silent }) => namesOf(silent))),
    entries.map(({ tallies }) => talliesText(tallies)).join("\n"),
    bodies.length === 0 ? null : arrayOf(hashes),
    entries.some(({ poison }) => poison !== undefined) ? arrayOf(entries.map(({ poison }) => poison)) : null,
  ];
  return { values, bodies };
}

/** An empty line stands for "nothing was counted". */
export function talliesText(tallies: CommitEntry["tallies"]): string {
  return tallies.length === 0
    ? ""
    : JSON.stringify(tallies.map(({ owner, counter, key, by }) => [owner, counter, key, by]));
}

function namesOf(silent: readonly string[]): string | undefined {
  if (silent.length === 0) return undefined;
  for (const name of silent) if (name.includes(",")) refuse(`an agent cannot be called "${name}"`);
  return silent.join(",");
}

export async function arrive(on: Queryable, leases: readonly Lease[], columns: JournalColumns): Promise<void> {
  await run(on, ARRIVE, [...leaseValues(leases), ...columns.values]);
}

function leaseValues(leases: readonly Lease[]): readonly (string | undefined)[] {
  return [arrayOf(leases.map(({ name }) => name)), leases[0]?.holder, arrayOf(leases.map(({ epoch }) => epoch))];
}

export async function assertLeases(on: Queryable, leases: readonly Lease[]): Promise<void> {
  await run(on, HELD, leaseValues(leases));
}

/** Asked only after a group failed on a known id; one probe of two primary keys for each event. */
export async function knownEvents(on: Queryable, columns: JournalColumns): Promise<string[]> {
  const [guildIds, ids, ats] = columns.values;
  const { rows } = await run<{ id: string }>(on, KNOWN, [ids, guildIds, ats]);
  return rows.map((row) => row.id);
}
