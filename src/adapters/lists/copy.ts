import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a list held when it was last read well. */
export interface Copy {
  readonly at: number;
  readonly version: string;
  readonly hosts: readonly string[];
}

/** Says where the copy came from; the rest of the file is a host a line. */
const headSchema = z.object({ from: z.string(), at: z.number(), version: z.string(), entries: z.number() });
export type CopyHead = z.infer<typeof headSchema>;

const fileOf = (folder: string, name: string): string => join(folder, `${name}.txt`);

/** Of the content alone: the same hosts are the same version, wherever they came from. */
export function versionOf(hosts: readonly string[]): string {
  return createHash("sha256").update(hosts.join("\n")).digest("hex").slice(0, 16);
}

/** The last good copy, unless it is of another source: what was chosen away is not used any more. */
export async function readCopy(folder: string, name: string, from: string): Promise<Copy | undefined> {
  const text = await readFile(fileOf(folder, name), "utf8").catch(() => undefined);
  const [first = "", ...hosts] = text?.trimEnd().split("\n") ?? [];
  const head = headIn(first);
  if (head?.from !== from || versionOf(hosts) !== head.version) return undefined;
  return { at: head.at, version: head.version, hosts };
}

/** What a copy says of itself, without reading it: for `doctor`. */
export async function readHead(folder: string, name: string): Promise<CopyHead | undefined> {
  const file = await open(fileOf(folder, name), "r").catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    for await (const line of file.readLines()) return headIn(line);
    return undefined;
  } finally {
    await file.close();
  }
}

function headIn(line: string): CopyHead | undefined {
  try {
    return headSchema.parse(JSON.parse(line.replace(/^# /, "")));
  } catch {
    return undefined;
  }
}

/** Beside the old one first: a crash in the middle leaves that one whole. */
export async function writeCopy(folder: string, name: string, from: string, copy: Copy): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { at, version, hosts } = copy;
  const head = JSON.stringify({ from, at, version, entries: hosts.length } satisfies CopyHead);
  const beside = `${fileOf(folder, name)}.${process.pid}`;
  await writeFile(beside, `# ${head}\n${hosts.join("\n")}\n`);
  await rename(beside, fileOf(folder, name));
}
