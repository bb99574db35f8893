import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export const BOT = "700000000000000001";
export const GUILD = "700000000000000002";
export const CHANNEL = "700000000000000003";
export const OWNER = "700000000000000004";
export const WREN = "700000000000000005";
const ROLE = "700000000000000006";
const ALL_BUT_ADMINISTRATOR = ((1n << 50n) - 1n - 8n).toString();
const EPOCH = 1_420_070_400_000n;

export interface Asked {
  readonly method: string;
  /** Below the base, which no client can guess. */
  readonly path: string;
  readonly body: unknown;
}

export interface BareDiscord {
  readonly apiUrl: string;
  readonly asked: readonly Asked[];
  /** Somebody writes; returns the message's id. */
  say(userId: string, text: string): string;
  /** A moderator uses a command; returns the interaction's id. */
  use(data: object): string;
  cut(): void;
  close(): Promise<void>;
}

/**
 * A server that speaks Discord's protocol and shares nothing with the simulator: its own base path, REST and gateway on two
 * ports, only fields that have to be there, no header about limits, no audit log, and 404 for whatever it does not know.
 */
export async function startBareDiscord(): Promise<BareDiscord> {
  const asked: Asked[] = [];
  const gateway = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/line" });
  await new Promise((resolve) => gateway.once("listening", resolve));
  const state = { sequence: 0, sessions: 0 };
  const sockets = new Set<WebSocket>();
  gateway.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    greet(socket, state);
  });
  const rest = await listening((path) => answerTo(path, (gateway.address() as AddressInfo).port), asked);
  const dispatch = (t: string, d: object): void => {
    for (const socket of sockets) send(socket, { op: 0, t, s: ++state.sequence, d });
  };
  return {
    apiUrl: `http://127.0.0.1:${(rest.address() as AddressInfo).port}${BASE}`,
    asked,
    say: (userId, text) => {
      const id = snowflake();
      const author = { id: userId, username: `user-${userId.slice(-1)}` };
      dispatch("MESSAGE_CREATE", { id, channel_id: CHANNEL, guild_id: GUILD, author, content: text });
      return id;
    },
    use: (data) => {
      const id = snowflake();
      const member = { user: { id: OWNER, username: "owner" }, roles: [], permissions: "8" };
      const place = { channel_id: CHANNEL, guild_id: GUILD };
      dispatch("INTERACTION_CREATE", { id, application_id: BOT, type: 2, token: "once", ...place, member, data });
      return id;
    },
    cut: () => sockets.forEach((socket) => socket.terminate()),
    close: async () => {
      for (const socket of sockets) socket.terminate();
      rest.closeAllConnections();
      await Promise.all([rest, gateway].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

const BASE = "/somewhere/api/v10";
let made = 0n;
const snowflake = (): string => (((BigInt(Date.now()) - EPOCH) << 22n) + ++made).toString();
const send = (socket: WebSocket, frame: object): void => socket.send(JSON.stringify(frame));

interface State {
  sequence: number;
  sessions: number;
}

/** Nothing is kept: whoever comes back to a session has missed nothing. */
function greet(socket: WebSocket, state: State): void {
  send(socket, { op: 10, d: { heartbeat_interval: 30_000 } });
  socket.on("message", (raw: Buffer) => {
    const { op } = JSON.parse(raw.toString()) as { op: number };
    if (op === 1) send(socket, { op: 11 });
    if (op === 6) send(socket, { op: 0, t: "RESUMED", s: ++state.sequence });
    if (op !== 2) return;
    state.sessions += 1;
    const guilds = [{ id: GUILD, unavailable: true }];
    const session = { v: 10, user: { id: BOT, username: "hall" }, session_id: `session-${state.sessions}`, guilds };
    send(socket, { op: 0, t: "READY", s: ++state.sequence, d: session });
    send(socket, { op: 0, t: "GUILD_CREATE", s: ++state.sequence, d: GUILD_SENT });
  });
}

const GUILD_SENT = {
  ...{ id: GUILD, name: "Elsewhere", owner_id: OWNER, channels: [{ id: CHANNEL, type: 0, name: "hall" }] },
  roles: [
    { id: GUILD, name: "@everyone", position: 0, permissions: "1024" },
    { id: ROLE, name: "hall", position: 5, permissions: ALL_BUT_ADMINISTRATOR },
  ],
};

/** By method and path; undefined where there is no such thing. */
function answerTo(asked: string, gatewayPort: number): unknown {
  if (asked === "GET /gateway/bot") return { url: `ws://127.0.0.1:${gatewayPort}/line?encoding=json&v=10` };
  if (asked === "GET /users/@me") return { id: BOT, username: "hall" };
  if (asked === "GET /oauth2/applications/@me") return { id: BOT };
  if (asked === `GET /guilds/${GUILD}/members/${BOT}`) return { user: { id: BOT }, roles: [ROLE] };
  if (/^GET \/applications\/\d+\/commands$/.test(asked)) return [];
  if (/^PUT \/applications\/\d+\/commands$/.test(asked)) return [];
  if (/^GET \/channels\/\d+\/messages$/.test(asked)) return [];
  if (/^(DELETE \/channels\/\d+\/messages|PATCH \/guilds\/\d+\/members)\/\d+$/.test(asked)) return NOTHING;
  return /^POST \/interactions\/\d+\/once\/callback$/.test(asked) ? NOTHING : undefined;
}

const NOTHING = Symbol("204");

async function listening(answer: (asked: string) => unknown, asked: Asked[]): Promise<Server> {
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { pathname } = new URL(request.url ?? "/", "http://bare");
      const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : `outside of the base: ${pathname}`;
      const method = request.method ?? "GET";
      asked.push({ method, path, body });
      const said = answer(`${method} ${path}`);
      if (said === NOTHING) return response.writeHead(204).end();
      response.writeHead(said === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(said ?? { code: 0, message: "404: Not Found" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString()) as unknown);
}
