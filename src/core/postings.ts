import type { Attachment } from "./facts.ts";

/** A message that somebody starred, and what the starboard shows of it. */
export interface Starred {
  readonly channelId: string;
  readonly authorId?: string;
  /** Who starred it, each once. */
  readonly userIds: readonly string[];
  /** What it says since it was edited. */
  readonly edited?: { readonly text: string; readonly attachments: readonly Attachment[] };
  readonly post?: StarPost;
  /** Staff took its post down, or nobody knows whether it was posted: it is never posted again. */
  readonly closed?: true;
}

export interface StarPost {
  /** The event that ordered it. */
  readonly by: string;
  /** Once it is posted. */
  readonly messageId?: string;
  /** How many stars it tells of. */
  readonly shown: number;
  /** It is looked at again soon: changes in between are shown together. */
  readonly due?: true;
}

/** What leads from a post of the starboard, from the event that ordered it and from its author to the message. */
export interface StarPlace {
  readonly messageId: string;
  readonly by: string;
  readonly authorId?: string;
  readonly postId?: string;
}
