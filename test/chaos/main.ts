import { parseArgs } from "node:util";
import { sweep } from "./sweep.ts";

/** `npm run chaos -- --seeds 500 [--from 0] [--at-once 2]`: more of what the test run does with fifty. */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "50" },
    from: { type: "string", default: "0" },
    "at-once": { type: "string", default: "2" },
  },
});
const from = Number(values.from);
const result = await sweep({
  seeds: Array.from({ length: Number(values.seeds) }, (_, index) => from + index),
  databaseUrl: process.env.TEST_DATABASE_URL,
  atOnce: Number(values["at-once"]),
  tell: (line) => process.stderr.write(`${line}\n`),
});
for (const failure of result.failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${JSON.stringify({ ...result, failures: result.failures.length })}\n`);
process.exitCode = result.failures.length > 0 ? 1 : 0;
