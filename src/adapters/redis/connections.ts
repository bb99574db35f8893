import { Redis, type RedisOptions } from "ioredis";
import type { Log } from "#core";

/** All connections of one queue: opened here, watched here, and gone after `closeAll`, whatever state they are in. */
export interface Connections {
  open(options: Pick<RedisOptions, "enableOfflineQueue" | "maxRetriesPerRequest" | "commandTimeout">): Redis;
  /** Says a trouble once, until Redis is back or something else is wrong. */
  note(error: unknown): void;
  /** Whether Redis hears any of them. */
  isHeard(): boolean;
  /** From now on a lost connection is no trouble. */
  expectClose(): void;
  closeAll(): Promise<void>;
}

export function connectionsTo(url: string, log: Log): Connections {
  const clients = new Set<Redis>();
  const said = new Set<string>();
  let isClosing = false;

  const note = (error: unknown): void => {
    const what = nameOf(error);
    const key = isConnectionTrouble(what) ? "away" : what;
    if (isClosing || said.has(key)) return;
    said.add(key);
    // The address is not part of the line: it may hold a password.
    log.warn({ error: what }, "redis: trouble; work waits in the database until it is back");
  };
  const back = (): void => {
    const areAllBack = [...clients].every((client) => client.status === "ready");
    if (isClosing || said.size === 0 || !areAllBack) return;
    said.clear();
    log.info({}, "redis: back");
  };
  const watched = <R extends Redis>(client: R): R => {
    clients.add(client);
    client.on("error", note);
    // A connection the other side ended politely ends without an error.
    client.on("close", () => note("connection lost"));
    client.on("ready", back);
    // BullMQ makes a second connection for blocking reads out of the first one; that one is ours to close, too.
    const copy = client.duplicate.bind(client);
    client.duplicate = (override) => watched(copy(override));
    return client;
  };

  return {
    open: (options) => watched(new Redis(url, { retryStrategy: pause, disconnectTimeout: 100, ...options })),
    note,
    isHeard: () => [...clients].some((client) => client.status === "ready"),
    expectClose: () => {
      isClosing = true;
    },
    closeAll: async () => {
      await Promise.all([...clients].map(ended));
    },
  };
}

async function ended(client: Redis): Promise<void> {
  if (client.status === "end") return;
  const end = new Promise<void>((resolve) => client.once("end", () => resolve()));
  // A client between two tries only forgets the next one when told to disconnect, and leaves its commands open for ever:
  // it has to be trying to give them up.
  if (client.status === "reconnecting") client.connect().catch(() => undefined);
  client.disconnect();
  await end;
}

/** Milliseconds before the next try: soon at first, every five seconds in the end. */
function pause(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 7), 5_000);
}

function isConnectionTrouble(what: string): boolean {
  return /^E[A-Z]+$|connection|max retries|offline|timed out/i.test(what);
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return code ?? error.message;
}
