import { expect, it } from "vitest";
import { z } from "zod";
import { buildRoles } from "./build.ts";
import { tableOf } from "./report.ts";
import { PARTS, runBench } from "./run.ts";
import { complaintsOf, growthOf, soak } from "./soak.ts";

const amount = z.number().positive();
const shape = z.object({
  road: z.object({
    events_per_s: amount,
    bare_client_events_per_s: amount,
    ratio: amount,
    message_rows: z.literal(1_000),
  }),
  journal: z.object({ rows_per_s: amount, raw_insert_rows_per_s: amount, ratio: amount }),
  latency: z.object({ p50_ms: amount, p99_ms: amount, bot_p50_ms: amount, bot_p99_ms: amount, ratio: amount }),
  memory: z.object({ mb: amount, client_mb: amount, ratio: amount }),
});

const roles = buildRoles();

it("measures every part beside what it is held against", { timeout: 120_000 }, async () => {
  const tiny = {
    ...{ messages: 1_000, violating: 0.02, guilds: 5, rounds: 1, journalRows: 1_024, latencySeconds: 0.5 },
    ...{ memoryGuilds: 3, memoryMembers: 10, databaseUrl: process.env.TEST_DATABASE_URL, profiles: undefined },
  };
  const result = await runBench({ ...tiny, roles: await roles, tell: () => undefined }, PARTS);
  expect(shape.safeParse(JSON.parse(JSON.stringify(result))).error).toBeUndefined();
  expect(tableOf(result)).toMatch(/^road: ratio /m);
});

/** The small form of `npm run soak`: everything journaled once, every violation dealt with, memory flat. */
it("keeps nothing of a stream and loses nothing of it", { timeout: 120_000 }, async () => {
  const size = { messages: 3_200, guilds: 50, violating: 0.005, legs: 2 };
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const result = await soak({ ...size, roles: await roles, databaseUrl, tell: () => undefined });
  expect(result).toMatchObject({ journaled: 3_200, violating: 16 });
  expect(complaintsOf(result)).toEqual([]);
});

const SOUND = {
  ...{ messages: 9, guilds: 1, seconds: 1, mb: [50, 50], growth: 1, journaled: 9, distinct: 9, poisoned: 0, gaps: 0 },
  ...{ violating: 2, deleted: 2, unfinished_orders: 0, sent_sequence: 12, committed_sequence: 12 },
};

it.each([
  ["nothing", {}, []],
  ["a message that is missing", { journaled: 8, distinct: 8 }, ["8 of 9 messages are journaled"]],
  ["one that is there twice", { journaled: 9, distinct: 8 }, ["1 are there twice"]],
  ["a gap", { gaps: 1 }, ["0 poisoned, 1 gaps"]],
  ["a violation that still stands", { deleted: 1 }, ["1 of 2 violations were deleted"]],
  ["frames never committed", { committed_sequence: 11 }, ["frame 11 of 12 is committed"]],
  ["growth", { growth: growthOf([100, 100, 104, 108]) }, ["memory grew by 6 % from half to half"]],
])("a soak complains of %s", (_what, changes, complaints) => {
  expect(complaintsOf({ ...SOUND, ...changes })).toEqual(complaints);
});
