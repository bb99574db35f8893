import type { InteractionHandle } from "../facts.ts";

/** What may be answered with, and what was. */
export interface KnowledgeRecords {
  /** A source of the guild's knowledge that is not an entry of staff's, and the answers that cite any; key: the source's id. */
  readonly source: {
    readonly authorId?: string;
    /** Keys of the answers, the newest last. */
    readonly answers: readonly string[];
  };
  /** Whether a member's words may be answered with, since when, and which are; key: user id. */
  readonly consent: { readonly given: boolean; readonly at: number; readonly sources: readonly string[] };
  /** An answer that was given, so that it can be mended; key: the id of the event that asked. */
  readonly answer: {
    readonly question: string;
    readonly locale: string;
    readonly cites: readonly { readonly sourceId: string; readonly part: number }[];
    readonly at: number;
    /** The message that asked, where one did. */
    readonly asked?: { readonly channelId: string; readonly messageId: string };
    /** By which it can be changed for a while, where only one person sees it. */
    readonly interaction?: InteractionHandle;
    /** Once it is sent. */
    readonly place?: { readonly channelId: string; readonly messageId: string };
    readonly standing: "right" | "corrected" | "withdrawn";
  };
  /** Which message solves a post of a forum; key: the thread's id. */
  readonly solution: { readonly messageId: string; readonly at: number };
  /** A file that is being fetched for somebody's command; key: the event's id. */
  readonly fetched: { readonly name: string; readonly by: string; readonly interaction: InteractionHandle };
}
