import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfigurationError, type Clock, type Log } from "#core";
import { createControl, type Control } from "./control/control.ts";
import type { Hub } from "./gateway/hub.ts";
import type { PrivilegedIntent } from "./gateway/intents.ts";
import { createHub } from "./gateway/server.ts";
import type { GatewayFacts } from "./rest/applications.ts";
import { createFaults } from "./rest/faults.ts";
import { createRateLimits, unlimited } from "./rest/rate-limits.ts";
import { allRoutes } from "./rest/routes.ts";
import { createRest } from "./rest/server.ts";
import { realClock } from "./world/clock.ts";
import { createWorld } from "./world/create.ts";

export interface SimulatorOptions {
  /** 0, and so any free one, unless said. */
  readonly port?: number;
  /** Tokens, session ids and the demo's choices follow from it. */
  readonly seed?: number;
  /** The world's time; `manualClock()` for one that stands still. */
  readonly clock?: Clock;
  readonly token?: string;
  readonly applicationId?: string;
  /** How many frames a session keeps for RESUME; Discord's old rule unless said. */
  readonly replayBuffer?: number;
  readonly heartbeatIntervalMs?: number;
  /** How many shards /gateway/bot recommends. */
  readonly shards?: number;
  /** "off" for benches that measure something else. */
  readonly rateLimits?: "on" | "off";
  readonly log?: Log;
}

export interface Simulator {
  /** What a client takes as its API's base; versioned routes are under `/v10`. */
  readonly apiUrl: string;
  readonly gatewayUrl: string;
  readonly token: string;
  readonly control: Control;
  close(): Promise<void>;
}

/** A local Discord on 127.0.0.1: gateway and REST on one port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld({
    clock: options.clock ?? realClock,
    seed: options.seed ?? 1,
    applicationId: options.applicationId,
  });
  const token =
    options.token ??
    `${Buffer.from(world.botId).toString("base64url")}.${world.ids.secret("token", "bot").slice(0, 38)}`;
  const { replayBuffer, heartbeatIntervalMs } = options;
  const hub = createHub(world, { token, replayBuffer, heartbeatIntervalMs });
  const faults = createFaults();
  const routes = allRoutes(gatewayFacts(hub, options.shards ?? 1));
  const limits = options.rateLimits === "off" ? unlimited : createRateLimits();
  const rest = createRest({ world, token, routes, limits, faults });
  rest.server.on("upgrade", hub.upgrade);
  const port = await listen(rest.server, options.port ?? 0);
  world.baseUrl = `http://127.0.0.1:${port}`;
  hub.url = `ws://127.0.0.1:${port}`;
  options.log?.info({ port }, "the simulator listens");
  return {
    apiUrl: `${world.baseUrl}/api`,
    gatewayUrl: hub.url,
    token,
    control: createControl({ world, hub, rest, faults }),
    async close() {
      await hub.close();
      rest.server.closeAllConnections();
      await new Promise<void>((resolve) => rest.server.close(() => resolve()));
    },
  };
}

function gatewayFacts(hub: Hub, shards: number): GatewayFacts {
  const isAllowed = (intent: PrivilegedIntent): boolean => !hub.expected.disallowed.has(intent);
  return {
    url: () => hub.url,
    identifiesLeft: () => hub.identifiesLeft,
    shards: () => shards,
    allowed: () => ({
      content: isAllowed("content"),
      members: isAllowed("members"),
      presences: isAllowed("presences"),
    }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(new ConfigurationError(`The simulator cannot listen on port ${port}`, { cause })),
    );
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

export { createDemoGuild, foundDemoGuild, raid, spamWave, tellDemoHistory, type DemoGuild } from "./demo.ts";
export type { FloodOptions, FloodResult, FloodTiming } from "./flood.ts";
export { manualClock, type ManualClock } from "./world/clock.ts";
export type { Change } from "./world/changes.ts";
export type { Control } from "./control/control.ts";
export type { InteractionView } from "./control/commanding.ts";
export type { Fault, FaultKind } from "./rest/faults.ts";
export type { RequestRecord } from "./rest/server.ts";
export type { GuildDraft } from "./world/guilds.ts";
