import { endOfStep, type RankedRow, type Ranking, type RankingWish, stepOf as stepOfValue } from "#core";
import { type Queryable, run, type Statement } from "./arrays.ts";

/** The same scale as `stepOf` of core/ranking.ts. A logarithm that is a hair off at a power of two still gives the right step. */
export function stepOf(value: string): string {
  const doublings = `floor(ln(${value}) / ln(2))`;
  return `(case when ${value} < 128 then floor(${value})
    else 128 + (${doublings} - 7) * 64 + floor((${value} / power(2, ${doublings}) - 1) * 64) end)::int`;
}

/** A walk down the index from the best: as long as `offset` and `limit`, however many members there are. */
const BEST: Statement = {
  name: "ranking-best",
  text: `select key, value from totals where guild_id = $1 and owner = $2 and total = $3 and value >= 1
    order by value desc, key limit $4 offset $5`,
};
/** Reads the steps of the ranking, some hundreds. */
const MEMBERS: Statement = {
  name: "ranking-members",
  text: `select coalesce(sum(members), 0)::int as members, coalesce(sum(members) filter (where step > $4), 0)::int as above
    from total_steps where guild_id = $1 and owner = $2 and total = $3`,
};
/** A stretch of the index within one step: some hundredths of the members at most, unless many have the very same. */
const BETWEEN: Statement = {
  name: "ranking-between",
  text: `select count(*)::int as between from totals
    where guild_id = $1 and owner = $2 and total = $3 and value > $4 and value < $5`,
};
const VALUE: Statement = {
  name: "ranking-value",
  text: "select value from totals where guild_id = $1 and owner = $2 and total = $3 and key = $4",
};

export async function ranking(
  on: Queryable,
  guildId: string,
  { owner, total, key, offset, limit }: RankingWish & { readonly owner: string },
): Promise<Ranking> {
  const of = [guildId, owner, total];
  const [best, own] = await Promise.all([
    run<{ key: string; value: number }>(on, BEST, [...of, limit, offset]),
    key === undefined ? undefined : run<{ value: number }>(on, VALUE, [...of, key]),
  ]);
  const first = best.rows[0];
  const [{ members }, firstPlace, ownRow] = await Promise.all([
    standing(on, of, undefined),
    first === undefined || offset === 0 ? 1 : placeOf(on, of, first.value),
    key === undefined ? undefined : ownPlace(on, of, key, own?.rows[0]?.value ?? 0),
  ]);
  const rows: RankedRow[] = [];
  best.rows.forEach((row, index) => {
    const before = rows[index - 1];
    const place = before === undefined ? firstPlace : before.value === row.value ? before.place : offset + index + 1;
    rows.push({ ...row, place });
  });
  return { rows, members, ...(ownRow !== undefined && { own: ownRow }) };
}

async function ownPlace(on: Queryable, of: readonly string[], key: string, value: number) {
  return value < 1 ? undefined : { key, value, place: await placeOf(on, of, value) };
}

async function placeOf(on: Queryable, of: readonly string[], value: number): Promise<number> {
  const [{ above }, { rows }] = await Promise.all([
    standing(on, of, value),
    run<{ between: number }>(on, BETWEEN, [...of, value, endOfStep(value)]),
  ]);
  return 1 + above + (rows[0]?.between ?? 0);
}

async function standing(on: Queryable, of: readonly string[], value: number | undefined) {
  const step = value === undefined ? 0 : stepOfValue(value);
  const { rows } = await run<{ members: number; above: number }>(on, MEMBERS, [...of, step]);
  return rows[0]!;
}
