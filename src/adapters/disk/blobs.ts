import { isUtf8 } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Blob, type BlobFacts, type Blobs, type Clock, GuildhallError, type Seal } from "#core";

export interface DiskBlobParts {
  /** Made when the first blob is put. */
  readonly folder: string;
  readonly seal: Seal;
  readonly clock: Clock;
}

const headSchema = z.object({
  ...{ key: z.string(), contentType: z.string(), size: z.number(), at: z.number(), expiresAt: z.number() },
  ...{ userIds: z.array(z.string()), encoding: z.enum(["utf8", "base64"]) },
});
type Head = z.infer<typeof headSchema>;

const ENDING = ".blob";
/** A draft that old belongs to a process that died over it. */
const ABANDONED_MS = 3_600_000;
/** Larger than any head: a few hundred members' ids. */
const HEAD_BYTES = 65_536;

/**
 * A file a blob: its head in the first line, its bytes in the second, each sealed for its guild. A file's name is a hash of its
 * key, so no key leads anywhere else; it appears whole under that name or not at all, and only its owner may read it.
 */
export function createDiskBlobs({ folder, seal, clock }: DiskBlobParts): Blobs {
  const now = () => clock.now();

  async function headOf(path: string, guildId: string): Promise<Head | undefined> {
    const line = await firstLine(path);
    return line === undefined ? undefined : headSchema.parse(JSON.parse(seal.open(line, guildId)));
  }

  async function living(path: string, guildId: string): Promise<Head | undefined> {
    const head = await headOf(path, guildId);
    return head !== undefined && now() < head.expiresAt ? head : undefined;
  }

  async function sweepGuild(guildId: string): Promise<number> {
    let gone = 0;
    for (const name of await namesIn(join(folder, guildId))) {
      const path = join(folder, guildId, name);
      const isGone = name.endsWith(ENDING)
        ? ((await headOf(path, guildId).catch(() => undefined))?.expiresAt ?? Number.POSITIVE_INFINITY)
        : ((await stat(path).catch(() => undefined))?.mtimeMs ?? now()) + ABANDONED_MS;
      if (isGone > now()) continue;
      await rm(path, { force: true });
      gone += 1;
    }
    return gone;
  }

  return {
    guild(guildId) {
      const place = placeOf(folder, guildId);
      const pathOf = (key: string) => join(place, createHash("sha256").update(key).digest("hex") + ENDING);
      return {
        async put({ bytes, ...facts }) {
          const encoding = isUtf8(bytes) ? "utf8" : "base64";
          const head: Head = { ...facts, userIds: [...facts.userIds], size: bytes.length, at: now(), encoding };
          const body = Buffer.from(bytes).toString(encoding);
          const lines = [seal.seal(JSON.stringify(head), guildId), seal.seal(body, guildId)];
          await writeWhole(place, pathOf(facts.key), lines.join("\n"));
        },
        async get(key) {
          const path = pathOf(key);
          const head = await living(path, guildId);
          const text = head === undefined ? undefined : await textOf(path);
          if (head === undefined || text === undefined) return undefined;
          const { encoding, ...facts } = head;
          const bytes = Buffer.from(seal.open(text.slice(text.indexOf("\n") + 1), guildId), encoding);
          return { ...facts, bytes: new Uint8Array(bytes) } satisfies Blob;
        },
        stat: async (key) => factsOf(await living(pathOf(key), guildId)),
        async delete(key) {
          const path = pathOf(key);
          const was = await stat(path).catch(() => undefined);
          await rm(path, { force: true });
          return was !== undefined;
        },
        async about(userId) {
          const found: BlobFacts[] = [];
          for (const name of await namesIn(place)) {
            const head = name.endsWith(ENDING) ? await living(join(place, name), guildId) : undefined;
            if (head?.userIds.includes(userId) === true) found.push(factsOf(head)!);
          }
          return found;
        },
      };
    },
    async sweep() {
      let gone = 0;
      for (const guildId of await namesIn(folder)) gone += await sweepGuild(guildId);
      return gone;
    },
  };
}

/** Guilds have numbers for names; whatever else is asked for must not become a path. */
function placeOf(folder: string, guildId: string): string {
  if (!/^[\w-]{1,64}$/.test(guildId)) throw new GuildhallError("blob.guild", "this is no guild's id");
  return join(folder, guildId);
}

async function writeWhole(place: string, path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await mkdir(place, { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    await rename(draft, path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    const message = `${place} cannot be written (${code}): make room, or give the data folder to the house's user`;
    throw new GuildhallError("blob.disk", message, { cause });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Only as much as the head needs is read, unless the head itself is longer than heads are. */
async function firstLine(path: string): Promise<string | undefined> {
  const file = await open(path).catch(absent);
  if (file === undefined) return undefined;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const end = buffer.subarray(0, bytesRead).indexOf("\n");
    if (end >= 0) return buffer.toString("utf8", 0, end);
  } finally {
    await file.close();
  }
  return (await textOf(path))?.split("\n", 1)[0];
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(absent);

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(absent)) ?? [];
}

function absent(cause: NodeJS.ErrnoException): undefined {
  if (cause.code === "ENOENT") return undefined;
  throw new GuildhallError("blob.disk", `a stored file cannot be read (${cause.code ?? "unknown"})`, { cause });
}

function factsOf(head: Head | undefined): BlobFacts | undefined {
  if (head === undefined) return undefined;
  const { encoding: _kept, ...facts } = head;
  return facts;
}
