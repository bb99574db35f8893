import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import {
  EVERYTHING,
  type Agent,
  type CommitEntry,
  type GuildEvent,
  type GuildhallError,
  type KillSwitch,
  type Log,
  type Seal,
  type Share,
  type Store,
  type WorkQueue,
} from "#core";
import { systemClock } from "../adapters/memory/clock.ts";
import { memoryQueue } from "../adapters/memory/queue.ts";
import { createFileReader } from "../adapters/discord/index.ts";
import type { Policies, Settings } from "../config/index.ts";
import { createTranscriber, readTranscript } from "../archive/transcripts/index.ts";
import { createVectors } from "../archive/vectors.ts";
import { createApi, type Health } from "../doors/api/index.ts";
import { createPasses } from "../doors/api/passes.ts";
import { createRoad, rehearse } from "../flow/index.ts";
import { accessToken } from "./access-token.ts";
import { arrivalsFor } from "./arrivals.ts";
import { createClosers } from "./closers.ts";
import type { DemoHouse } from "./demo/index.ts";
import { withAddresses } from "./addresses.ts";
import { createDiscordDoor } from "./discord.ts";
import { executorOver, openTelegram, withTelegram } from "./faces.ts";
import { openLists } from "./lists.ts";
import { houseHand } from "./house-hand.ts";
import type { HouseMetrics } from "./metrics.ts";
import { openModels } from "./models.ts";
import { takeOwnership } from "./ownership.ts";
import { blobsIn } from "./sealed.ts";
import { startUpkeep } from "./upkeep.ts";

export interface HouseParts {
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: HouseMetrics;
  readonly agents: readonly Agent[];
  readonly policies: Policies;
  readonly dashboardDir: string;
  readonly promptsDir: string;
  readonly openStore: () => Promise<{ store: Store; seal: Seal }>;
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
  const { settings, policies, log, metrics, killSwitch, agents } = parts;
  const clock = systemClock;
  const holder = `${hostname()}:${process.pid}:${randomBytes(4).toString("hex")}`;
  const end = createEnding();
  const { store, seal } = await parts.openStore();
  closers.add("store", () => store.close());
  stop.throwIfAborted();
  const share = shareOf(settings);
  const leaseMs = policies.road.shardLeaseMs;
  const ownership = await takeOwnership({ store, share, holder, leaseMs, clock, log, onLost: end.now, stop });
  closers.add("lease", () => ownership.giveBack());
  const demo = settings.discordToken === undefined ? await parts.openDemo() : undefined;
  if (demo !== undefined) closers.add("simulator", () => demo.close());

  const feed = createFeed();
  const { gateway, ledger } = openModels({
    ...{ settings, policies, store, clock, log, metrics, promptsDirectory: parts.promptsDir },
    submit: (event) => road.submit(event),
  });
  const lists = openLists({ settings, policies, clock, log, metrics });
  closers.add("lists", () => lists.close());
  await lists.open();
  const vectors = createVectors({ store, llm: gateway, clock, log, submit: (event) => road.submit(event) });
  const discord = createDiscordDoor();
  const submit = (event: GuildEvent): Promise<void> => road.submit(event);
  const telegram = openTelegram({ settings, store, clock, log, submit });
  const blobs = blobsIn(settings, seal);
  const makeTranscript = createTranscriber({ store, blobs, reader: discord.threads, clock });
  const token = accessToken(settings.dataDirectory);
  const passes = createPasses(token);
  // Until the door is open nobody can be sent through it; orders that wait from before are few, and may say so.
  let address = settings.publicUrl ?? `http://${settings.host}:${settings.port}`;
  const road = createRoad({
    ...{ agents, holder, clock, log, metrics, killSwitch },
    store: { ...store, ...store.waitingIn(share) },
    ...policies.road,
    queue: await openQueue(settings, log),
    executor: executorOver({
      ...{ discord: discord.hands, telegram: telegram?.executor },
      house: houseHand({ submit, clock, makeTranscript }),
      signed: (order) => withAddresses(order, passes, { base: address, publicUrl: settings.publicUrl }),
    }),
    ...{ llm: gateway, lists, files: createFileReader(reachOf(settings, demo)), pins: discord.pins },
    policyFor: withTelegram(policies.policyFor, settings),
    keeper: policies,
    leases: () => ownership.current(),
    times: { ...policies.road, inboxMs: policies.road.lookEveryMs, sweepMs: policies.road.lookEveryMs },
    onCommitted(entries, checkpoints) {
      discord.committed(checkpoints);
      telegram?.committed(entries);
      ledger.committed(entries);
      vectors.committed(entries);
      feed.tell(entries);
    },
    onFatal: end.now,
  });
  road.start();
  closers.add("road", () => road.stop());
  closers.add("vectors", () => vectors.close());

