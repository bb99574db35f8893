import type {
  Agent,
  Clock,
  Effect,
  FileReader,
  GuildEvent,
  LlmGateway,
  Log,
  Metrics,
  PendingDraft,
  PinReader,
  PolicyFor,
  PolicyKeeper,
  Read,
  Store,
} from "#core";
import { errorFields, NO_FILES } from "#core";
import type { Guilds } from "../commit/guilds.ts";
import type { Item } from "../commit/turns.ts";
import { errorCode } from "../decide/decide.ts";
import { RecordingLook } from "../decide/look.ts";
import { slowLook } from "../decide/slow-look.ts";
import { fetchNeeds, type GuildState } from "../guild/state.ts";
import { choiceRoads } from "./choices.ts";
import { createAsked, type Costs } from "./asked.ts";
import { createFinder } from "./finder.ts";
import { createLooked } from "./looked.ts";
import { pinRoads } from "./pinned.ts";

/** Longer than any model chain's own deadline: a lease that runs out means the process is gone. */
const LEASE_MS = 120_000;

export interface ConsiderParts {
  readonly store: Store;
  readonly guilds: Guilds;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly llm: LlmGateway;
  /** Absent: no file can be had. */
  readonly files?: FileReader;
  /** Undefined before Discord is reached; absent: nobody can tell what is pinned. */
  readonly pins?: () => PinReader | undefined;
  readonly policyFor: PolicyFor;
  readonly keeper: PolicyKeeper;
  readonly holder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly push: (item: Item) => void;
}

/** Runs a slow half and puts its answer on the road, where it is judged and committed under (event, agent). */
export function createThinker(parts: ConsiderParts) {
  const { store, guilds, clock } = parts;
  const finder = createFinder();

  async function consider(eventId: string, agentName: string, guildId: string): Promise<void> {
    const pending = await store.pending.lease(eventId, agentName, parts.holder, clock.now(), LEASE_MS);
    if (pending === undefined) return;
    const event = await store.guild(guildId).event(eventId);
    const agent = parts.agents.get(agentName);
    if (event === undefined)
      return parts.log.warn({ agent: agentName }, "a slow half waits for an event the journal no longer holds");
    const state = await guilds.load(guildId, event.at);
    const thought = await think(agent, event, state, pending);
    parts.metrics.count("considered", { agent: agentName });
    const considered = { agent: agentName, about: pending.about, ...thought };
    parts.push({ event, receivedAt: clock.now(), considered });
  }

  /** Thinks again from the start when memory lacked something; what a model answered once is not asked twice. */
  async function think(
    agent: Agent | undefined,
    event: GuildEvent,
    state: GuildState,
    { about, priority }: PendingDraft,
  ): Promise<Thought> {
    const policy = agent === undefined ? undefined : state.policy.agents[agent.name];
    if (agent?.consider === undefined || policy === undefined || policy.mode === "off")
      return { effects: [], reads: [], spent: [] };
    const asked = createAsked(parts.llm, { guildId: event.guildId, agent: agent.name, priority });
    const looked = {
      ...createLooked(store.guild(event.guildId), finder, asked.vectorOf, parts.files ?? NO_FILES),
      ...pinRoads(parts.pins?.(), state.directory, parts.log),
    };
    const choices = choiceRoads(parts, state, store.guild(event.guildId));
    // What is fetched for this thought alone is not what the next event of the guild may count on.
    const apart = { ...state, fresh: new Map<string, unknown>() };
    for (;;) {
      const look = new RecordingLook(apart, agent, event);
      const slow = slowLook(look, { ...asked.roads(), ...looked, ...choices });
      const thought = await attempt(agent, event, look, slow, policy.config, about, parts.log);
      if (look.needs.length === 0) return { ...thought, ...(await asked.costs()) };
      await fetchNeeds(apart, store.guild(event.guildId), look.needs);
    }
  }

  return { consider };
}

interface Thought extends Costs {
  readonly effects: readonly Effect[];
  readonly reads: readonly Read[];
  readonly error?: string;
}

async function attempt(
  agent: Agent,
  event: GuildEvent,
  recording: RecordingLook,
  look: ReturnType<typeof slowLook>,
  config: unknown,
  about: unknown,
  log: Log,
): Promise<Omit<Thought, keyof Costs>> {
  try {
    return { effects: await agent.consider!(event, look, config, about), reads: recording.reads };
  } catch (error) {
    if (recording.needs.length === 0) log.warn({ agent: agent.name, ...errorFields(error) }, "a slow half threw");
    return { effects: [], reads: recording.reads, error: errorCode(error) };
  }
}
