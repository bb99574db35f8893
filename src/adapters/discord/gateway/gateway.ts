import { setTimeout as sleep } from "node:timers/promises";
import type { APIGatewayBotInfo } from "discord-api-types/v10";
import type { Checkpoint, Clock, GuildhallError, Log, Metrics, Road } from "#core";
import type { IntakeContext } from "../normalise/index.ts";
import type { Raw } from "../normalise/raw.ts";
import type { Caller } from "../rest.ts";
import type { FrameTools } from "./frames.ts";
import { createGapCloser } from "./gap.ts";
import { gatewayInformation } from "./information.ts";
import { createInviteWatch } from "./invites.ts";
import { createLine } from "./line.ts";
import { createNames } from "./names.ts";
import { learnOwnStanding } from "./own-standing.ts";
import { createPressure } from "./pressure.ts";
import { createSessionStarts } from "./session-starts.ts";
import { createSessions, type RememberedSession, type Sessions } from "./sessions.ts";

export interface GatewayOptions {
  readonly token: string;
  readonly call: Caller;
  readonly road: Road;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly context: Omit<IntakeContext, "receivedAt" | "frameId">;
  readonly checkpoint: (shardId: number) => Promise<RememberedSession | undefined>;
  readonly shardCount: number | "auto";
  readonly shardIds: readonly number[] | undefined;
  readonly interactionReceived: (interaction: Raw) => void;
  readonly fatal: (error: GuildhallError) => void;
}

export interface ShardStatus {
  readonly shardId: number;
  readonly ready: boolean;
  /** The socket is not read at the moment, because the road is full. */
  readonly stopped: boolean;
  readonly uncommitted: number;
}

export interface Gateway {
  /** Returns once the shards are on their way; rejects where the operator has to mend something first. */
  start(): Promise<void>;
  committed(checkpoints: readonly Checkpoint[]): void;
  status(): { readonly shards: readonly ShardStatus[]; readonly ready: boolean; readonly degraded: boolean };
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const sessions = createSessions();
  const closing = new AbortController();
  const ready = new Set<number>();
  let shardIds: readonly number[] | undefined;
  const frames = framesFor(options, sessions, closing.signal, {
    ready: (shardId) => ready.add(shardId),
    isReady: (shardId) => ready.has(shardId),
    arrived: (shardId) => pressure.check(shardId),
  });
  const line = createLine({ ...options, frames, closed: (shardId) => ready.delete(shardId) });
  const { road, metrics } = options;
  const pressure = createPressure({ road, metrics, guilds: sessions.guilds, pause: line.pause, resume: line.resume });
  const shardStatus = (shardId: number): ShardStatus => ({
    shardId,
    ready: ready.has(shardId),
    stopped: pressure.isStopped(shardId),
    uncommitted: road.uncommitted(shardId),
  });
  return {
    start: async () => {
      shardIds = options.shardIds ?? [];
      if (options.shardIds?.length === 0) return;
      const information = await gatewayInformation(options.call, options.log, closing.signal);
      const shardCount = options.shardCount === "auto" ? information.shards : options.shardCount;
      shardIds = options.shardIds ?? Array.from({ length: shardCount }, (_, shardId) => shardId);
      await remember(shardIds, sessions, options.checkpoint);
      line.open({ information, starts: startsFor(information, options, closing.signal), shardCount, shardIds });
    },
    committed: sessions.committed,
    status: () => ({
      shards: (shardIds ?? []).map(shardStatus),
      ready: shardIds?.every((shardId) => ready.has(shardId)) === true,
      degraded: line.isDegraded(),
    }),
    close: async () => {
      closing.abort();
      await line.close();
      ready.clear();
    },
  };
}

function startsFor(information: APIGatewayBotInfo, { call, log, clock }: GatewayOptions, closing: AbortSignal) {
  return createSessionStarts({
    limit: information.session_start_limit,
    now: () => clock.now(),
    ask: async () => (await gatewayInformation(call, log, closing)).session_start_limit,
    wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, closing]) }),
    log,
  });
}

async function remember(
  shardIds: readonly number[],
  sessions: Sessions,
  checkpoint: GatewayOptions["checkpoint"],
): Promise<void> {
  for (const shardId of shardIds) {
    const remembered = await checkpoint(shardId);
    if (remembered !== undefined) sessions.remember(remembered);
  }
}

function framesFor(
  options: GatewayOptions,
  sessions: Sessions,
  signal: AbortSignal,
  told: Pick<FrameTools, "ready" | "isReady" | "arrived">,
): FrameTools {
  const { road, clock, metrics, context, interactionReceived, log } = options;
  const tools = { ...options, signal };
  const gaps = createGapCloser(tools);
  const invites = createInviteWatch(tools);
  return {
    ...{ road, clock, metrics, context, interactionReceived, sessions, names: createNames() },
    ...told,
    guildArrived: (shardId, guild) => {
      gaps.guildArrived(shardId, guild);
      void learnOwnStanding(guild, tools);
      invites.guildArrived(guild);
    },
    heard: invites.heard,
    sessionReplaced: (shardId, guildIds, gap) => {
      log.warn({ shardId, from: gap.from, to: gap.to }, "a gateway session was lost: events are missing");
      metrics.count("gateway_gaps");
      gaps.opened(guildIds, gap);
    },
  };
}
