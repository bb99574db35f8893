import type { Metrics, Road } from "#core";

/**
 * How many events Discord keeps for a RESUME, as it once documented: 75 for each guild, at least 100, at most 3,500. What is
 * taken and not yet committed stays below half of it, so that a crash at any moment loses nothing.
 */
export function replayBuffer(guilds: number): number {
  return Math.max(100, Math.min(3_500, guilds * 75));
}

export interface Pressure {
  /** After each arrival: stops reading the shard's socket where the road holds too much, until it says otherwise. */
  check(shardId: number): void;
  isStopped(shardId: number): boolean;
}

interface Tools {
  readonly road: Pick<Road, "uncommitted" | "onRelief">;
  readonly metrics: Metrics;
  readonly guilds: (shardId: number) => number;
  readonly pause: (shardId: number) => void;
  readonly resume: (shardId: number) => void;
}

export function createPressure(tools: Tools): Pressure {
  const stopped = new Set<number>();
  return {
    check: (shardId) => {
      // A connection made while the shard was stopped was opened to shake hands, and is stopped at its first event.
      if (stopped.has(shardId)) return tools.pause(shardId);
      const line = replayBuffer(tools.guilds(shardId)) / 2;
      if (tools.road.uncommitted(shardId) < line) return;
      stopped.add(shardId);
      tools.pause(shardId);
      tools.metrics.count("gateway_pauses");
      tools.road.onRelief(shardId, line, () => {
        stopped.delete(shardId);
        tools.resume(shardId);
      });
    },
    isStopped: (shardId) => stopped.has(shardId),
  };
}
