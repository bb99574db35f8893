import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import {
  type ActionExecutor,
  type Agent,
  type Checkpoint,
  type CommitEntry,
  ConfigurationError,
  type GuildhallError,
  type KillSwitch,
  type Log,
  type Store,
  type WorkQueue,
} from "#core";
import { connectDiscord, type DiscordConnection, type RememberedSession } from "../adapters/discord/index.ts";
import { systemClock } from "../adapters/memory/clock.ts";
import { silentLlm } from "../adapters/memory/llm.ts";
import { memoryQueue } from "../adapters/memory/queue.ts";
import { createRedisQueue } from "../adapters/redis/queue.ts";
import type { Policies, Settings } from "../config/index.ts";
import { createApi } from "../doors/api/index.ts";
import { createRoad } from "../flow/index.ts";
import { createClosers } from "./closers.ts";
import type { DemoHouse } from "./demo/index.ts";
import type { HouseMetrics } from "./metrics.ts";
import { takeOwnership } from "./ownership.ts";

export interface HouseParts {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: HouseMetrics;
  readonly agents: readonly Agent[];
  readonly policies: Policies;
  readonly dashboardDir: string;
  readonly openStore: () => Promise<{ store: Store; seal: Parameters<typeof connectDiscord>[0]["seal"] }>;
  /** Brought up where there is no token: a small world of our own. */
  readonly openDemo: () => Promise<DemoHouse>;
  readonly killSwitch: KillSwitch;
}

export interface OpenHouse {
  readonly url: string;
  readonly engine: string;
  /** Resolves with what ended the house, if not `close`. */
  readonly ended: Promise<GuildhallError>;
  close(): Promise<void>;
}

/**
 * Brings everything up in the order in which it is needed; whatever fails, and where `stop` is told meanwhile, what was
 * opened before is closed again.
 */
