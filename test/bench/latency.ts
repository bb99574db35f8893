import type { FloodResult } from "../../src/simulator/index.ts";
import { type BenchOptions, quantile, rounded, withChildren } from "./bench.ts";
import type { Child } from "./child.ts";
import { withPlace } from "./place.ts";

const RATE = 200;
const VIOLATING = 0.05;
const MEMBERS = 12;
/** So many of a guild's members write in a flood. */
const AUTHORS = 8;

export interface LatencyResult {
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly bot_p50_ms: number;
  readonly bot_p99_ms: number;
  readonly ratio: number;
  readonly deletes: number;
  readonly bot_deletes: number;
  readonly events_per_s: number;
}

/** The house and the bot in turns, two stretches each where there are rounds enough; all samples of a side together. */
export async function benchLatency(options: BenchOptions): Promise<LatencyResult> {
  const house: number[] = [];
  const bot: number[] = [];
  const stretches = Math.min(2, options.rounds);
  for (let round = 0; round < stretches; round++) {
    bot.push(...(await side(options, "client", { BENCH_DELETES: "1" })));
    house.push(...(await withPlace(options.databaseUrl, (place) => side(options, "house", place.environment))));
  }
  const at = (values: readonly number[], share: number) => rounded(quantile(values, share), 2);
  options.tell(`latency: p99 ${at(house, 0.99)} ms, bot ${at(bot, 0.99)} ms`);
  return {
    p50_ms: at(house, 0.5),
    p99_ms: at(house, 0.99),
    bot_p50_ms: at(bot, 0.5),
    bot_p99_ms: at(bot, 0.99),
    ratio: rounded(quantile(house, 0.99) / quantile(bot, 0.99), 2),
    deletes: house.length,
    bot_deletes: bot.length,
    events_per_s: RATE,
  };
}

/**
 * Milliseconds from each violating frame to its DELETE. Before it counts, every author has been heard once (a guild is read
 * into memory at its first message) and everything has run for a second.
 */
function side(
  options: BenchOptions,
  role: "house" | "client",
  environment: Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  return withChildren(options, async (start) => {
    const simulator = start("simulator", { NODE_ENV: "production" });
    const world = { guilds: options.guilds, members: MEMBERS };
    const { apiUrl, token } = await simulator.ask<{ apiUrl: string; token: string }>("open", world);
    const subject = start(role, {
      ...environment,
      NODE_ENV: "production",
      DISCORD_API_URL: apiUrl,
      DISCORD_TOKEN: token,
    });
    await subject.ask("ready", { guilds: options.guilds });
    const wish = { violatingShare: VIOLATING, rate: RATE, settleMs: 5_000 };
    await greet(simulator, subject, options.guilds * AUTHORS);
    await simulator.ask("flood", { ...wish, messages: RATE });
    const messages = Math.ceil((options.latencySeconds / Math.min(2, options.rounds)) * RATE);
    const { timings } = await simulator.ask<FloodResult>("flood", { ...wish, messages });
    const missing = timings.filter(({ deletedAt }) => deletedAt === undefined).length;
    if (missing > 0) throw new Error(`${role}: ${missing} of ${timings.length} messages were never deleted`);
    return timings.map(({ sentAt, deletedAt }) => deletedAt! - sentAt);
  });
}

async function greet(simulator: Child, subject: Child, messages: number): Promise<void> {
  await subject.ask("watch", { count: messages });
  await simulator.ask("flood", { messages, violatingShare: 0 });
  await subject.ask("reached");
}
