import type { RankedRow, Ranking, RankingWish } from "#core";
import { compare, type StoredTotal } from "./state.ts";

/** Sorted anew for each look: a memory has few members. */
export function ranking(totals: readonly StoredTotal[], wish: RankingWish & { readonly owner: string }): Ranking {
  const sorted = totals
    .filter(({ owner, total, value }) => owner === wish.owner && total === wish.total && value >= 1)
    .sort((a, b) => b.value - a.value || compare(a.key, b.key));
  const ranked = sorted.map(({ key, value }): RankedRow => {
    return { key, value, place: 1 + sorted.findIndex((other) => other.value === value) };
  });
  const own = ranked.find(({ key }) => key === wish.key);
  const rows = ranked.slice(wish.offset, wish.offset + wish.limit);
  return { rows, members: ranked.length, ...(own !== undefined && { own }) };
}
