import { parseArgs } from "node:util";
import { buildRoles } from "./build.ts";
import { runFaults } from "../llm/faults.ts";
import { benchCards } from "./cards.ts";
import { benchLeaderboard } from "./leaderboard.ts";
import { benchModeration } from "./moderation.ts";
import { llmBench } from "./llm.ts";
import { tableOf } from "./report.ts";
import { type Part, PARTS, runBench } from "./run.ts";

/** `npm run bench -- llm [--json]`: the gateway beside a provider's own client. */
async function benchModels(asJson: boolean, questions: number): Promise<void> {
  const llm = await llmBench(20, questions);
  const bare = await llmBench(0, questions);
  const result = { llm: { ...llm, without_delay: bare } };
  const line = ({ delay_ms: delay, gateway_ms: gateway, direct_ms: direct, ratio }: typeof llm) =>
    `llm, ${delay} ms delay: gateway ${gateway} ms, direct ${direct} ms, ratio ${ratio}\n`;
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${line(llm)}${line(bare)}`);
}

/** `npm run bench -- faults [--json]`: what becomes of questions when a third of all answers goes wrong. */
async function benchFaults(asJson: boolean, questions: number, seed: string): Promise<void> {
  const run = await runFaults(questions, seed);
  const share = (part: number, of: number): number => Math.round((part / of) * 10_000) / 10_000;
  const faults = {
    questions: run.drawn.length,
    answered: share(run.drawn.filter(({ ok }) => ok).length, run.drawn.length),
    faults: share(run.faults, run.requests),
    slowest_ms: run.slowestMs,
    requests: run.requests,
    breakers: run.breakers,
  };
  const line = `faults, ${questions} questions, ${faults.faults} of ${run.requests} requests wrong: ${faults.answered} answered, slowest ${run.slowestMs} ms\n`;
  process.stdout.write(
    asJson ? `${JSON.stringify({ faults })}\n` : [line, ...run.breakers.map((one) => `  ${one}\n`)].join(""),
  );
  run.close();
}

/** `npm run bench -- road [--json] [--only road,latency] [--messages 20000] …`: everything side by side, in one run. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    only: { type: "string", default: PARTS.join(",") },
    messages: { type: "string", default: "200000" },
    violating: { type: "string", default: "0.02" },
    guilds: { type: "string", default: "101" },
    rounds: { type: "string", default: "3" },
    "journal-rows": { type: "string", default: "102400" },
    "latency-seconds": { type: "string", default: "40" },
    "memory-guilds": { type: "string", default: "1000" },
    "memory-members": { type: "string", default: "1000" },
    "database-url": { type: "string" },
    profiles: { type: "string" },
    questions: { type: "string" },
    seed: { type: "string", default: "guildhall" },
  },
});

if (positionals[0] === "leaderboard") {
  const sizes = [1_000, 100_000, 1_000_000];
  const leaderboard = await benchLeaderboard(values["database-url"], sizes, Number(values.questions ?? 300));
  const lines = leaderboard.sizes.map((one) => `${one.members} members: p50 ${one.p50_ms} ms, p95 ${one.p95_ms} ms\n`);
  process.stdout.write(values.json ? `${JSON.stringify({ leaderboard })}\n` : lines.join(""));
  process.exit(0);
}
if (positionals[0] === "cards") {
  const cards = await benchCards(Number(values.questions ?? 200));
  const line = `${cards.cards} cards: p50 ${cards.p50_ms} ms, p95 ${cards.p95_ms} ms; with letters to load: ${cards.first_ms.join(", ")} ms\n`;
  process.stdout.write(values.json ? `${JSON.stringify({ cards })}\n` : line);
  process.exit(0);
}
if (positionals[0] === "llm") {
  await benchModels(values.json, Number(values.questions ?? 300));
  // The clients keep their connections alive for a while; nobody waits for that.
  process.exit(0);
}
if (positionals[0] === "faults") {
  await benchFaults(values.json, Number(values.questions ?? 1_000), values.seed);
  process.exit(0);
}
if (positionals[0] === "moderation") {
  const moderation = await benchModeration(Math.min(Number(values.messages), 40_000));
  const line = Object.entries(moderation).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify({ moderation })}\n` : `moderation\n${line.join("")}`);
  process.exit(0);
}
const parts = values.only.split(",").filter((part): part is Part => (PARTS as readonly string[]).includes(part));
if (positionals.some((name) => name !== "road") || parts.length === 0) {
  process.stderr.write(
    `there are six benches, \`road\`, \`cards\`, \`llm\`, \`faults\`, \`leaderboard\` and \`moderation\`; the parts of \`npm run bench -- road\` (--only) are ${PARTS.join(", ")}\n`,
  );
  process.exit(2);
}
const result = await runBench(
  {
    roles: await buildRoles(),
    databaseUrl: values["database-url"],
    messages: Number(values.messages),
    violating: Number(values.violating),
    guilds: Number(values.guilds),
    rounds: Number(values.rounds),
    journalRows: Number(values["journal-rows"]),
    latencySeconds: Number(values["latency-seconds"]),
    memoryGuilds: Number(values["memory-guilds"]),
    memoryMembers: Number(values["memory-members"]),
    profiles: values.profiles,
    tell: (line) => process.stderr.write(`${line}\n`),
  },
  parts,
);
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : tableOf(result));
