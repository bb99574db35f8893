import type { MessageFacts } from "./facts.ts";

/** A pinned message without its words: those of somebody who never agreed are nobody's to read. */
export interface Pin {
  readonly messageId: string;
  readonly authorId: string;
  readonly bot?: true;
}

/** Reads what is pinned in a channel, where it is. Twins: adapters/discord, and what a test puts there. */
export interface PinReader {
  /** The newest pin first; undefined where there is no such channel any more, or the bot may not read it. */
  read(channelId: string, signal: AbortSignal): Promise<readonly MessageFacts[] | undefined>;
}
