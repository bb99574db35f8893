import { join } from "node:path";
import type { Agent, EventOf, GuildPolicy } from "#core";
import { loadPolicies, type Policies } from "../../src/config/index.ts";
import { decide } from "../../src/flow/decide/decide.ts";
import { type GuildState, loadGuild, needKey, remember } from "../../src/flow/guild/state.ts";
import { scanAgents } from "../../src/main/agents.ts";
import { median, quantile, rounded } from "./bench.ts";
import { quietEvents } from "./quiet-events.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GUILD = "801";
type Said = EventOf<"message.created">;
/** What one message may cost on the fast path, over all agents. */
const BUDGET_US = 25;
const BATCH = 500;
const WINDOW_SECONDS = 600;

interface Cost {
  /** Processor time, garbage included, of a batch of messages, for each: the median of all batches, and the slowest in a hundred. */
  readonly us: number;
  readonly p99_us: number;
}

export interface ModerationBench {
  readonly messages: number;
  readonly agents: number;
  readonly budget_us: number;
  /** Every agent, as it ships. */
  readonly all: Cost;
  readonly moderation: Cost;
  /** Moderation that also scores every message no rule met. */
  readonly with_scorer: Cost;
}

/** `npm run bench -- moderation [--json]`: the fast halves alone, on what people say who break no rule. */
export async function benchModeration(count: number): Promise<ModerationBench> {
  const agents = await scanAgents(join(ROOT, "agents"));
  const policies = loadPolicies(join(ROOT, "config"), agents);
  const moderation = agents.filter(({ name }) => name === "moderation");
  const cost = (asked: readonly Agent[], document: string): Promise<Cost> =>
    costOf(asked, policyFrom(policies, document), count);
  return {
    messages: count,
    agents: agents.filter(({ listens }) => listens.includes("message.created")).length,
    budget_us: BUDGET_US,
    all: await cost(agents, ""),
    moderation: await cost(moderation, ""),
    with_scorer: await cost(moderation, "agents: { moderation: { config: { judgement: { by: scorer } } } }\n"),
  };
}

function policyFrom(policies: Policies, document: string): GuildPolicy {
  return policies.check(GUILD, document);
}

async function costOf(agents: readonly Agent[], policy: GuildPolicy, count: number): Promise<Cost> {
  const listening = agents.filter(({ listens }) => listens.includes("message.created"));
  const events = quietEvents(count, 0);
  const states = new Map<string, GuildState>();
  for (const { guildId } of events) if (!states.has(guildId)) states.set(guildId, await emptyGuild(guildId, policy));
  const run = (batch: readonly Said[]): void => {
    for (const event of batch) decideOne(event, states.get(event.guildId)!, listening);
  };
  run(quietEvents(count / 4, 1));
  const times: number[] = [];
  for (let from = 0; from < events.length; from += BATCH) {
    const batch = events.slice(from, from + BATCH);
    const before = process.cpuUsage();
    run(batch);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / batch.length);
  }
  return { us: rounded(median(times), 1), p99_us: rounded(quantile(times, 0.99), 1) };
}

function emptyGuild(guildId: string, policy: GuildPolicy): Promise<GuildState> {
  const nothing = { directory: () => Promise.resolve(undefined), tallies: () => Promise.resolve([]) };
  const empty = { guildId, ...nothing, fewRecords: () => Promise.resolve([]) };
  return loadGuild(empty, policy, WINDOW_SECONDS, 0);
}

/** Decides as the road does, and counts what was tallied; what memory lacks is nothing yet. */
function decideOne(event: Said, state: GuildState, agents: readonly Agent[]): void {
  let { said, needs } = decide(event, state, agents);
  while (needs.length > 0) {
    for (const need of needs) remember(state, needKey(need), need.need === "total" ? 0 : undefined);
    ({ said, needs } = decide(event, state, agents));
  }
  for (const { agent, effects } of said)
    for (const effect of effects)
      if ("tally" in effect) state.counters.add({ owner: agent.name, by: 1, ...effect.tally }, event.at);
}
