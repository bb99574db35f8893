import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = join(root, "bin", "guildhall.mjs");

type Variables = Readonly<Record<string, string>>;

/** What the operator's own shell may hold and must not reach a test. */
const OURS =
  /^(GUILDHALL_|DISCORD_|DATABASE_URL|REDIS_URL|HOST$|PORT$|LOG_LEVEL$|NO_COLOR$|FORCE_COLOR$|VITEST|NODE_ENV$)/;

/** What getting a checkout ready says; in a test run it is ready already, while somebody works on it perhaps not. */
const PREPARING = /^guildhall: (install|generate|build|page) …\n/gm;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface HouseProcess {
  readonly pid: number;
  /** The printed link, with the token. */
  readonly link: string;
  readonly origin: string;
  readonly token: string;
  readonly ended: Promise<Ended>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** A folder that a database server under another user may enter, too. */
export async function openFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `guildhall-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** The shipped configuration with one change, in a folder of its own. */
export async function configWith(folder: string, from: string, to: string): Promise<string> {
  const config = join(folder, "config");
  await cp(join(root, "config"), config, { recursive: true });
  const file = join(config, "default.yaml");
  const text = await readFile(file, "utf8");
  if (!text.includes(from)) throw new Error(`the shipped configuration does not hold ${from}`);
  await writeFile(file, text.replace(from, to));
  return config;
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first group of what is said on stderr, now or later; undefined where the process ends before. */
  heard(wanted: RegExp): Promise<string | undefined>;
}

/** The program itself, in a folder without an .env, as a person or a service manager would start it. */
export function runProgram(args: readonly string[], folder: string, variables: Variables): Running {
  const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err: err.replace(PREPARING, "") }));
  });
  const heard = (wanted: RegExp) =>
    new Promise<string | undefined>((resolve) => {
      const look = (): void => {
        const found = wanted.exec(err)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stderr.on("data", look);
      void ended.then(() => resolve(undefined));
      look();
    });
  return { child, ended, heard };
}

/** Resolves once the link is printed, on a free port. */
export async function startHouse(folder: string, variables: Variables = {}): Promise<HouseProcess> {
  const data = { GUILDHALL_DATA: join(folder, "data"), PORT: "0", ...variables };
  const { child, ended, heard } = runProgram(["start"], folder, data);
  const link = await heard(/Guildhall is open: (\S+)/);
  if (link === undefined) throw new Error(`the house did not open: ${(await ended).err}`);
  const { origin, searchParams } = new URL(link);
  return {
    ...{ pid: child.pid!, link, origin, token: searchParams.get("token")!, ended },
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** The command line beside a house, or alone. */
export function guildhall(folder: string, args: readonly string[], variables: Variables = {}): Promise<Ended> {
  return runProgram(args, folder, { GUILDHALL_DATA: join(folder, "data"), ...variables }).ended;
}

/** A port that was free a moment ago: for what should not be reachable. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Command lines of processes that were given this folder; none where the system does not tell. */
export function processesOf(folder: string): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((id) => commandLine(id))
    .filter((line) => line.includes(folder));
}

/** Processes end while one looks. */
function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** A file system of a few megabytes; undefined where it may not be mounted. */
export async function tinyDisk(folder: string): Promise<(() => Promise<unknown>) | undefined> {
  const run = promisify(execFile);
  try {
    await run("mount", ["-t", "tmpfs", "-o", "size=12m,mode=755", "tmpfs", folder]);
  } catch {
    return undefined;
  }
  return () => run("umount", [folder]);
}
