import {
  type Approval,
  type Directory,
  type GuildPolicy,
  type GuildStore,
  type Lists,
  MOST_CHOICES,
  type Passage,
  type RankingWish,
  SHARED_RECORDS,
} from "#core";
import { fetchHouse, type HouseNeed } from "../approvals/reads.ts";
import { Counters } from "./counters.ts";
import { createMoves, type Moves } from "./moves.ts";

/** What memory did not hold, by key: fetched, and the decision is made again from the start. */
export type Need =
  | { readonly need: "record"; readonly record: string; readonly key: string }
  | { readonly need: "total"; readonly owner: string; readonly total: string; readonly key: string }
  | { readonly need: "ranking"; readonly wish: RankingWish & { readonly owner: string } }
  | { readonly need: "approval"; readonly id: string }
  | { readonly need: "known"; readonly partial: string }
  | HouseNeed;

/** A cache this large is emptied rather than trimmed: what is needed again costs one query for its whole group. */
const CACHE_LIMIT = 20_000;

/**
 * One guild in memory: committed state plus what is decided and not yet committed, in one. Nothing tells the two apart,
 * because a failed commit throws the whole thing away and reads it back from the store.
 */
export interface GuildState {
  readonly guildId: string;
  policy: GuildPolicy;
  readonly counters: Counters;
  directory: Directory | undefined;
  /** Read it with `heldIn`, change it with `remember`. */
  readonly cache: Map<string, unknown>;
  /** What was decided since the cache was last emptied, and may not be in the store yet: never forgotten with the rest. */
  readonly decided: Set<string>;
  /** All records there are lie in the cache: one that does not is known not to be. */
  holdsAllRecords: boolean;
  /** Fetched for one event, and forgotten with it: what it counts changes with every commit. */
  readonly fresh: Map<string, unknown>;
  readonly moves: Moves;
  /** The house's lists of domains, the same for all guilds; absent: none. */
  readonly lists?: Lists;
}

/** What of the store a guild's memory is made from. */
export type GuildBeginnings = Pick<GuildStore, "guildId" | "directory" | "tallies" | "fewRecords">;

/**
 * A guild with no more records than this is read whole: the first look at an offender's conduct then costs no query, and
 * holds up nobody.
 */
const FEW_RECORDS = 500;

export async function loadGuild(
  store: GuildBeginnings,
  policy: GuildPolicy,
  longestWindowSeconds: number,
  asOf: number,
  lists?: Lists,
): Promise<GuildState> {
  const counters = new Counters(longestWindowSeconds);
  const [directory, tail, records] = await Promise.all([
    store.directory(),
    store.tallies(asOf - longestWindowSeconds * 1_000),
    store.fewRecords(FEW_RECORDS),
  ]);
  for (const { at, tallies } of tail) for (const tally of tallies) counters.add(tally, at);
  const cache = new Map<string, unknown>();
  const holdsAllRecords = records !== "too-many";
  if (holdsAllRecords)
    for (const { record, key, value } of records) cache.set(needKey({ need: "record", record, key }), value);
  return {
    guildId: store.guildId,
    policy,
    counters,
    directory,
    cache,
    decided: new Set(),
    holdsAllRecords,
    fresh: new Map(),
    moves: createMoves(),
    ...(lists !== undefined && { lists }),
  };
}

/** How far back the judge counts under this policy. */
export function quotaWindow({ quota }: GuildPolicy): number {
  return Math.max(quota.perRule.perSeconds, quota.perModerator.perSeconds, quota.perGuild?.perSeconds ?? 0);
}

/** A policy holds from the event after the one that chose it. */
export function follow(state: GuildState, policy: GuildPolicy): void {
  state.policy = policy;
  state.counters.widen(quotaWindow(policy));
}

/**
 * Where an agent's records and totals lie: in shadow apart from the real ones, so that what it merely watched is not held
 * against anybody, or to their credit, on the day it goes live.
 */
export function keptAs(policy: GuildPolicy, agent: string, key: string, record?: string): string {
  if (record !== undefined && SHARED_RECORDS.has(record)) return key;
  return policy.agents[agent]?.mode === "shadow" ? `shadow/${key}` : key;
}

