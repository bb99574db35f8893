import type { FileFacts, FileReader, FileWish } from "#core";
import { FILE_HEAD, fileKind, pictureHash, pictureSize } from "#core/files/index";
import { greyGrid } from "./drawing/grey-grid.ts";
import { isDiscords } from "./hands/file.ts";

const TIMEOUT_MS = 10_000;
/** Larger pictures are not unpacked, nor fetched whole: nobody sends a known one like this. */
const MOST_BYTES = 8 * 1_024 * 1_024;
const MOST_PIXELS = 24_000_000;
/** Pictures whose size can be read before they are unpacked. */
const UNPACKED: ReadonlySet<string> = new Set(["PNG", "JPEG", "GIF", "WebP"]);

/** Looks into members' files where Discord keeps them, within limits of bytes, pixels and time; other addresses are never asked. */
export function createFileReader(reach: { readonly apiUrl?: string }): FileReader {
  return {
    async look(url, wish) {
      if (!URL.canParse(url) || !isDiscords(new URL(url), reach)) return { ok: false, why: "elsewhere" };
      try {
        return await lookInto(url, wish);
      } catch (error) {
        return { ok: false, why: error instanceof Error && error.name === "TimeoutError" ? "late" : "gone" };
      }
    },
  };
}

async function lookInto(url: string, wish: FileWish): Promise<FileFacts> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  if (!response.ok || response.body === null) return { ok: false, why: "gone" };
  const read = reading(response.body);
  const head = await read.upTo(FILE_HEAD);
  const kind = fileKind(head);
  if (wish === "kind" || kind === undefined || !UNPACKED.has(kind.name)) {
    await read.end();
    return { ok: true, ...(kind !== undefined && { kind }) };
  }
  const all = await read.upTo(MOST_BYTES + 1);
  await read.end();
  const size = pictureSize(all);
  if (all.length > MOST_BYTES || size === undefined || size.width * size.height > MOST_PIXELS)
    return { ok: false, why: "large" };
  const grey = await greyGrid(all);
  if (grey === undefined) return { ok: false, why: "odd" };
  const picture = pictureHash(grey);
  return { ok: true, kind, ...(picture !== undefined && { picture }) };
}

/** Reads a body piece by piece, no further than asked. */
function reading(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    async upTo(wanted: number): Promise<Uint8Array> {
      while (size < wanted) {
        const { done, value } = await reader.read();
        if (done) break;
        chunks.push(value);
        size += value.length;
      }
      return Buffer.concat(chunks).subarray(0, wanted);
    },
    end: () => reader.cancel(),
  };
}
