import type {
  ActionExecutor,
  Agent,
  Clock,
  CommitEntry,
  GuildEvent,
  GuildPolicy,
  Log,
  Metrics,
  Order,
  Outcome,
  PolicyKeeper,
  Reconciled,
  Store,
} from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { memoryQueue } from "../../src/adapters/memory/queue.ts";
import { silentLlm } from "../../src/adapters/memory/llm.ts";
import { createRoad, type RoadParts, type RunningRoad } from "../../src/flow/index.ts";
import { directory, GUILD, policy } from "./guild.ts";

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
export const noMetrics: Metrics = { count: () => undefined, observe: () => undefined };

/** A world made of a list: what was asked of it, and how each request is answered. */
export interface World extends ActionExecutor {
  readonly performed: Order[];
  answer: (order: Order) => Outcome | Promise<Outcome>;
  find: (order: Order) => Reconciled;
}

export function createWorld(): World {
  const world: World = {
    performed: [],
    answer: () => ({ kind: "done", result: {} }),
    find: () => ({ found: "absent" }),
    async perform(order) {
      world.performed.push(order);
      return world.answer(order);
    },
    reconcile: async (order) => world.find(order),
  };
  return world;
}

export interface TestRoad {
  readonly road: RunningRoad;
  readonly store: Store;
  readonly world: World;
  readonly committed: CommitEntry[];
  bring(...events: readonly GuildEvent[]): void;
  /** Resolves with the first committed entry that answers the description, whether it is past or to come. */
  commitOf(wanted: (entry: CommitEntry) => boolean): Promise<CommitEntry>;
  /** Resolves once the store has refused an event as one it has already. */
  known(eventId: string): Promise<void>;
  stop(): Promise<void>;
}

export interface TestRoadOptions extends Partial<Omit<RoadParts, "store" | "agents">> {
  readonly store?: Store;
  readonly agents: readonly Agent[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly policy?: Partial<GuildPolicy>;
  readonly world?: World;
  readonly clock?: Clock;
}

const noKeeper: PolicyKeeper = {
  presets: [],
  amend: () => "",
  check: () => policy(),
};

/** The whole road over memory twins, with one known guild. */
export async function startRoad(options: TestRoadOptions): Promise<TestRoad> {
  const waiting = new Set<() => void>();
  const refused = new Set<string>();
  const store = noting(options.store ?? createMemoryStore(), (eventIds) => {
    for (const eventId of eventIds) refused.add(eventId);
    for (const check of waiting) check();
  });
  const world = options.world ?? createWorld();
  const clock = options.clock ?? { now: () => Date.now() };
  const committed: CommitEntry[] = [];
  const lease = (await store.leases.take("road", "test", clock.now(), 3_600_000))!;
  const agents = Object.fromEntries(
    options.agents.map(({ name }) => [
      name,
      { mode: "live" as const, config: options.config?.[name] ?? {}, hash: "test" },
    ]),
  );
  const road = createRoad({
    queue: memoryQueue(),
    llm: silentLlm,
    holder: "test",
    leases: () => [lease],
    times: { deadlineMs: 1_000, leaseMs: 5_000, reconcileAfterMs: 20, inboxMs: 5, sweepMs: 5 },
    record: "speaking",
    shedAbove: 100,
    handsAtOnce: 4,
    log: silentLog,
    metrics: noMetrics,
    killSwitch: { pass: () => undefined },
    onFatal: (error) => {
      throw error;
    },
    ...options,
    store,
    clock,
    executor: world,
    agents: options.agents,
    keeper: options.keeper ?? noKeeper,
    policyFor: options.policyFor ?? ((guildId) => policy({ guildId, agents, ...options.policy })),
    onCommitted: (entries) => {
      committed.push(...entries);
      for (const check of waiting) check();
    },
  });
  road.start();
  const bring = (...events: readonly GuildEvent[]) => road.arrive({ receivedAt: clock.now(), events });
  bring({ id: "setup:1", guildId: GUILD, at: 1, kind: "guild.available", directory });
  return {
    road,
    store,
    world,
    committed,
    bring,
    commitOf: (wanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = committed.find(wanted);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    known: (eventId) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!refused.has(eventId)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    stop: () => road.stop(),
  };
}

function noting(store: Store, duplicate: (eventIds: readonly string[]) => void): Store {
  return {
    ...store,
    async commit(group) {
      const result = await store.commit(group);
      if (result.refusal === "duplicate") duplicate(result.eventIds);
      return result;
    },
  };
}
