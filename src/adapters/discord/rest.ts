import { AsyncLocalStorage } from "node:async_hooks";
import { setMaxListeners } from "node:events";
import {
  DefaultRestOptions,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type RateLimitData,
  REST,
  type RESTOptions,
} from "@discordjs/rest";
import type { Log, Metrics } from "#core";
import { createInvalidRequests } from "./invalid-requests.ts";

export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
  /** What it shows, for whoever does not see it. */
  readonly about?: string;
}

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly route: `/${string}`;
  readonly body?: unknown;
  readonly files?: readonly SentFile[] | undefined;
  readonly query?: Readonly<Record<string, string>>;
  readonly reason?: string;
  /** Interaction endpoints are authorised by the token in their path. */
  readonly anonymous?: boolean;
  readonly signal: AbortSignal;
}

/** One request, once. Throws DiscordAPIError, HTTPError, RateLimitError or RequestLost. */
export type Caller = <T>(call: Call) => Promise<T>;

/** No answer came. `sent` tells whether the request may have reached Discord. */
export class RequestLost extends Error {
  readonly sent: boolean;

  constructor(sent: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message : "the request got no answer", { cause });
    this.name = "RequestLost";
    this.sent = sent;
  }
}

export interface Rest {
  readonly call: Caller;
  /** Aborted by `close`. */
  readonly closing: AbortSignal;
  /** Aborts what is under way; nothing may be called afterwards. */
  close(): void;
}

/** What Discord allows a bot, over all routes and processes; interaction endpoints are exempt. */
export const REQUESTS_PER_SECOND = 50;
/** The library counts fifty requests a second for the whole bot; the next second's fifty are never further away than this. */
const NEXT_SECOND = 1_100;
/** An order's deadline; the caller's signal usually comes first. */
const ANSWER_WITHIN = 15_000;
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

export interface RestOptions {
  readonly token: string;
  /** Absent: where Discord's own library points to. */
  readonly apiUrl?: string;
  readonly requestsPerSecond?: number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Discord's own client for its routes and rate-limit buckets, told to keep nothing back: no retries, no waiting for a
 * bucket. Whether and when to try again is the outbox's decision, since only it remembers. The one exception is the bot's
 * own pace: a hand that waits out the second holds its place in line, where one that was sent back would only lease again.
 */
export function createRest(options: RestOptions): Rest {
  const closing = new AbortController();
  // As many requests as there are hands listen to it at a time, and each stops listening: no leak to be warned of.
  setMaxListeners(0, closing.signal);
  const passage = new AsyncLocalStorage<{ sent: boolean }>();
  const countInvalid = createInvalidRequests(options);
  const heard = (status: number, scope: string | null) => {
    options.metrics.count("discord_requests", { status: String(status) });
    countInvalid(status, scope, Date.now());
  };
  const library = new REST({
    api: (options.apiUrl ?? DefaultRestOptions.api).replace(/\/+$/, ""),
    retries: 0,
    globalRequestsPerSecond: options.requestsPerSecond ?? REQUESTS_PER_SECOND,
    timeout: ANSWER_WITHIN,
    rejectOnRateLimit: (limit) => passage.getStore()?.sent === true || !isOwnPace(limit),
    makeRequest: (url, init) => exchange(url, init, passage.getStore(), heard),
  }).setToken(options.token);
  const call: Caller = <T>(wanted: Call) => {
    const passed = { sent: false };
    const ended = eitherOf(wanted.signal, closing.signal);
    return passage.run(passed, () => asked<T>(library, wanted, ended.signal, passed)).finally(ended.release);
  };
  return { call, closing: closing.signal, close: () => closeRest(library, closing) };
}

/** Nothing was sent yet, and the library itself holds it back for the rest of a second. */
function isOwnPace({ global, timeToReset }: RateLimitData): boolean {
  return global && timeToReset <= NEXT_SECOND;
}

/** `AbortSignal.any` on Node 20 keeps a kilobyte for every request as long as the longer-lived signal lives. */
export function eitherOf(...signals: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  }
  const release = () => {
    for (const signal of signals) signal.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, release };
}

function closeRest(library: REST, closing: AbortController): void {
  closing.abort();
  library.clearHashSweeper();
  library.clearHandlerSweeper();
}

/** Marks the moment of sending, and empties answers nobody reads, which would otherwise hold their connection. */
async function exchange(
  url: string,
  init: Parameters<RESTOptions["makeRequest"]>[1],
  passed: { sent: boolean } | undefined,
  heard: (status: number, scope: string | null) => void,
): ReturnType<RESTOptions["makeRequest"]> {
  init.signal?.throwIfAborted();
  if (passed !== undefined) passed.sent = true;
  const response = await DefaultRestOptions.makeRequest(url, init);
  heard(response.status, response.headers.get("x-ratelimit-scope"));
  if (response.status === 429 || response.status >= 500) await response.arrayBuffer().catch(() => undefined);
  return response;
}

async function asked<T>(library: REST, wanted: Call, signal: AbortSignal, passed: { sent: boolean }): Promise<T> {
  const { method, route, body, files, query, reason, anonymous } = wanted;
  try {
    const answer = await library.request({
      method: method as never,
      fullRoute: route,
      signal,
      auth: anonymous !== true,
      ...(body !== undefined && { body }),
      ...(files !== undefined && { files: [...files] }),
      ...(query !== undefined && { query: new URLSearchParams(query) }),
      ...(reason !== undefined && { reason }),
    });
    return answer as T;
  } catch (error) {
    if (error instanceof DiscordAPIError || error instanceof HTTPError || error instanceof RateLimitError) throw error;
    throw new RequestLost(passed.sent && !neverConnected(error), error);
  }
}

function neverConnected(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code === "string" && NEVER_CONNECTED.has(code)) return true;
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(neverConnected);
}