export async function openHouse(parts: HouseParts, stop = new AbortController().signal): Promise<OpenHouse> {
  const closers = createClosers(parts.log);
  try {
    return await open(parts, closers, stop);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function open(
  parts: HouseParts,
  closers: ReturnType<typeof createClosers>,
  stop: AbortSignal,
): Promise<OpenHouse> {
  const { settings, policies, log, metrics, killSwitch } = parts;
  const { road: work } = policies;
  const clock = systemClock;
  const holder = `${hostname()}:${process.pid}:${randomBytes(4).toString("hex")}`;
  let end: (error: GuildhallError) => void = () => undefined;
  const ended = new Promise<GuildhallError>((resolve) => (end = resolve));

  const { store, seal } = await parts.openStore();
  closers.add("store", () => store.close());
  stop.throwIfAborted();
  const ownership = await takeOwnership(store, holder, work.shardLeaseMs, clock, log, end, stop);
  closers.add("lease", () => ownership.giveBack());
  const demo = settings.discordToken === undefined ? await parts.openDemo() : undefined;
  if (demo !== undefined) closers.add("simulator", () => demo.close());

  const listeners = new Set<(entries: readonly CommitEntry[]) => void>();
  let connection: DiscordConnection | undefined;
  const queue = openQueue(settings, log);
  const road = createRoad({
    store,
    queue,
    executor: handsOf(() => connection),
    llm: silentLlm,
    agents: parts.agents,
    policyFor: policies.policyFor,
    lease: () => ownership.current(),
    holder,
    times: { ...work, inboxMs: work.lookEveryMs, sweepMs: work.lookEveryMs },
    record: work.record,
    shedAbove: work.shedAbove,
    handsAtOnce: work.handsAtOnce,
    clock,
    log,
    metrics,
    killSwitch,
    onCommitted: (entries, checkpoints) => {
      connection?.committed(checkpoints);
      for (const listener of listeners) listener(entries);
    },
    onFatal: end,
  });
  road.start();
  closers.add("road", () => road.stop());

  const api = createApi({
    store,
    log,
    clock,
    token: accessToken(settings.dataDirectory),
    submit: (event) => road.submit(event),
    onCommitted: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    health: () => health(connection),
    metricsText: () => metrics.text(),
    agents: parts.agents,
    policy: policies.policyFor,
    dashboardDir: parts.dashboardDir,
    ...(demo === undefined ? {} : { demo: demo.playground }),
  });
  const { url } = await api.listen(settings.host, settings.port);
  closers.add("door", () => api.close());

  connection = await connectDiscord({
    token: demo?.token ?? settings.discordToken!.reveal(),
    ...apiUrlOf(demo?.apiUrl ?? settings.discordApiUrl),
    road,
    seal,
    log,
    metrics,
    clock,
    killSwitch,
    checkpoint: demo === undefined ? (shardId) => remembered(store, shardId) : () => Promise.resolve(undefined),
    commands: parts.agents.flatMap((agent) =>
      (agent.commands ?? []).map((command) => ({ ...command, agent: agent.name })),
    ),
    fatal: end,
    signal: stop,
  });
  closers.add("discord", () => connection!.close());
  await connection.registerCommands(demo?.guildId);
  keepHouse(store, log, closers);
  const { engine, version, fsync } = await store.describe();
  const described = `${engine} (Postgres ${version}${fsync ? "" : ", no fsync"})`;
  return {
    engine: described,
    url: `${url}/?token=${accessToken(settings.dataDirectory)}`,
    ended,
    close: () => closers.closeAll(),
  };
}

function openQueue(settings: Settings, log: Log): WorkQueue {
  return settings.redisUrl === undefined
    ? memoryQueue()
    : createRedisQueue({ url: settings.redisUrl.reveal(), prefix: "guildhall", log });
}

function apiUrlOf(apiUrl: string | undefined): { apiUrl?: string } {
  return apiUrl === undefined ? {} : { apiUrl };
}

/** The road is there before Discord is: an order that comes meanwhile waits, as it would in an outage. */
function handsOf(connection: () => DiscordConnection | undefined): ActionExecutor {
  return {
    perform: async (order, signal) =>
      (await connection()?.executor.perform(order, signal)) ?? {
        kind: "later",
        afterMs: 500,
        why: "Discord is not reached yet",
      },
    reconcile: async (order, signal) =>
      (await connection()?.executor.reconcile(order, signal)) ?? {
        found: "later",
        why: "Discord is not reached yet",
      },
  };
}

/** Where to resume from, and since when messages may be missing should the session be gone. */
async function remembered(store: Store, shardId: number): Promise<RememberedSession | undefined> {
  const checkpoint: Checkpoint | undefined = await store.checkpoint(shardId);
  if (checkpoint === undefined) return undefined;
  const latest = await Promise.all(
    (await store.guilds()).map(({ guildId }) => store.guild(guildId).latest({ limit: 1 })),
  );
  const lastEventAt = Math.max(0, ...latest.map(([row]) => row?.event.at ?? 0));
  return lastEventAt === 0 ? checkpoint : { ...checkpoint, lastEventAt };
}

function health(connection: DiscordConnection | undefined) {
  const status = connection?.status();
  const degraded = [
    ...(status?.ready === true ? [] : ["discord: not connected"]),
    ...(status?.degraded === true ? ["discord: no message content; switch the intent on in the developer portal"] : []),
  ];
  return { alive: true as const, ready: status?.ready ?? false, degraded, details: { shards: status?.shards ?? [] } };
}

/** Made once, readable by the owner of the data folder only. */
function accessToken(dataDir: string): string {
  const file = join(dataDir, "access-token");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  } catch (cause) {
    throw new ConfigurationError(
      `${dataDir}: the access token cannot be written; set GUILDHALL_DATA to a folder that can`,
      { cause },
    );
  }
  return readFileSync(file, "utf8").trim();
}

const MAINTAIN_EVERY_MS = 3_600_000;

/** Partitions ahead and retention behind, at start and every hour. */
function keepHouse(store: Store, log: Log, closers: ReturnType<typeof createClosers>): void {
  const maintain = (): void => {
    store.maintain(systemClock.now()).then(
      ({ created, dropped }) =>
        created.length + dropped.length > 0
          ? log.info({ created, dropped }, "kept the journal's partitions")
          : undefined,
      (error: unknown) =>
        log.warn({ code: (error as { code?: string }).code }, "maintenance failed; it is tried again in an hour"),
    );
  };
  maintain();
  const timer = setInterval(maintain, MAINTAIN_EVERY_MS);
  closers.add("maintenance", () => {
    clearInterval(timer);
    return Promise.resolve();
  });
}