/** Nothing of a member is remembered any more; what the store still says of them is about to go, too. */
export function forgetMember(state: GuildState, userId: string): void {
  for (const key of state.cache.keys()) if (key.includes(userId)) remember(state, key, undefined);
}

/** What a decision changes, for the next one to meet. */
export function remember(state: GuildState, key: string, value: unknown): void {
  state.cache.set(key, value);
  state.decided.add(key);
}

/** What was merely read can be read again; what was decided is kept once more, until it is surely in the store. */
function empty(state: GuildState): void {
  const decided = [...state.decided].map((key) => [key, state.cache.get(key)] as const);
  state.cache.clear();
  state.decided.clear();
  for (const [key, value] of decided) state.cache.set(key, value);
  state.holdsAllRecords = false;
}

/** What is at hand of a guild's records. */
export interface Held {
  readonly cache: Pick<GuildState["cache"], "has" | "get">;
  readonly holdsAllRecords: boolean;
  readonly fresh?: Pick<GuildState["fresh"], "has" | "get">;
}

/** What memory says of a need: the value (undefined where it is known not to be there), or that the store must be asked. */
export function heldIn(state: Held, need: Need): { readonly value: unknown } | undefined {
  const key = needKey(need);
  if (need.need === "house" || need.need === "ranking")
    return state.fresh?.has(key) === true ? { value: state.fresh.get(key) } : undefined;
  const value = state.cache.get(key);
  if (value !== undefined || state.cache.has(key)) return { value };
  return need.need === "record" && state.holdsAllRecords ? { value: undefined } : undefined;
}

export function needKey(need: Need): string {
  switch (need.need) {
    case "record":
      return `record/${need.record}/${need.key}`;
    case "total":
      return `total/${need.owner}/${need.total}/${need.key}`;
    case "ranking":
      return `ranking/${JSON.stringify(need.wish)}`;
    case "approval":
      return `approval/${need.id}`;
    case "known":
      return `known/${need.partial}`;
    case "house":
      return `house/${need.read}/${need.args.join("/")}`;
  }
}

/** Fetches all needs of a decision at once: one query a kind, however many keys. */
export async function fetchNeeds(state: GuildState, store: GuildStore, needs: readonly Need[]): Promise<void> {
  if (state.cache.size > CACHE_LIMIT) empty(state);
  const records = needs.filter((need) => need.need === "record");
  const totals = needs.filter((need) => need.need === "total");
  const approvals = needs.filter((need) => need.need === "approval");
  const house = needs.filter((need) => need.need === "house");
  const rankings = needs.filter((need) => need.need === "ranking");
  const known = needs.filter((need) => need.need === "known");
  const [recordValues, totalValues, approvalValues, houseValues, rankingValues, knownValues] = await Promise.all([
    records.length === 0 ? [] : store.records(records.map((need) => ({ record: need.record as never, key: need.key }))),
    totals.length === 0 ? [] : store.totals(totals),
    Promise.all(approvals.map((need): Promise<Approval | undefined> => store.approval(need.id))),
    Promise.all(house.map((need) => fetchHouse(store, need))),
    Promise.all(rankings.map(({ wish }) => store.ranking(wish))),
    Promise.all(known.map((need) => fetchKnown(store, need.partial))),
  ]);
  rankings.forEach((need, index) => state.fresh.set(needKey(need), rankingValues[index]));
  known.forEach((need, index) => state.cache.set(needKey(need), knownValues[index]));
  house.forEach((need, index) => state.fresh.set(needKey(need), houseValues[index]));
  records.forEach((need, index) => state.cache.set(needKey(need), recordValues[index]));
  totals.forEach((need, index) => state.cache.set(needKey(need), totalValues[index] ?? 0));
  approvals.forEach((need, index) => state.cache.set(needKey(need), approvalValues[index]));
}

function fetchKnown(store: GuildStore, partial: string): Promise<readonly Passage[]> {
  if (partial.trim() === "") return store.passages({ of: "knowledge", limit: MOST_CHOICES });
  return store.searchPassages({ of: "knowledge", text: partial, limit: MOST_CHOICES });
}
