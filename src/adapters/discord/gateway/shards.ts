import { setTimeout as sleep } from "node:timers/promises";
import {
  DefaultWebSocketManagerOptions,
  type FetchingStrategyOptions,
  type IContextFetchingStrategy,
  SimpleIdentifyThrottler,
  WebSocketShard,
  WebSocketShardEvents,
} from "@discordjs/ws";
import type { APIGatewayBotInfo } from "discord-api-types/v10";
import type { Log, Metrics } from "#core";
import { type FrameTools, readFrame } from "./frames.ts";
import { openSeam, type Valve } from "./seam.ts";
import type { SessionStarts } from "./session-starts.ts";

export interface ShardSetOptions {
  readonly token: string;
  readonly intents: number;
  readonly shardCount: number;
  readonly shardIds: readonly number[];
  readonly information: APIGatewayBotInfo;
  readonly starts: SessionStarts;
  readonly frames: FrameTools;
  readonly closed: (shardId: number, code: number) => void;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The shards of one process under one set of intents. Retired as a whole, and never revived. */
export interface ShardSet {
  connect(): void;
  valve(shardId: number): Valve | undefined;
  /** Leaves with 4200, after which Discord keeps the sessions for a RESUME. Takes at most as long as it says. */
  retire(withinMs: number): Promise<void>;
}

/** Discord ends a session on 1000 and 1001, and keeps it on anything else. */
const KEEP_SESSION = 4_200;

export function createShards(options: ShardSetOptions): ShardSet {
  const retired = new AbortController();
  const throttler = new SimpleIdentifyThrottler(options.information.session_start_limit.max_concurrency);
  const reached = createReached();
  const context = fetchingContext(options, throttler, reached, retired.signal);
  const shards = new Map<number, { readonly shard: WebSocketShard; readonly valve: Valve }>();
  for (const shardId of options.shardIds)
    shards.set(shardId, createShard(shardId, context, options, reached, retired.signal));
  return {
    connect: () => {
      // The library tries again by itself; a first failure is told by the error event, and is no reason to give up.
      for (const { shard } of shards.values()) shard.connect().catch(() => undefined);
    },
    valve: (shardId) => shards.get(shardId)?.valve,
    retire: async (withinMs) => {
      retired.abort();
      await Promise.all([...shards.values()].map((each) => leave(each.shard, each.valve, withinMs)));
    },
  };
}

/** A paused socket would never hear the other side say goodbye, and some never say it. */
async function leave(shard: WebSocketShard, valve: Valve, withinMs: number): Promise<void> {
  valve.resume();
  const left = shard.destroy({ code: KEEP_SESSION, reason: "leaving" }).catch(() => undefined);
  await Promise.race([left, sleep(withinMs, undefined, { ref: false })]);
  valve.cut();
}

function createShard(
  shardId: number,
  context: IContextFetchingStrategy,
  options: ShardSetOptions,
  reached: Reached,
  retired: AbortSignal,
) {
  const { intents, shardCount, frames, log } = options;
  const shard = new WebSocketShard(context, shardId);
  const identity = { shardId, shardCount, intents, gatewayUrl: options.information.url };
  const broken = (error: unknown) =>
    log.warn({ shardId, error: String(error) }, "a gateway frame could not be handled");
  const valve = openSeam(shard, (text) => !retired.aborted && readFrame(text, identity, frames), broken);
  shard.on(WebSocketShardEvents.Hello, () => reached.hello(shardId));
  shard.on(WebSocketShardEvents.Closed, ({ code }) => {
    reached.closed(shardId);
    options.closed(shardId, code);
  });
  shard.on(WebSocketShardEvents.Error, ({ error }) => log.warn({ shardId, error: error.message }, "gateway error"));
  return { shard, valve };
}

/** Tries at a session's own address before the session is taken to the gateway's door, which may know better. */
const TRIES = 3;

/** Whether anybody answers where a session is to be resumed: that server may be gone for good. */
interface Reached {
  hello(shardId: number): void;
  closed(shardId: number): void;
  isWorthTrying(shardId: number): boolean;
}

function createReached(): Reached {
  const inVain = new Map<number, number>();
  return {
    hello: (shardId) => inVain.set(shardId, -1),
    closed: (shardId) => inVain.set(shardId, (inVain.get(shardId) ?? 0) + 1),
    isWorthTrying: (shardId) => (inVain.get(shardId) ?? 0) < TRIES,
  };
}

/**
 * What the library asks for. It also wants to be told sequences by us and to tell us its own: those it tells are
 * ignored, for they run ahead of what is committed, and its "forget the session" comes on every way out.
 */
function fetchingContext(
  options: ShardSetOptions,
  throttler: SimpleIdentifyThrottler,
  reached: Reached,
  retired: AbortSignal,
): IContextFetchingStrategy {
  const { sessions } = options.frames;
  return {
    options: libraryOptions(options),
    retrieveSessionInfo: (shardId) => {
      // A shard that was between two connections when it was retired asks here before the next one: it waits for ever.
      if (retired.aborted) return new Promise(() => undefined);
      const session = sessions.forResume(shardId, options.shardCount, options.intents);
      return session === null || reached.isWorthTrying(shardId)
        ? session
        : { ...session, resumeURL: options.information.url };
    },
    updateSessionInfo: () => undefined,
    waitForIdentify: async (shardId, signal) => {
      const either = AbortSignal.any([signal, retired]);
      await throttler.waitForIdentify(shardId, either);
      await options.starts.take(either);
      options.metrics.count("gateway_identifies");
    },
  };
}

function libraryOptions(options: ShardSetOptions): FetchingStrategyOptions {
  const { largeThreshold, initialPresence, identifyProperties, version, encoding, compression } =
    DefaultWebSocketManagerOptions;
  const { handshakeTimeout, helloTimeout, readyTimeout } = DefaultWebSocketManagerOptions;
  const { token, intents, shardCount, information } = options;
  return {
    ...{ largeThreshold, initialPresence, identifyProperties, version, encoding, compression },
    ...{ handshakeTimeout, helloTimeout, readyTimeout },
    ...{ token, intents, shardCount, gatewayInformation: information },
  };
}
