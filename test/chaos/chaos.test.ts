import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KILL_POINTS } from "./run.ts";
import { sweep, type SweepResult } from "./sweep.ts";

/** The CI-sized form; `npm run chaos -- --seeds 500` does more of the same. */
const SEEDS = 50;
const MINUTES = 60_000;

describe(`a house killed again and again, over ${SEEDS} seeds`, () => {
  let result: SweepResult;
  beforeAll(async () => {
    const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
    result = await sweep({ seeds, databaseUrl: process.env.TEST_DATABASE_URL, atOnce: 2, tell: () => undefined });
  }, 14 * MINUTES);
  afterAll(() =>
    process.stdout.write(`kill test: ${JSON.stringify({ ...result, failures: result.failures.length })}\n`),
  );

  test("journal, counters and the world are as after an uninterrupted run", () => {
    expect(result.failures).toEqual([]);
  });

  test.each(KILL_POINTS)("somebody died at: %s", (point) => {
    expect(result.hits[point]).toBeGreaterThanOrEqual(3);
  });

  test("the database died too", () => {
    expect(result.databaseKills).toBeGreaterThanOrEqual(10);
  });

  test("every decision replays byte-identical in a fresh process, and a changed threshold shows", () => {
    expect(result.replayed).toBeGreaterThan(5_000);
    expect(result.changedByThreshold).toBeGreaterThan(0);
  });
});
