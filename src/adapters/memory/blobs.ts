import type { Blob, Blobs, BlobFacts, Clock } from "#core";

/** Blobs that go with the process. */
export function createMemoryBlobs(clock: Clock): Blobs {
  const guilds = new Map<string, Map<string, Blob>>();
  const living = ({ expiresAt }: BlobFacts) => clock.now() < expiresAt;
  const of = (guildId: string): Map<string, Blob> => {
    const known = guilds.get(guildId) ?? new Map<string, Blob>();
    guilds.set(guildId, known);
    return known;
  };
  return {
    guild(guildId) {
      const blobs = of(guildId);
      const find = (key: string): Blob | undefined => {
        const found = blobs.get(key);
        return found !== undefined && living(found) ? found : undefined;
      };
      return {
        put: async (blob) => {
          const bytes = Uint8Array.from(blob.bytes);
          blobs.set(blob.key, { ...blob, bytes, size: bytes.length, at: clock.now() });
        },
        get: async (key) => find(key),
        stat: async (key) => factsOf(find(key)),
        delete: async (key) => blobs.delete(key),
        about: async (userId) =>
          [...blobs.values()].flatMap((blob) => (living(blob) && blob.userIds.includes(userId) ? factsOf(blob)! : [])),
      };
    },
    async sweep() {
      let gone = 0;
      for (const blobs of guilds.values())
        for (const [key, blob] of blobs) if (!living(blob)) gone += blobs.delete(key) ? 1 : 0;
      return gone;
    },
  };
}

function factsOf(blob: Blob | undefined): BlobFacts | undefined {
  if (blob === undefined) return undefined;
  const { bytes: _inside, ...facts } = blob;
  return facts;
}
