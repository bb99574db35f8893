import { type KnowledgeSource, type PassageDraft, TEXT_SEARCH } from "#core";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import type { SourceChange } from "./fold.ts";

/**
 * One probe of the primary key for each passage. Words are kept as the language cuts them and as they stand, because a
 * question in another language, or in none that is known, is cut differently.
 */
const PUT: Statement = {
  name: "passages-put",
  text: `insert into passages (guild_id, source_id, part, version, kind, title, channel_id, message_id, author_id, by, at,
      language, asks, text, words)
    select t.guild_id, t.source_id, t.part, 1 + coalesce((select max(version) from passages o
        where o.guild_id = t.guild_id and o.source_id = t.source_id), 0),
      t.kind, t.title, t.channel_id, t.message_id, t.author_id, t.by, t.at, t.language, t.asks, t.text,
      to_tsvector(t.config::regconfig, t.asks || ' ' || t.text) || to_tsvector('simple', t.asks || ' ' || t.text)
    from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[])
      t(guild_id, source_id, part, kind, title, channel_id, message_id, author_id, by, at, language, asks, text, config)
    on conflict (guild_id, source_id, part) do update set version = excluded.version, kind = excluded.kind,
      title = excluded.title, channel_id = excluded.channel_id, message_id = excluded.message_id,
      author_id = excluded.author_id, by = excluded.by, at = excluded.at, language = excluded.language,
      asks = excluded.asks, text = excluded.text, words = excluded.words, ordinal = excluded.ordinal`,
};
/** What a source no longer has, all of it where it was withdrawn: a range of the primary key each. */
const TRIM: Statement = {
  name: "passages-trim",
  text: `delete from passages p using unnest($1::text[], $2::text[], $3::int[]) t(guild_id, source_id, size)
    where p.guild_id = t.guild_id and p.source_id = t.source_id and p.part >= t.size`,
};

interface Row {
  readonly guildId: string;
  readonly part: number;
  readonly source: KnowledgeSource;
  readonly passage: PassageDraft;
}

export async function applyKnowledge(on: Queryable, changes: ReadonlyMap<string, SourceChange>): Promise<void> {
  const sorted = [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
  const rows = sorted.flatMap(({ guildId, source, passages }): Row[] =>
    source === undefined ? [] : passages.map((passage, part) => ({ guildId, part, source, passage })),
  );
  if (rows.length > 0) await run(on, PUT, columnsOf(rows, PICKS));
  await run(on, TRIM, columnsOf(sorted, [(row) => row.guildId, (row) => row.sourceId, (row) => row.passages.length]));
}

const PICKS: readonly ((row: Row) => string | number | undefined)[] = [
  ({ guildId }) => guildId,
  ({ source }) => source.id,
  ({ part }) => part,
  ({ source }) => source.kind,
  ({ source }) => source.title,
  ({ source }) => source.channelId,
  ({ source }) => source.messageId,
  ({ source }) => source.authorId,
  ({ source }) => source.by,
  ({ source }) => source.at,
  ({ passage }) => passage.language,
  ({ passage }) => JSON.stringify(passage.asks),
  ({ passage }) => passage.text,
  ({ passage }) => TEXT_SEARCH[passage.language ?? ""] ?? "simple",
];
