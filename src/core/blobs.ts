/** What is known of a blob without opening it. */
export interface BlobFacts {
  /** Chosen by whoever put it: `transcript/42`. Never a path; where it lies is the adapter's business. */
  readonly key: string;
  readonly contentType: string;
  /** In bytes, as it was given. */
  readonly size: number;
  readonly at: number;
  /** From then on it is not there any more, whether it has been swept away or not. */
  readonly expiresAt: number;
  /** Members whose words or names it holds: by this an erasure finds it. */
  readonly userIds: readonly string[];
}

export interface Blob extends BlobFacts {
  readonly bytes: Uint8Array;
}

/** Everything of one guild; there is no other way to its blobs. */
export interface GuildBlobs {
  /** Whole or not at all; what lay under the key before is replaced. */
  put(blob: Omit<Blob, "size" | "at">): Promise<void>;
  get(key: string): Promise<Blob | undefined>;
  stat(key: string): Promise<BlobFacts | undefined>;
  /** Whether there was one. */
  delete(key: string): Promise<boolean>;
  /** All that name a member. Opens the head of every blob of the guild. */
  about(userId: string): Promise<readonly BlobFacts[]>;
}

/** Large things that no table should hold, sealed where they lie. Twins: adapters/disk, adapters/memory. */
export interface Blobs {
  guild(guildId: string): GuildBlobs;
  /** Removes what has expired, of all guilds; how many. */
  sweep(): Promise<number>;
}
