import { createHash, randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ConfigurationError } from "#core";
import type { SealKeys } from "./seal.ts";

const KEY_BYTES = 32;
const fileSchema = z.object({ current: z.string(), keys: z.record(z.string(), z.string()) });

/**
 * The keys that texts at rest are sealed with: from `<dataDir>/seal-keys.json`, made once and readable by its owner only.
 * A key from the environment (`GUILDHALL_SEAL_KEY`) becomes the current one and is never written down; the file's keys
 * still open what was sealed before.
 */
export async function loadOrCreateKeys(
  dataDir: string,
  options: { readonly fromEnvironment?: string | undefined } = {},
): Promise<SealKeys> {
  const path = join(dataDir, "seal-keys.json");
  const given = options.fromEnvironment;
  if (given === undefined || given === "") return (await readKeys(path)) ?? (await createKeys(dataDir, path));
  const key = bytesOf(given, "GUILDHALL_SEAL_KEY");
  const current = idOf(key);
  return { current, keys: { ...(await readKeys(path))?.keys, [current]: key } };
}

async function readKeys(path: string): Promise<SealKeys | undefined> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new ConfigurationError(`GUILDHALL_DATA: ${path} cannot be read (${reasonOf(cause)})`, { cause });
  });
  if (text === undefined) return undefined;
  try {
    const { current, keys } = fileSchema.parse(JSON.parse(text));
    const entries = Object.entries(keys).map(([id, value]) => [id, bytesOf(value, path)] as const);
    return { current, keys: Object.fromEntries(entries) };
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError(`${path} is damaged: put the file back from a backup`, { cause });
  }
}

/**
 * Two processes may start at once on a new folder, and either may be killed half-way: the file appears whole under its name
 * or not at all, and who comes second takes the first one's keys.
 */
async function createKeys(dataDir: string, path: string): Promise<SealKeys> {
  const key = randomBytes(KEY_BYTES);
  const current = idOf(key);
  const text = JSON.stringify({ current, keys: { [current]: key.toString("base64url") } });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(draft, `${text}\n`, { mode: 0o600, flag: "wx", flush: true });
    await link(draft, path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
    });
  } catch (cause) {
    throw new ConfigurationError(`GUILDHALL_DATA: ${path} cannot be written (${reasonOf(cause)})`, { cause });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readKeys(path))!;
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOTDIR") return "the data folder is a file";
  return code === "ENOSPC" ? "the disk is full" : (code ?? message);
}

function bytesOf(text: string, source: string): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  const bytes = Buffer.from(text, isHex ? "hex" : "base64url");
  if (bytes.length === KEY_BYTES) return bytes;
  throw new ConfigurationError(`${source}: a sealing key is 32 bytes in base64 or hexadecimal, this one is not`);
}

/** Told from the key itself, so that the same key has the same id wherever it comes from. */
function idOf(key: Buffer): string {
  return createHash("sha256").update("guildhall seal key").update(key).digest("hex").slice(0, 8);
}
