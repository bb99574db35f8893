import { setTimeout as sleep } from "node:timers/promises";
import { type APIGatewayBotInfo, GatewayCloseCodes, Routes } from "discord-api-types/v10";
import {
  type Checkpoint,
  type Clock,
  ConfigurationError,
  type GuildhallError,
  type Log,
  type Metrics,
  type Road,
} from "#core";
import { refusedToken } from "../identity.ts";
import { INTENTS, INTENTS_WITHOUT_CONTENT } from "../intents.ts";
import type { IntakeContext } from "../normalise/index.ts";
import type { Raw } from "../normalise/raw.ts";
import { isTokenRefused } from "../outcome.ts";
import { patiently } from "../patience.ts";
import type { Caller } from "../rest.ts";
import type { FrameTools, Gap } from "./frames.ts";
import { fillMessages, gapEvent } from "./gap.ts";
import { createPressure } from "./pressure.ts";
import { createSessions, type RememberedSession } from "./sessions.ts";
import { createShards, type ShardSet } from "./shards.ts";

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

/** Of the second that closing may take as a whole. */
const LEAVE_WITHIN = 700;

export function createGateway(options: GatewayOptions): Gateway {
  const sessions = createSessions();
  const closing = new AbortController();
  const ready = new Set<number>();
  const gaps = new Map<string, Gap>();
  let shardIds: readonly number[] = [];
  let shards: ShardSet | undefined;
  let degraded = false;
  const pressure = createPressure({
    road: options.road,
    metrics: options.metrics,
    guilds: sessions.guilds,
    pause: (shardId) => shards?.valve(shardId)?.pause(),
    resume: (shardId) => shards?.valve(shardId)?.resume(),
  });
  const frames: FrameTools = {
    ...{ road: options.road, clock: options.clock, metrics: options.metrics, context: options.context, sessions },
    interactionReceived: options.interactionReceived,
    sessionReplaced: (shardId, guildIds, gap) => {
      options.log.warn({ shardId, from: gap.from, to: gap.to }, "a gateway session was lost: events are missing");
      options.metrics.count("gateway_gaps");
      for (const guildId of guildIds) gaps.set(guildId, gap);
    },
    guildArrived: (_shardId, guild) => closeGap(guild, gaps, { ...options, signal: closing.signal }),
    ready: (shardId) => ready.add(shardId),
    arrived: pressure.check,
  };

  const open = (information: APIGatewayBotInfo, shardCount: number, intents: number) => {
    const closed = (shardId: number, code: number) => {
      if (closing.signal.aborted || intents !== currentIntents()) return;
      ready.delete(shardId);
      if (code === Number(GatewayCloseCodes.InvalidSeq)) sessions.lost(shardId);
      if (code === Number(GatewayCloseCodes.DisallowedIntents) && !degraded) return degrade(information, shardCount);
      const error = fatalClose(code);
      if (error !== undefined) options.fatal(error);
    };
    shards = createShards({ ...options, intents, shardCount, shardIds, information, frames, closed });
    shards.connect();
  };
  const currentIntents = () => (degraded ? INTENTS_WITHOUT_CONTENT : INTENTS);
  const degrade = (information: APIGatewayBotInfo, shardCount: number) => {
    degraded = true;
    options.log.warn(
      {},
      "Discord does not grant the message content intent: going on without members' texts; switch it on in the developer portal",
    );
    const before = shards;
    open(information, shardCount, INTENTS_WITHOUT_CONTENT);
    void before?.retire(LEAVE_WITHIN);
  };

  return {
    start: async () => {
      const information = await gatewayInformation(options, closing.signal);
      const shardCount = options.shardCount === "auto" ? information.shards : options.shardCount;
      shardIds = options.shardIds ?? Array.from({ length: shardCount }, (_, shardId) => shardId);
      for (const shardId of shardIds) {
        const remembered = await options.checkpoint(shardId);
        if (remembered !== undefined) sessions.remember(remembered);
      }
      const toIdentify = shardIds.filter((id) => sessions.forResume(id, shardCount, INTENTS) === null).length;
      const allowed = waitForSessionStarts(information, toIdentify, options.log, closing.signal);
      void allowed.then(() => closing.signal.aborted || open(information, shardCount, INTENTS));
    },
    committed: sessions.committed,
    status: () => ({
      shards: shardIds.map((shardId) => ({
        shardId,
        ready: ready.has(shardId),
        stopped: pressure.isStopped(shardId),
        uncommitted: options.road.uncommitted(shardId),
      })),
      ready: shardIds.length > 0 && shardIds.every((shardId) => ready.has(shardId)),
      degraded,
    }),
    close: async () => {
      closing.abort();
      await shards?.retire(LEAVE_WITHIN);
      ready.clear();
    },
  };
}

async function gatewayInformation(options: GatewayOptions, signal: AbortSignal): Promise<APIGatewayBotInfo> {
  try {
    return await patiently(
      () => options.call<APIGatewayBotInfo>({ method: "GET", route: Routes.gatewayBot(), signal }),
      signal,
      (error, pause) => options.log.warn({ error: String(error), pause }, "Discord cannot be reached yet"),
    );
  } catch (error) {
    throw isTokenRefused(error) ? refusedToken(error) : error;
  }
}

/** Discord resets the token of a bot that identifies more than a thousand times a day: a crash loop must end in waiting. */
async function waitForSessionStarts(information: APIGatewayBotInfo, needed: number, log: Log, signal: AbortSignal) {
  const { remaining, reset_after: resetAfter } = information.session_start_limit;
  if (remaining >= needed) return;
  log.error({ remaining, needed, resetAfter }, "Discord allows no more new sessions today: waiting until it does");
  await sleep(resetAfter, undefined, { signal, ref: false }).catch(() => undefined);
}

/** The first sight of a guild after a lost session: what is missing is journaled, and what can be had again is fetched. */
function closeGap(guild: Raw, gaps: Map<string, Gap>, tools: GatewayOptions & { readonly signal: AbortSignal }): void {
  const guildId = String(guild["id"]);
  const gap = gaps.get(guildId);
  if (gap === undefined) return;
  gaps.delete(guildId);
  tools.road.arrive({ receivedAt: tools.clock.now(), events: [gapEvent(guildId, gap)] });
  if (gap.from === undefined) return;
  fillMessages(guild, gap.from, tools).catch((error: unknown) => {
    tools.log.error({ guildId, error: String(error) }, "a gap could not be filled");
  });
}

/** Closes after which trying again would only be refused again. */
function fatalClose(code: number): GuildhallError | undefined {
  switch (code as GatewayCloseCodes) {
    case GatewayCloseCodes.AuthenticationFailed:
      return refusedToken(undefined);
    case GatewayCloseCodes.DisallowedIntents:
      return new ConfigurationError(
        "Discord does not grant the server members intent: switch it on in the developer portal",
      );
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return new ConfigurationError(
        `Discord refuses this number of shards (close code ${code}): let it be chosen automatically`,
      );
    case GatewayCloseCodes.InvalidAPIVersion:
    case GatewayCloseCodes.InvalidIntents:
      return new ConfigurationError(
        `Discord no longer speaks this version's protocol (close code ${code}): update Guildhall`,
      );
    default:
      return undefined;
  }
}
