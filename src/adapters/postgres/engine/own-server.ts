import { chmodSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { ConfigurationError } from "#core";
import { waitForFolder } from "./folder-lock.ts";
import { initialise } from "./own-server-make.ts";
import {
  isFull,
  readConnection,
  serverFailure,
  writeConnection,
  type Connection,
  type Place,
} from "./own-server-place.ts";
import { type Attached, watchOver } from "./own-server-watch.ts";
import { codeOf } from "./pool.ts";
import { commandOf, isAlive, runProgram } from "./processes.ts";

/** Held shared by every process that uses the server: who can have it alone is the last one. */
const PRESENCE = 72_707_370;
const PATIENCE_MS = 60_000;

/** Nothing that durability rests on is changed; the log stays silent about statements, which hold members' words. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=60",
  "shared_buffers=64MB",
  "wal_level=minimal",
  "max_wal_senders=0",
  "wal_compression=on",
  "jit=off",
  "log_min_messages=fatal",
  "log_min_error_statement=panic",
];

export interface OwnServer {
  readonly connection: Connection;
  /** Leaves the server; the last one out stops it. */
  leave(): Promise<void>;
}

/**
 * Finds the server running, left running by a process that was killed, or starts it; and says that we are there. Should it
 * go away, it is started again: `onMoved` is told where it is then.
 */
export async function openOwnServer(place: Place, onMoved: (to: Connection) => void): Promise<OwnServer> {
  await mkdir(place.root, { recursive: true });
  // Whatever the umask: the server's account must come through, and what is ours in there has modes of its own.
  if (place.account !== undefined) chmodSync(place.root, 0o711);
  const found = await alone(place, async () => {
    await initialise(place);
    return raise(place);
  });
  const watch = watchOver(found, { raise: () => alone(place, () => raise(place)), onMoved, log: place.log });
  return {
    connection: found.to,
    async leave() {
      const presence = await watch.end();
      if (presence !== undefined) await leave(place, presence);
    },
  };
}

async function raise(place: Place): Promise<Attached> {
  const running = await attach(place);
  if (running !== undefined) return running;
  await clearStalePid(place);
  return start(place);
}

async function alone<T>(place: Place, task: () => Promise<T>): Promise<T> {
  const lock = await waitForFolder(join(place.root, "starting.lock"), PATIENCE_MS);
  if (!lock.held) throw new ConfigurationError(`${place.root} (GUILDHALL_DATA) is being opened by process ${lock.by}`);
  try {
    return await task();
  } finally {
    await lock.release();
  }
}

/** Connects to the server that this folder's postmaster.pid names, and waits while it still recovers. */
async function attach(place: Place): Promise<Attached | undefined> {
  const pidFile = await readFile(join(place.data, "postmaster.pid"), "utf8").catch(() => undefined);
  const pid = Number(pidFile?.split("\n", 1)[0]);
  if (pidFile === undefined || !isAlive(pid)) return undefined;
  const to = await readConnection(place);
  for (let waited = 0; waited < PATIENCE_MS && isAlive(pid); waited += 50) {
    try {
      return { to, presence: await present(to) };
    } catch (error) {
      const isNotYet = ["57P03", "57P01"].includes(codeOf(error));
      if (!isNotYet) return undefined;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  return undefined;
}

async function present(to: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...to, application_name: "guildhall presence", keepAlive: true });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [PRESENCE]);
  return client;
}

/** A pid file whose number now belongs to somebody else would keep Postgres from starting; a server that does not answer is stopped. */
async function clearStalePid(place: Place): Promise<void> {
  const path = join(place.data, "postmaster.pid");
  const pidFile = await readFile(path, "utf8").catch(() => undefined);
  const pid = Number(pidFile?.split("\n", 1)[0]);
  if (pidFile === undefined || !isAlive(pid)) return;
  const command = commandOf(pid);
  if (command !== undefined && !command.includes(place.data)) return rm(path, { force: true });
  await runProgram(place.binaries.pgCtl, ["-D", place.data, "-m", "immediate", "-w", "stop"], place);
}

/**
 * Where it was before, if nobody else is there now. Another program may take the port in between, and children of a killed
 * server take a moment to go: so it is tried again.
 */
async function start(place: Place): Promise<Attached> {
  let output = "";
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await readConnection(place);
    const to = { ...before, port: await freePort(attempt < 3 ? before.port : 0) };
    await writeConnection(place, to);
    const options = [`port=${to.port}`, ...SETTINGS].map((setting) => `-c ${setting}`).join(" ");
    const log = join(place.data, "server.log");
    const args = ["-D", place.data, "-l", log, "-w", "-t", "60", "-o", options, "start"];
    const ran = await runProgram(place.binaries.pgCtl, args, place);
    if (ran.code === 0) return { to, presence: await present(to) };
    output = `${ran.output}\n${await readFile(log, "utf8").catch(() => "")}`;
    if (isFull(output)) break;
    await new Promise((next) => setTimeout(next, 200 * (attempt + 1)));
  }
  throw serverFailure("does not start", output);
}

async function leave(place: Place, presence: pg.Client): Promise<void> {
  await alone(place, async () => {
    try {
      await presence.query("select pg_advisory_unlock_shared($1)", [PRESENCE]);
      const { rows } = await presence.query<{ last: boolean }>("select pg_try_advisory_lock($1) as last", [PRESENCE]);
      await presence.end();
      if (rows[0]?.last !== true) return;
    } catch (error) {
      place.log.warn({ code: codeOf(error) }, "our Postgres server was gone before we left it");
      return;
    }
    await runProgram(place.binaries.pgCtl, ["-D", place.data, "-m", "fast", "-w", "-t", "60", "stop"], place);
  });
}

/** The wanted one, if it is free; else any. */
function freePort(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.on("error", (error) => (wanted === 0 ? failed(error) : found(freePort(0))));
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}
