import { createHash } from "node:crypto";
import { canonical, subjectOf, type Decision, type GuildEvent, type Seal } from "#core";
import { excerpt } from "#core/text/excerpt";
import { arrayOf, columnsOf, run, type Queryable, type Statement } from "./arrays.ts";

/** What is kept apart and sealed. */
export interface Body {
  readonly guildId: string;
  readonly hash: string;
  readonly subjectId: string | undefined;
  readonly plain: string;
  readonly expiresAt: number;
}

const EXCERPT_LENGTH = 280;

/** The event as the journal holds it, and the body of its text where that is longer than an excerpt. */
export function cutText(event: GuildEvent, expiresAt: number): { event: GuildEvent; body?: Body } {
  if (!("text" in event) || event.text.length <= EXCERPT_LENGTH) return { event };
  const body = bodyOf(event.guildId, subjectOf(event), event.text, expiresAt);
  return { event: { ...event, text: excerpt(event.text, EXCERPT_LENGTH) }, body };
}

/** What the agent looked at: members' words may be among it. */
export function readsBody(decision: Decision, event: GuildEvent, expiresAt: number): Body | undefined {
  if (decision.reads.length === 0) return undefined;
  return bodyOf(decision.guildId, subjectOf(event), canonical(decision.reads), expiresAt);
}

/** Addressed by content within a guild and a member: a wave of equal messages is stored once, and erased with its author. */
export function bodyOf(guildId: string, subjectId: string | undefined, plain: string, expiresAt: number): Body {
  const address = JSON.stringify([guildId, subjectId ?? null, plain]);
  const hash = createHash("sha256").update(address).digest("base64url");
  return { guildId, hash, subjectId, plain, expiresAt };
}

/** The same text may be wanted for different lengths of time. */
function longest(bodies: readonly Body[]): ReadonlyMap<string, Body> {
  const kept = new Map<string, Body>();
  for (const body of bodies) {
    const key = `${body.guildId} ${body.hash}`;
    if (body.expiresAt >= (kept.get(key)?.expiresAt ?? 0)) kept.set(key, body);
  }
  return kept;
}

/** One row of two indexes more for each text that is new; a known one only lives longer. */
const KEEP: Statement = {
  name: "bodies-keep",
  text: `insert into bodies (guild_id, hash, subject_id, sealed, expires_at)
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
    on conflict (guild_id, hash) do update set expires_at = greatest(bodies.expires_at, excluded.expires_at)`,
};

export async function keepBodies(on: Queryable, bodies: readonly Body[], seal: Seal): Promise<void> {
  const unique = [...longest(bodies).values()];
  const columns = columnsOf(unique, [
    (body) => body.guildId,
    (body) => body.hash,
    (body) => body.subjectId,
    (body) => seal.seal(body.plain, body.guildId),
    (body) => body.expiresAt,
  ]);
  await run(on, KEEP, columns);
}

/** One probe of the primary key for each hash. */
const OPEN: Statement = {
  name: "bodies-open",
  text: "select hash, sealed from bodies where guild_id = $1 and hash = any($2::text[])",
};

/** The plain texts that are still there, by hash. */
export async function openBodies(
  on: Queryable,
  guildId: string,
  hashes: readonly string[],
  seal: Seal,
): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const { rows } = await run<{ hash: string; sealed: string }>(on, OPEN, [guildId, arrayOf(hashes)]);
  return new Map(rows.map(({ hash, sealed }) => [hash, seal.open(sealed, guildId)]));
}
