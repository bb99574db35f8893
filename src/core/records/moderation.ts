import type { Member } from "../facts.ts";
import type { LogLine } from "../log-lines.ts";

/** How members fared with the rules, what they say of it, and what moderators follow. */
export interface ModerationRecords {
  /** How a member fared with the rules so far; key: user id. `about` is the message of the last offence. */
  readonly conduct: {
    readonly warnings: number;
    readonly lastAt: number;
    readonly lastRule: string;
    readonly about?: string;
    /** What the latest offences counted, by the event each was found in, oldest first. */
    readonly counted?: readonly { readonly eventId: string; readonly points: number }[];
  };
  /** Whom staff look into, as they were last seen; key: user id. */
  readonly person: { readonly member: Member; readonly at: number };
  /** Who was banned in a crowd, by the proposal of its case, newest last; key: "latest". */
  readonly cohortCases: {
    readonly crowds: readonly { readonly proposalId: string; readonly userIds: readonly string[] }[];
  };
  /** Cases that were added to lately, and when, newest last; key: "latest". */
  readonly caseNews: { readonly last: readonly { readonly number: number; readonly at: number }[] };
  /** What a member has to say against a measure; key: the case's number. */
  readonly appeal: {
    readonly userId: string;
    readonly text: string;
    readonly at: number;
    readonly status: "open" | "upheld" | "overturned";
    readonly answeredBy?: string;
    readonly answeredAt?: number;
  };
  /** A message somebody told staff about; key: the message's id. */
  readonly report: {
    readonly channelId: string;
    readonly author: Member;
    readonly text: string;
    readonly at: number;
    readonly byUserIds: readonly string[];
    readonly status: "open" | "claimed" | "resolved" | "dismissed";
    readonly handledBy?: string;
  };
  /** Pictures that moderators do not want to see again, by their hashes, newest last; key: "blocked". */
  readonly pictures: {
    readonly blocked: readonly { readonly hash: string; readonly byUserId: string; readonly at: number }[];
  };
  /** What waits to be posted to a log in one message; key: the log's channel. `isCut`: more happened than is kept. */
  readonly logged: { readonly lines: readonly LogLine[]; readonly isCut?: true };
  /** Codes that led into the guild when it came; key: "listed". Those made later are notes. */
  readonly ownInvites: { readonly codes: readonly string[] };
}
