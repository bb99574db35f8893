import { open } from "node:fs/promises";
import { GuildhallError } from "#core";

const MOST_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** What lies at an address or in a file, as text, within limits of size and time. */
export async function readSource(from: string, signal: AbortSignal): Promise<string> {
  return isAddress(from) ? readAddress(from, signal) : readWhole(from);
}

export function isAddress(from: string): boolean {
  return /^https?:/.test(from);
}

async function readAddress(from: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(from, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  if (!isTrusted(response.url))
    throw new GuildhallError("list.elsewhere", "it was redirected to an address without TLS");
  if (!response.ok) throw new GuildhallError("list.refused", `the address answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(bytes);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

async function readWhole(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    if ((await file.stat()).size > MOST_BYTES) throw tooLarge();
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

const tooLarge = (): GuildhallError =>
  new GuildhallError("list.large", `it is larger than ${MOST_BYTES / 1_048_576} MiB`);

/** Whoever can change a list on its way can have messages removed: without TLS only this machine is asked. */
export function isTrusted(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
}
