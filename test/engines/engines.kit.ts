import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const childFile = fileURLToPath(new URL("child.ts", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Child {
  readonly pid: number;
  /** What it said when it had opened its store, or why it could not. */
  readonly opening: unknown;
  ask(line: string): Promise<unknown>;
  kill(): Promise<void>;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const children = new Set<Child>();
const folders = new Set<string>();

export async function startChild(
  dataDir: string,
  options: { engine?: string; account?: Account } = {},
): Promise<Child> {
  const child = spawn(process.execPath, ["--import", "tsx", childFile], {
    ...options.account,
    cwd: root,
    env: { PATH: process.env["PATH"], TMPDIR: dataDir, HOME: dataDir, DATA: dataDir, ENGINE: options.engine ?? "auto" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    return done === true ? undefined : (JSON.parse(String(value)) as unknown);
  };
  const started: Child = {
    pid: child.pid!,
    opening: await next(),
    async ask(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
    async kill() {
      children.delete(started);
      child.kill("SIGKILL");
      await gone;
    },
  };
  children.add(started);
  return started;
}

export async function dataFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-engine-"));
  await chmod(folder, mode);
  folders.add(folder);
  return folder;
}

/** The process number of the server that has this folder; undefined where none runs. */
export function serverPid(dataDir: string): number | undefined {
  const file = join(dataDir, "postgres", "data", "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
  return isAlive(pid) ? pid : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Nothing that a test started outlives it, whatever became of the test. */
export async function cleanUp(): Promise<void> {
  for (const child of children) await child.kill();
  for (const folder of folders) {
    const server = serverPid(folder);
    if (server !== undefined) process.kill(server, "SIGQUIT");
    while (server !== undefined && isAlive(server)) await new Promise((resolve) => setTimeout(resolve, 20));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  folders.clear();
}
