import { GatewayCloseCodes } from "discord-api-types/v10";
import type { IncomingMessage } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { HEARTBEAT_INTERVAL_MS, IDENTIFIES_PER_DAY, replayBufferFor } from "../limits.ts";
import type { World } from "../world/world.ts";
import { acceptConnection } from "./connection.ts";
import { handleFrame } from "./frames.ts";
import { broadcast, type Hub } from "./hub.ts";
import type { Connection } from "./session.ts";
import { plainTransport, zlibTransport } from "./transport.ts";

export interface HubOptions {
  readonly token: string;
  readonly replayBuffer: number | undefined;
  readonly heartbeatIntervalMs: number | undefined;
}

export function createHub(world: World, options: HubOptions): Hub {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const hub: Hub = {
    world,
    expected: { token: options.token, disallowed: new Set() },
    sessions: new Map(),
    connections: new Set(),
    drops: [],
    memberRequests: new Map(),
    counts: { identified: 0, resumed: 0, invalidated: 0, dispatched: 0 },
    url: "",
    identifiesLeft: IDENTIFIES_PER_DAY,
    capacity: () => options.replayBuffer ?? replayBufferFor(world.guilds.size),
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (accepted) => accept(hub, accepted, request, options)),
    close: () => closeHub(hub, server),
  };
  world.send = (dispatched) => broadcast(hub, dispatched);
  return hub;
}

function accept(hub: Hub, socket: WebSocket, request: IncomingMessage, options: HubOptions): void {
  const query = new URL(request.url ?? "/", "http://simulator").searchParams;
  if ((query.get("v") ?? "10") !== "10")
    return socket.close(GatewayCloseCodes.InvalidAPIVersion, "Invalid API version.");
  if ((query.get("encoding") ?? "json") !== "json")
    return socket.close(GatewayCloseCodes.DecodeError, "Only json is spoken here.");
  const compress = query.get("compress");
  if (compress !== null && compress !== "zlib-stream")
    return socket.close(GatewayCloseCodes.DecodeError, "Only zlib-stream compresses here.");
  const transport = compress === null ? plainTransport(socket) : zlibTransport(socket);
  const connection = acceptConnection(socket, request.socket, transport, {
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
    frame: (from, frame) => handleFrame(hub, from, frame),
    closed: (gone, code) => leave(hub, gone, code),
  });
  hub.connections.add(connection);
}

/** 1000 and 1001 say goodbye; any other ending leaves the session to be resumed. */
function leave(hub: Hub, connection: Connection, code: number): void {
  hub.connections.delete(connection);
  const session = connection.session;
  if (session?.connection !== connection) return;
  session.connection = undefined;
  session.detachedAt = hub.world.clock.now();
  if (code === 1000 || code === 1001 || code === GatewayCloseCodes.SessionTimedOut) hub.sessions.delete(session.id);
}

async function closeHub(hub: Hub, server: WebSocketServer): Promise<void> {
  for (const connection of hub.connections) connection.cut();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
