import type { Attachment } from "./facts.ts";

/** Who may read a ticket's transcript, by what they are to it. Nobody else may. */
export const TRANSCRIPT_READERS = ["opener", "staff", "manager"] as const;
export type TranscriptReader = (typeof TRANSCRIPT_READERS)[number];

/**
 * For one person and a while. It is signed when it is sent: what is stored of the message has `{link}`, `{markdown}` and `{json}`
 * where the addresses will be, since a journal is no place for a credential.
 */
export interface TranscriptPass {
  readonly number: number;
  readonly userId: string;
  readonly as: TranscriptReader;
  readonly until: number;
}

/** What is kept about a transcript once it is made; the conversation itself is a blob. */
export interface TranscriptFacts {
  readonly at: number;
  readonly keptUntil: number;
  readonly messages: number;
}

/** Under which key a ticket's transcript lies. */
export function transcriptKey(number: number): string {
  return `ticket/${number}`;
}

/** One message of a thread, as whoever reads the thread sees it. */
export interface ThreadMessage {
  readonly messageId: string;
  readonly at: number;
  readonly editedAt?: number;
  readonly author: { readonly userId: string; readonly name: string; readonly bot?: true };
  /** With what stands in its boxes. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Reads a thread where it is. Twins: adapters/discord, and what a test puts there. */
export interface ThreadReader {
  /** Oldest first, the newest `most`; undefined where there is no such thread any more, or the bot may not read it. */
  read(
    threadId: string,
    most: number,
    signal: AbortSignal,
  ): Promise<{ readonly messages: readonly ThreadMessage[]; readonly isCut: boolean } | undefined>;
  /** A file somebody attached. Throws where it is larger, is gone or lies elsewhere. */
  file(url: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array>;
}
