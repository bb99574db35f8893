import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Before all tests: where no server is named by TEST_DATABASE_URL or TEST_REDIS_URL but its binary is on the PATH, one is
 * started on a free port for the contract suites, and ended with them. Without either those suites are skipped by name.
 */
export default async function startServers(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  if (process.env.TEST_REDIS_URL === undefined) stops.push(await startRedis());
  if (process.env.TEST_DATABASE_URL === undefined) stops.push(await startPostgres());
  return async () => {
    for (const stop of stops) await stop();
  };
}

const nothing = (): Promise<void> => Promise.resolve();

async function startRedis(): Promise<() => Promise<void>> {
  const binary = onPath("redis-server");
  if (binary === undefined) return nothing;
  const port = await freePort();
  const options = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--maxmemory-policy",
    "noeviction",
  ];
  const child = spawn(binary, options, { stdio: "ignore", cwd: tmpdir() });
  if (!(await answers(port, child))) return () => ended(child, "SIGKILL");
  process.env.TEST_REDIS_URL = `redis://127.0.0.1:${port}`;
  return () => ended(child, "SIGTERM");
}

/** Postgres refuses to run as root: then it runs as nobody, in a folder that is nobody's. */
async function startPostgres(): Promise<() => Promise<void>> {
  const [postgres, initdb] = [onPath("postgres"), onPath("initdb")];
  if (postgres === undefined || initdb === undefined) return nothing;
  const identity: Partial<Identity> | undefined = process.getuid?.() === 0 ? nobody() : {};
  if (identity === undefined) return nothing;
  const folder = mkdtempSync(join(tmpdir(), "guildhall-postgres-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid!);
  chmodSync(folder, 0o700);
  const environment = { ...identity, stdio: "ignore" as const, cwd: folder };
  try {
    execFileSync(initdb, ["-D", join(folder, "data"), "-U", "guildhall", "--auth=trust", "--no-sync"], environment);
  } catch {
    remove();
    return nothing;
  }
  const port = await freePort();
  const child = spawn(
    postgres,
    ["-D", join(folder, "data"), "-p", String(port), "-h", "127.0.0.1", "-k", ""],
    environment,
  );
  const stop = (): Promise<void> => ended(child, "SIGINT").then(remove);
  if (await answers(port, child)) process.env.TEST_DATABASE_URL = `postgres://guildhall@127.0.0.1:${port}/postgres`;
  return stop;
}

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

function nobody(): Identity | undefined {
  try {
    const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether the server takes connections before it ends or ten seconds are over. */
async function answers(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (isOpen) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return nothing();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
