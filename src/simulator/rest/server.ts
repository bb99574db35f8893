import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { KEPT_LINES } from "../limits.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { readBody, type ReadBody } from "./body.ts";
import type { Fault, Faults } from "./faults.ts";
import type { RateLimits } from "./rate-limits.ts";
import { readReason } from "./reason.ts";
import { callOf, type Reply, type Route } from "./route.ts";

/** One REST request as it was answered. `status` 0: it never was. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The route's template, or "unknown". */
  readonly route: string;
  readonly at: number;
  readonly body: unknown;
  readonly reason: string | undefined;
  status: number;
}

export interface RestOptions {
  readonly world: World;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly limits: RateLimits;
  readonly faults: Faults;
}

export interface Rest {
  readonly server: Server;
  readonly requests: RequestRecord[];
  readonly unknownRoutes: Map<string, number>;
  /** Mistakes of the simulator's own: answered with 500, and never expected. */
  readonly failures: unknown[];
  /** Hear of every request the moment its head is read, before anything is done with it: what benches measure. */
  readonly arrivals: Set<(method: string, path: string) => void>;
}

export function createRest(options: RestOptions): Rest {
  const rest: Rest = {
    server: createServer(),
    requests: [],
    unknownRoutes: new Map(),
    failures: [],
    arrivals: new Set(),
  };
  rest.server.on("request", (request, response) => {
    const path = pathOf(request);
    for (const heard of rest.arrivals) heard(request.method ?? "GET", path);
    answer(rest, options, request, response).catch((error: unknown) => {
      rest.failures.push(error);
      respond(response, { status: 500, body: { code: 0, message: "500: Internal Server Error" } }, {});
    });
  });
  return rest;
}

function pathOf(request: IncomingMessage): string {
  const { pathname } = new URL(request.url ?? "/", "http://simulator");
  return pathname.replace(/^\/api(\/v\d+)?(?=\/)/, "");
}

interface Found {
  readonly route: Route;
  readonly parts: Readonly<Record<string, string>>;
}

function find(routes: readonly Route[], method: string, path: string): Found | undefined {
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match !== null) return { route, parts: { ...match.groups } };
  }
  return undefined;
}

async function answer(
  rest: Rest,
  options: RestOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const path = pathOf(request);
  const found = find(options.routes, method, path);
  const read = await readBody(request).catch((error: unknown) => error);
  const record = recordOf(options.world, request, path, found, read);
  rest.requests.push(record);
  if (rest.requests.length > KEPT_LINES) rest.requests.shift();
  const send = (reply: Reply, headers: Readonly<Record<string, string>> = {}): void => {
    record.status = reply.status;
    respond(response, reply, headers);
  };
  if (found === undefined) return send(countUnknown(rest, method, path));
  if (!isRead(read)) return send(refusalReply(read));
  if (!found.route.anonymous && header(request, "authorization") !== `Bot ${options.token}`)
    return send({ status: 401, body: { code: 0, message: "401: Unauthorized" } });
  await carryOut(options, found, { method, path, request, response, read }, send);
}

function recordOf(
  world: World,
  request: IncomingMessage,
  path: string,
  found: Found | undefined,
  read: unknown,
): RequestRecord {
  return {
    method: request.method ?? "GET",
    path,
    route: found?.route.template ?? "unknown",
    at: world.clock.now(),
    body: isRead(read) ? read.body : undefined,
    reason: header(request, "x-audit-log-reason"),
    status: 0,
  };
}

function countUnknown(rest: Rest, method: string, path: string): Reply {
  const name = `${method} ${path.replace(/\d{5,}/g, ":id")}`;
  rest.unknownRoutes.set(name, (rest.unknownRoutes.get(name) ?? 0) + 1);
  return { status: 501, body: { code: 0, message: `The simulator does not know ${name}` } };
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly read: ReadBody;
}

/** Faults stand where the network would break: before the limits, and again behind the change. */
async function carryOut(
  options: RestOptions,
  found: Found,
  incoming: Incoming,
  send: (reply: Reply, headers?: Readonly<Record<string, string>>) => void,
): Promise<void> {
  const fault = options.faults.take(incoming.method, found.route.template, incoming.path);
  const instead = fault === undefined ? undefined : faultReply(fault);
  if (instead !== undefined) return send(instead.reply, instead.headers);
  if (fault?.kind === "cut-before") return void incoming.request.socket.destroy();
  if (fault?.kind === "slow" || fault?.kind === "late") await pause(fault.ms ?? 100);
  const allowance = options.limits.take(found.route, found.parts);
  if (allowance.retryAfter !== undefined)
    return send(tooMany(allowance.retryAfter, allowance.global), {
      ...allowance.headers,
      "retry-after": String(Math.ceil(allowance.retryAfter)),
    });
  const reply = perform(options.world, found, incoming);
  if (fault?.kind === "500-after") return send(FAILED);
  if (fault?.kind === "cut-after" || fault?.kind === "late") return void incoming.request.socket.destroy();
  send(reply, allowance.headers);
}

function perform(world: World, { route, parts }: Found, { request, read }: Incoming): Reply {
  try {
    const reason = readReason(header(request, "x-audit-log-reason"));
    const query = new URL(request.url ?? "/", "http://simulator").searchParams;
    const actor = { userId: world.botId, reason };
    return route.handler(callOf(parts, { world, query, body: read.body, files: read.files, actor }));
  } catch (error) {
    return refusalReply(error);
  }
}

function faultReply(fault: Fault): { reply: Reply; headers: Record<string, string> } | undefined {
  const seconds = (fault.ms ?? 500) / 1_000;
  const again = { "retry-after": String(Math.ceil(seconds)), "x-ratelimit-reset-after": String(seconds) };
  switch (fault.kind) {
    case "429":
    case "user-429": {
      const scope = fault.kind === "429" ? "shared" : "user";
      return { reply: tooMany(seconds, false), headers: { ...again, "x-ratelimit-scope": scope } };
    }
    case "global-429":
      return {
        reply: tooMany(seconds, true),
        headers: { ...again, "x-ratelimit-scope": "global", "x-ratelimit-global": "true" },
      };
    case "500":
      return { reply: FAILED, headers: {} };
    case "502":
      return { reply: { status: 502, body: { code: 0, message: "502: Bad Gateway" } }, headers: {} };
    default:
      return undefined;
  }
}

const FAILED: Reply = { status: 500, body: { code: 0, message: "500: Internal Server Error" } };

const tooMany = (retryAfter: number, global: boolean): Reply => ({
  status: 429,
  body: { message: "You are being rate limited.", retry_after: retryAfter, global },
});

function refusalReply(error: unknown): Reply {
  if (!(error instanceof Refusal)) throw error;
  const { status, discordCode, message, errors } = error;
  return { status, body: { message, code: discordCode, ...(errors === undefined ? {} : { errors }) } };
}

function respond(response: ServerResponse, reply: Reply, headers: Readonly<Record<string, string>>): void {
  if (response.destroyed) return;
  if (reply.file !== undefined) {
    response.writeHead(reply.status, { ...headers, "content-type": reply.file.contentType });
    response.end(reply.file.bytes);
    return;
  }
  response.writeHead(reply.status, {
    ...headers,
    ...(reply.body === undefined ? {} : { "content-type": "application/json" }),
  });
  response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const isRead = (value: unknown): value is ReadBody => typeof value === "object" && value !== null && "files" in value;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
