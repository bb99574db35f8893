import { expect, it } from "vitest";
import { z } from "zod";
import { buildRoles } from "./build.ts";
import { tableOf } from "./report.ts";
import { PARTS, runBench } from "./run.ts";

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

it("measures every part beside what it is held against", { timeout: 120_000 }, async () => {
  const tiny = {
    ...{ messages: 1_000, violating: 0.02, guilds: 5, rounds: 1, journalRows: 1_024, latencySeconds: 0.5 },
    ...{ memoryGuilds: 3, memoryMembers: 10, databaseUrl: process.env.TEST_DATABASE_URL, profiles: undefined },
  };
  const result = await runBench({ ...tiny, roles: await buildRoles(), tell: () => undefined }, PARTS);
  expect(shape.safeParse(JSON.parse(JSON.stringify(result))).error).toBeUndefined();
  expect(tableOf(result)).toMatch(/^road: ratio /m);
});