  const api = createApi({
    ...{
      store,
      seal,
      agents,
      clock,
      log,
      token,
      passes,
      transcript: (guildId, number) => readTranscript(blobs, guildId, number),
      rolesOf: discord.rolesOf,
    },
    submit: (event) => road.submit(event),
    onCommitted: feed.listen,
    health: () => withFindings(discord.health(), [telegram?.findings() ?? [], road.outage() ?? []].flat()),
    models: gateway.health,
    modelLimit: ledger.reached,
    metricsText: () => metrics.text(),
    policies,
    allowedHosts: settings.allowedHosts,
    ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }),
    rehearse: (guild, policy, range) => rehearse(guild, agents, policy, range, lists),
    dashboardDir: parts.dashboardDir,
    ...(demo === undefined ? {} : { demo: demo.playground }),
  });
  const { url } = await api.listen(settings.host, settings.port);
  closers.add("door", () => api.close());
  address = settings.publicUrl ?? url;

  const arrive = arrivalsFor({ share, inbox: store.inbox, log }, (arrival) => road.arrive(arrival));
  const linkBase = settings.publicUrl ?? url;
  const shared = {
    road: { ...road, arrive },
    linkBase,
    seal,
    log,
    metrics,
    clock,
    killSwitch,
    fatal: end.now,
    signal: stop,
  };
  for (const event of demo?.beforehand ?? []) await road.submit(event);
  const connection = await discord.connect({ ...shared, settings, demo, store, agents });
  closers.add("discord", () => connection.close());
  if (telegram !== undefined) closers.add("telegram", () => telegram.close());
  // Telegram gives each update to one reader only.
  if (share.ids.includes(0)) await telegram?.listen();
  if (share.ids.includes(0)) await connection.registerCommands(demo?.guildId);
  // One process is enough to keep the store, and it is the one that is always there.
  if (share.ids.includes(0)) closers.add("upkeep", startUpkeep({ store, blobs, log }));
  if (share.ids.includes(0)) await vectors.start();
  return {
    engine: await engineOf(store),
    url: `${url}/?token=${token}`,
    ended: end.come,
    close: () => closers.closeAll(),
  };
}

function withFindings(health: Health, findings: readonly string[]): Health {
  return findings.length === 0 ? health : { ...health, degraded: [...health.degraded, ...findings] };
}

/** Where Discord is, if it is not Discord's own. */
function reachOf({ discordApiUrl }: Settings, demo: DemoHouse | undefined): { apiUrl?: string } {
  const apiUrl = demo?.apiUrl ?? discordApiUrl;
  return apiUrl === undefined ? {} : { apiUrl };
}

/** A process that runs all shards owns everything, however many they are. */
function shareOf({ shards, shardIds }: Settings): Share {
  return shardIds === undefined || shards === "auto" ? EVERYTHING : { count: shards, ids: shardIds };
}

/** What ends the house from within, once. */
function createEnding() {
  let now: (error: GuildhallError) => void = () => undefined;
  const come = new Promise<GuildhallError>((resolve) => (now = resolve));
  return { come, now: (error: GuildhallError) => now(error) };
}

/** Who wants to hear of commits, in commit order. */
function createFeed() {
  const listeners = new Set<(entries: readonly CommitEntry[]) => void>();
  return {
    tell(entries: readonly CommitEntry[]): void {
      for (const listener of listeners) listener(entries);
    },
    listen(listener: (entries: readonly CommitEntry[]) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function engineOf(store: Store): Promise<string> {
  const { engine, version, fsync } = await store.describe();
  return `${engine} (Postgres ${version}${fsync ? "" : ", no fsync"})`;
}

/** Loaded where it is wanted only: it is a fifth of what a house reads when it starts. */
async function openQueue({ redisUrl }: Settings, log: Log): Promise<WorkQueue> {
  if (redisUrl === undefined) return memoryQueue();
  const { createRedisQueue } = await import("../adapters/redis/queue.ts");
  return createRedisQueue({ url: redisUrl.reveal(), prefix: "guildhall", log });
}
