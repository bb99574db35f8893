import type { Approval, Directory, GuildPolicy, GuildStore } from "#core";
import { Counters } from "./counters.ts";

/** What memory did not hold, by key: fetched, and the decision is made again from the start. */
export type Need =
  | { readonly need: "record"; readonly record: string; readonly key: string }
  | { readonly need: "total"; readonly owner: string; readonly total: string; readonly key: string }
  | { readonly need: "approval"; readonly id: string };

/** A cache this large is emptied rather than trimmed: what is needed again costs one query for its whole group. */
const CACHE_LIMIT = 20_000;

/**
 * One guild in memory: committed state plus what is decided and not yet committed, in one. Nothing tells the two apart,
 * because a failed commit throws the whole thing away and reads it back from the store.
 */
export interface GuildState {
  readonly guildId: string;
  readonly policy: GuildPolicy;
  readonly counters: Counters;
  directory: Directory | undefined;
  readonly cache: Map<string, unknown>;
}

/** What of the store a guild's memory is made from. */
export type GuildBeginnings = Pick<GuildStore, "guildId" | "directory" | "tallies">;

export async function loadGuild(
  store: GuildBeginnings,
  policy: GuildPolicy,
  longestWindowSeconds: number,
  asOf: number,
): Promise<GuildState> {
  const counters = new Counters(longestWindowSeconds);
  const [directory, tail] = await Promise.all([store.directory(), store.tallies(asOf - longestWindowSeconds * 1_000)]);
  for (const { at, tallies } of tail) for (const tally of tallies) counters.add(tally, at);
  return { guildId: store.guildId, policy, counters, directory, cache: new Map() };
}

export function needKey(need: Need): string {
  switch (need.need) {
    case "record":
      return `record/${need.record}/${need.key}`;
    case "total":
      return `total/${need.owner}/${need.total}/${need.key}`;
    case "approval":
      return `approval/${need.id}`;
  }
}

/** Fetches all needs of a decision at once: one query a kind, however many keys. */
export async function fetchNeeds(state: GuildState, store: GuildStore, needs: readonly Need[]): Promise<void> {
  if (state.cache.size > CACHE_LIMIT) state.cache.clear();
  const records = needs.filter((need) => need.need === "record");
  const totals = needs.filter((need) => need.need === "total");
  const approvals = needs.filter((need) => need.need === "approval");
  const [recordValues, totalValues, approvalValues] = await Promise.all([
    records.length === 0 ? [] : store.records(records.map((need) => ({ record: need.record as never, key: need.key }))),
    totals.length === 0 ? [] : store.totals(totals),
    Promise.all(approvals.map((need): Promise<Approval | undefined> => store.approval(need.id))),
  ]);
  records.forEach((need, index) => state.cache.set(needKey(need), recordValues[index]));
  totals.forEach((need, index) => state.cache.set(needKey(need), totalValues[index] ?? 0));
  approvals.forEach((need, index) => state.cache.set(needKey(need), approvalValues[index]));
}
