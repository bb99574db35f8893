/**
 * Something that happened, as moderators will read it in a log: put into words only when it is posted. Who it is about stands
 * beside their words, so that an erasure finds both.
 */
export interface LogLine {
  readonly what: LogWhat;
  readonly at: number;
  readonly userId?: string;
  readonly name?: string;
  /** Who did it, where that is known and was somebody else. */
  readonly byUserId?: string;
  readonly channelId?: string;
  readonly messageId?: string;
  readonly text?: string;
  /** What stood there before, where that is still known. */
  readonly was?: { readonly text?: string; readonly channelId?: string };
  /** Of what there were many: messages deleted at once, files of one message. */
  readonly count?: number;
  /** Names of roles. */
  readonly roles?: readonly string[];
  readonly code?: string;
  /** Whose case it is. */
  readonly proposalId?: string;
  /** Of a case that was added to. */
  readonly number?: number;
  /** Only the audit log told of it so far. */
  readonly isAudit?: true;
}

export type LogWhat =
  | "edited"
  | "deleted"
  | "purged"
  | "joined"
  | "left"
  | "roles-added"
  | "roles-removed"
  | "nickname"
  | "voice-joined"
  | "voice-left"
  | "voice-moved"
  | "voice-muted"
  | "voice-unmuted"
  | "voice-deafened"
  | "voice-undeafened"
  | "invite-used"
  | "invite-made"
  | "invite-gone"
  | "case"
  | "case-grown";
