import { randomBytes } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { birthOf, isAlive } from "./processes.ts";

interface Holder {
  readonly pid: number;
  readonly birth: string;
}

export type FolderLock =
  { readonly held: true; readonly release: () => Promise<void> } | { readonly held: false; readonly by: number };

/**
 * A file that names the process which has a folder. It appears whole or not at all, and one left behind by a process that
 * is no more counts for nothing.
 */
export async function lockFolder(path: string): Promise<FolderLock> {
  const mark = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(mark, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }), { mode: 0o600 });
  try {
    for (;;) {
      if (await linked(mark, path)) return { held: true, release: () => rm(path, { force: true }) };
      const holder = await readHolder(path);
      if (holder === undefined) continue;
      if (isAlive(holder.pid) && birthOf(holder.pid) === holder.birth) return { held: false, by: holder.pid };
      await discard(path, holder);
    }
  } finally {
    await rm(mark, { force: true });
  }
}

/** Waits its turn for what takes others no longer than a moment. */
export async function waitForFolder(path: string, patienceMs: number): Promise<FolderLock> {
  const pause = 50;
  for (let waited = 0; ; waited += pause) {
    const lock = await lockFolder(path);
    if (lock.held || waited >= patienceMs) return lock;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return { pid: 0, birth: "none" };
    throw error;
  }
}

/** Of several that find a dead one's file, each moves it away under a name of its own; only what it took is removed. */
async function discard(path: string, dead: Holder): Promise<void> {
  const aside = `${path}.dead.${randomBytes(4).toString("hex")}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = await readHolder(aside);
  // Between the look and the move another may have taken the lock: then it gets it back.
  const isSame = moved?.pid === dead.pid && moved.birth === dead.birth;
  if (!isSame) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
