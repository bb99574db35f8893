import type { GuildStore, Vector } from "#core";
import { columnsOf, run, type Queryable, type Statement } from "../arrays.ts";
import { COLUMNS, passageOf, type Cells } from "./knowledge.ts";

/** The guild's range of two primary keys, side by side. */
const BARE: Statement = {
  name: "vectors-bare",
  text: `select p.source_id, p.part, p.ordinal, p.asks, p.text from passages p
    left join vectors v on v.guild_id = p.guild_id and v.source_id = p.source_id and v.part = p.part
      and v.model = $2 and v.ordinal = p.ordinal
    where p.guild_id = $1 and p.kind <> 'question' and v.part is null order by p.ordinal limit $3`,
};
/** Two probes of a primary key for each; what was changed or withdrawn meanwhile is left out. */
const PUT: Statement = {
  name: "vectors-put",
  text: `insert into vectors (guild_id, source_id, part, ordinal, model, vector)
    select p.guild_id, p.source_id, p.part, p.ordinal, $2, t.vector::real[]
    from unnest($3::text[], $4::int[], $5::bigint[], $6::text[]) t(source_id, part, ordinal, vector)
    join passages p on p.guild_id = $1 and p.source_id = t.source_id and p.part = t.part and p.ordinal = t.ordinal
    on conflict (guild_id, source_id, part) do update set ordinal = excluded.ordinal, model = excluded.model,
      vector = excluded.vector`,
};

/** Every vector of the guild is looked at: some 0.1 ms each in plain SQL, a tenth of that with pgvector. */
const near = (name: string, likeness: string): Statement => ({
  name,
  text: `select ${COLUMNS.split(", ")
    .map((column) => `p.${column}`)
    .join(", ")}, ${likeness} as likeness from passages p
    join vectors v on v.guild_id = p.guild_id and v.source_id = p.source_id and v.part = p.part and v.ordinal = p.ordinal
    where p.guild_id = $1 and p.kind <> 'question' and v.model = $2 and cardinality(v.vector) = cardinality($3::real[])
    order by likeness desc, p.source_id, p.part limit $4`,
});
const NEAR = near("vectors-near", "(select sum(a * b) from unnest(v.vector, $3::real[]) t(a, b))");
const NEAR_PGVECTOR = near("vectors-near-pgvector", "-(v.vector::vector <#> $3::real[]::vector)");

type Vectors = Pick<GuildStore, "bare" | "putVectors" | "likePassages">;

export function vectorsOf(pool: Queryable, guildId: string, hasPgvector: boolean): Vectors {
  const nearest = hasPgvector ? NEAR_PGVECTOR : NEAR;
  return {
    async bare(model, limit) {
      const { rows } = await run<Cells & { ordinal: number }>(pool, BARE, [guildId, model, limit]);
      return rows.map(({ source_id: sourceId, part, ordinal, asks, text }) => ({
        ...{ sourceId, part, ordinal },
        text: [...(JSON.parse(asks) as string[]), text].join("\n"),
      }));
    },
    async putVectors(model, vectors) {
      const columns = columnsOf(vectors, [
        ({ sourceId }) => sourceId,
        ({ part }) => part,
        ({ ordinal }) => ordinal,
        ({ vector }) => literal(vector),
      ]);
      await run(pool, PUT, [guildId, model, ...columns]);
    },
    async likePassages({ model, vector, limit }) {
      const values = [guildId, model, literal(vector), limit];
      const { rows } = await run<Cells & { likeness: number }>(pool, nearest, values);
      return rows.map((row) => ({ passage: passageOf(row), likeness: row.likeness }));
    },
  };
}

const literal = (vector: Vector): string => `{${vector.join(",")}}`;

/** Whether vectors can be compared by pgvector: where it is installed, or can be by whoever the house is to the database. */
export async function findPgvector(on: Queryable): Promise<boolean> {
  const { rows } = await on.query<{ installed_version: string | null }>({
    text: "select installed_version from pg_available_extensions where name = 'vector'",
  });
  const [found] = rows;
  if (found === undefined) return false;
  if (found.installed_version !== null) return true;
  return on.query({ text: "create extension if not exists vector" }).then(
    () => true,
    () => false,
  );
}
