import { GatewayCloseCodes, GatewayOpcodes } from "discord-api-types/v10";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { GATEWAY_PAYLOAD_BYTES, GATEWAY_SENDS, HEARTBEAT_GRACE } from "../limits.ts";
import type { ClientFrame, Connection } from "./session.ts";
import type { Transport } from "./transport.ts";

export interface ConnectionHandlers {
  readonly heartbeatIntervalMs: number;
  frame(connection: Connection, frame: ClientFrame): void;
  closed(connection: Connection, code: number): void;
}

export function acceptConnection(
  socket: WebSocket,
  wire: Duplex,
  transport: Transport,
  handlers: ConnectionHandlers,
): Connection {
  let isFrozen = false;
  const connection: Connection = {
    session: undefined,
    send: (frame) => {
      if (socket.readyState === socket.OPEN && !isFrozen) transport.send(frame);
    },
    sendOperation: (op, data) => connection.send(JSON.stringify({ t: null, s: null, op, d: data })),
    close: (code, reason) => {
      if (isFrozen) socket.terminate();
      else transport.close(code, reason);
    },
    cut: () => socket.terminate(),
    freeze: () => {
      isFrozen = true;
      clearTimeout(beat);
      socket.pause();
    },
    isCongested: transport.isCongested,
    cork: () => wire.cork(),
    uncork: () => wire.uncork(),
  };
  const isWithinBudget = sendBudget();
  let beat = heartbeatDeadline(connection, handlers.heartbeatIntervalMs);
  socket.on("message", (raw) => {
    if (!isWithinBudget()) return connection.close(GatewayCloseCodes.RateLimited, "You are being rate limited.");
    const frame = readFrame(raw);
    if (frame === undefined) return connection.close(GatewayCloseCodes.DecodeError, "Error while decoding payload.");
    if (frame.op === GatewayOpcodes.Heartbeat) {
      clearTimeout(beat);
      beat = heartbeatDeadline(connection, handlers.heartbeatIntervalMs);
      return connection.sendOperation(GatewayOpcodes.HeartbeatAck, null);
    }
    handlers.frame(connection, frame);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", (code) => {
    clearTimeout(beat);
    handlers.closed(connection, code);
  });
  connection.sendOperation(GatewayOpcodes.Hello, { heartbeat_interval: handlers.heartbeatIntervalMs });
  return connection;
}

function heartbeatDeadline(connection: Connection, intervalMs: number): NodeJS.Timeout {
  return setTimeout(
    () => connection.close(GatewayCloseCodes.SessionTimedOut, "Session timed out."),
    intervalMs * HEARTBEAT_GRACE,
  ).unref();
}

function sendBudget(): () => boolean {
  let since = performance.now();
  let count = 0;
  return () => {
    const now = performance.now();
    if (now - since >= GATEWAY_SENDS.windowMs) {
      since = now;
      count = 0;
    }
    count += 1;
    return count <= GATEWAY_SENDS.count;
  };
}

function readFrame(raw: RawData): ClientFrame | undefined {
  const bytes = Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer);
  if (bytes.length > GATEWAY_PAYLOAD_BYTES) return undefined;
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || !("op" in parsed)) return undefined;
    return typeof parsed.op === "number" ? { op: parsed.op, d: "d" in parsed ? parsed.d : undefined } : undefined;
  } catch {
    // Not JSON: the caller closes with Discord's own code for that.
    return undefined;
  }
}
