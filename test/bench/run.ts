import type { BenchOptions } from "./bench.ts";
import { benchJournal, type JournalResult } from "./journal.ts";
import { benchLatency, type LatencyResult } from "./latency.ts";
import { benchMemory, type MemoryResult } from "./memory.ts";
import { benchRoad, type RoadResult } from "./road.ts";

export const PARTS = ["road", "journal", "latency", "memory"] as const;
export type Part = (typeof PARTS)[number];

export interface BenchResult {
  readonly road?: RoadResult;
  readonly journal?: JournalResult;
  readonly latency?: LatencyResult;
  readonly memory?: MemoryResult;
}

/** One after the other, so that no part is measured beside another. */
export async function runBench(options: BenchOptions, parts: readonly Part[]): Promise<BenchResult> {
  const wants = (part: Part): boolean => parts.includes(part);
  return {
    ...(wants("road") ? { road: await benchRoad(options) } : {}),
    ...(wants("journal") ? { journal: await benchJournal(options) } : {}),
    ...(wants("latency") ? { latency: await benchLatency(options) } : {}),
    ...(wants("memory") ? { memory: await benchMemory(options) } : {}),
  };
}
