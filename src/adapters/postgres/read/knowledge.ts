import { type GuildStore, type KnowledgeSource, type Passage, TEXT_SEARCH } from "#core";
import { arrayOf, run, type Queryable, type Statement } from "../arrays.ts";

export const COLUMNS =
  "source_id, part, version, kind, title, channel_id, message_id, author_id, by, at, language, asks, text";

export interface Cells {
  readonly [column: string]: unknown;
  readonly source_id: string;
  readonly part: number;
  readonly version: number;
  readonly kind: KnowledgeSource["kind"];
  readonly title: string | null;
  readonly channel_id: string | null;
  readonly message_id: string | null;
  readonly author_id: string | null;
  readonly by: string;
  readonly at: number;
  readonly language: string | null;
  readonly asks: string;
  readonly text: string;
}

/** The guild's range of the primary key, sorted. */
const LIST: Statement = {
  name: "passages-list",
  text: `select ${COLUMNS} from passages where guild_id = $1 and (kind = 'question') = $2
      and ($3::text[] is null or source_id = any($3::text[]))
    order by at desc, source_id, part limit $4`,
};
const STATE: Statement = {
  name: "passages-state",
  text: `select count(*)::int as passages, coalesce(max(ordinal), 0) as newest from passages
    where guild_id = $1 and (kind = 'question') = $2`,
};
/**
 * Two rankings of the guild's range of the primary key, by stems and by trigrams, made one by the places they give (reciprocal
 * rank). Each passage is looked at: some 20 µs a passage, and few guilds have a thousand.
 */
const SEARCH: Statement = {
  name: "passages-search",
  text: `with asked as (
      select string_agg(distinct '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery as any_of
      from unnest(to_tsvector($3::regconfig, $2) || to_tsvector('simple', $2))),
    own as (select p.*, asks || ' ' || text as whole from passages p where guild_id = $1 and (kind = 'question') = $4),
    by_words as (
      select source_id, part, row_number() over (order by ts_rank_cd(words, any_of, 1) desc, source_id, part) as place
      from own, asked where words @@ any_of limit 200),
    by_trigrams as (
      select source_id, part, row_number() over (order by likeness desc, source_id, part) as place
      from (select *, greatest(word_similarity($2, whole), similarity($2, asks)) as likeness from own) o
      where likeness >= 0.25 limit 200),
    fused as (
      select source_id, part, sum(1.0 / (60 + place)) as score
      from (select * from by_words union all select * from by_trigrams) both_ways group by source_id, part)
    select ${COLUMNS} from own join fused using (source_id, part) order by score desc, source_id, part limit $5`,
};

type Knowledge = Pick<GuildStore, "passages" | "searchPassages" | "knowledge">;

export function knowledgeOf(pool: Queryable, guildId: string): Knowledge {
  return {
    async passages({ of, sourceIds, limit }) {
      const ids = sourceIds === undefined ? null : arrayOf(sourceIds);
      return (await run<Cells>(pool, LIST, [guildId, of === "questions", ids, limit])).rows.map(passageOf);
    },
    async searchPassages({ of, text, language, limit }) {
      const config = TEXT_SEARCH[language ?? ""] ?? "simple";
      return (await run<Cells>(pool, SEARCH, [guildId, text, config, of === "questions", limit])).rows.map(passageOf);
    },
    async knowledge(of) {
      const { rows } = await run<{ passages: number; newest: number }>(pool, STATE, [guildId, of === "questions"]);
      const { passages, newest } = rows[0]!;
      return { passages, revision: `${passages}/${newest}` };
    },
  };
}

export function passageOf(row: Cells): Passage {
  const { source_id: id, kind, by, at } = row;
  const optional = { title: row.title, channelId: row.channel_id, messageId: row.message_id, authorId: row.author_id };
  const known = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
  return {
    source: { ...{ id, kind, by, at }, ...known },
    ...{ part: row.part, version: row.version, asks: JSON.parse(row.asks) as string[], text: row.text },
    ...(row.language === null ? {} : { language: row.language }),
  };
}
