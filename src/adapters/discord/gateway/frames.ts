import { GatewayOpcodes } from "discord-api-types/v10";
import { type Checkpoint, type Clock, type GuildEvent, isUse, type Metrics, type Road } from "#core";
import { type IntakeContext, normalise } from "../normalise/index.ts";
import { asList, asNumber, asObject, idsOf, isId, type Raw } from "../normalise/raw.ts";
import { gatewayAddress } from "./information.ts";
import type { Names } from "./names.ts";
import type { Sessions } from "./sessions.ts";

export interface FrameTools {
  readonly road: Pick<Road, "arrive">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly sessions: Sessions;
  readonly names: Names;
  readonly context: Omit<IntakeContext, "receivedAt" | "frameId">;
  readonly interactionReceived: (interaction: Raw) => void;
  /** The shard's session is new, and there was one before it. */
  readonly sessionReplaced: (shardId: number, guildIds: readonly string[], gap: Gap) => void;
  readonly guildArrived: (shardId: number, guild: Raw) => void;
  /** Every event, once it is on the road. */
  readonly heard: (event: GuildEvent) => void;
  readonly ready: (shardId: number) => void;
  readonly isReady: (shardId: number) => boolean;
  readonly arrived: (shardId: number) => void;
}

export interface Gap {
  readonly sessionId: string;
  /** Undefined where nobody knows when the last session was last heard of. */
  readonly from: number | undefined;
  readonly to: number;
}

export interface ShardIdentity {
  readonly shardId: number;
  readonly shardCount: number;
  readonly intents: number;
  /** Where a session without an address of its own is resumed. */
  readonly gatewayUrl: string;
}

/** Every frame of a shard passes here first, in order. Answers whether the protocol's keeper needs to see it too. */
export function readFrame(text: string, shard: ShardIdentity, tools: FrameTools): boolean {
  const frame = parsed(text);
  switch (frame?.["op"]) {
    case GatewayOpcodes.Dispatch:
      return dispatch(frame, shard, tools);
    case GatewayOpcodes.Heartbeat:
    case GatewayOpcodes.Reconnect:
    case GatewayOpcodes.HeartbeatAck:
      return true;
    case GatewayOpcodes.InvalidSession:
      if (frame["d"] === false) tools.sessions.lost(shard.shardId);
      return typeof frame["d"] === "boolean" || ignored("malformed", tools);
    case GatewayOpcodes.Hello:
      return asNumber(asObject(frame["d"])?.["heartbeat_interval"]) !== undefined || ignored("malformed", tools);
    default:
      return ignored(frame === undefined ? "malformed" : "unknown", tools);
  }
}

function parsed(text: string): Raw | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function ignored(reason: string, tools: FrameTools): false {
  tools.metrics.count("gateway_frames_ignored", { reason });
  return false;
}

function dispatch(frame: Raw, shard: ShardIdentity, tools: FrameTools): boolean {
  const sequence = frame["s"];
  if (typeof sequence !== "number" || !Number.isSafeInteger(sequence)) return ignored("malformed", tools);
  if (frame["t"] === "READY") return sessionBegun(frame, sequence, shard, tools);
  const receivedAt = tools.clock.now();
  const standing = tools.sessions.take(shard.shardId, sequence, receivedAt);
  const isResumed = frame["t"] === "RESUMED";
  if (isResumed) tools.ready(shard.shardId);
  if (standing === undefined) {
    tools.metrics.count("gateway_frames_replayed");
    return isResumed;
  }
  arrive(frame, standing, receivedAt, tools);
  tools.arrived(shard.shardId);
  return isResumed;
}

function arrive(frame: Raw, standing: Checkpoint, receivedAt: number, tools: FrameTools): void {
  const frameId = `${standing.sessionId}:${standing.sequence}`;
  const isReplayed = !tools.isReady(standing.shardId);
  const { nameOf } = tools.names;
  const said = normalise(frame["t"], frame["d"], { ...tools.context, receivedAt, frameId, isReplayed, nameOf });
  if (said.event === undefined) {
    if (said.ignored !== "nothing") ignored(said.ignored, tools);
    tools.road.arrive({ receivedAt, events: [], frame: standing });
    if (frame["t"] === "INTERACTION_CREATE" && !isReplayed) typing(frame, tools);
  } else {
    tools.names.heard(said.event);
    tools.road.arrive({ receivedAt, events: [said.event], frame: standing });
    noticed(frame, said.event, standing.shardId, tools);
    tools.heard(said.event);
  }
}

const TYPING = 4;

/** No event, for nothing has happened yet; but somebody looks at an empty list. */
function typing(frame: Raw, tools: FrameTools): void {
  const data = asObject(frame["d"]);
  if (data?.["type"] === TYPING) tools.interactionReceived(data);
}

/** What the adapter itself must know of: interactions wait for an acknowledgement, guilds size the replay buffer. */
function noticed(frame: Raw, event: GuildEvent, shardId: number, tools: FrameTools): void {
  const data = asObject(frame["d"]) ?? {};
  const { kind } = event;
  if (isUse(event)) {
    if (event.interaction.expired !== true) tools.interactionReceived(data);
    return;
  }
  const guildId = data["id"];
  if (!isId(guildId)) return;
  if (kind === "guild.left") tools.sessions.left(shardId, guildId);
  if (kind !== "guild.available") return;
  tools.sessions.joined(shardId, guildId);
  tools.guildArrived(shardId, data);
}

function sessionBegun(frame: Raw, sequence: number, shard: ShardIdentity, tools: FrameTools): boolean {
  const data = asObject(frame["d"]);
  const sessionId = data?.["session_id"];
  if (typeof sessionId !== "string") return ignored("malformed", tools);
  const receivedAt = tools.clock.now();
  const { shardId, shardCount, intents } = shard;
  const resumeUrl = gatewayAddress(data?.["resume_gateway_url"]) ?? shard.gatewayUrl;
  const standing = { shardId, shardCount, intents, sessionId, resumeUrl, sequence };
  const guildIds = idsOf(asList(data?.["guilds"]));
  const before = tools.sessions.begin(standing, guildIds, receivedAt);
  if (before !== undefined) tools.sessionReplaced(shardId, guildIds, { sessionId, from: before.since, to: receivedAt });
  tools.road.arrive({ receivedAt, events: [], frame: standing });
  tools.ready(shardId);
  return true;
}
