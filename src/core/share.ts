/**
 * Which guilds are one process's own. Discord's shards are the partition: whoever receives a guild's events also decides,
 * commits, keeps its timers and carries out its orders, so that order, counters and caches stay in one memory.
 */
export interface Share {
  readonly count: number;
  readonly ids: readonly number[];
}

/** A house that is one process. */
export const EVERYTHING: Share = { count: 1, ids: [0] };

/** Discord's own rule; what has no snowflake for an id lies with the first shard. */
export function shardOf(guildId: string, count: number): number {
  return /^\d{1,19}$/.test(guildId) ? Number((BigInt(guildId) >> 22n) % BigInt(count)) : 0;
}

export function isOwn({ count, ids }: Share, guildId: string): boolean {
  return ids.includes(shardOf(guildId, count));
}
