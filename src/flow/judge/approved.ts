import type { Member } from "#core";

/** Why what is proposed needs no human any more. */
export interface Approved {
  readonly decidedBy: string;
  /** Found again in the ids of what was ordered, so that outcomes lead back to the question. */
  readonly approvalId?: string;
  /** Who asked first, where a person did: measured again by their own rank. */
  readonly moderator?: { readonly member: Member; readonly permissions: string };
  /** It carries on what was ruled and done before, in the case of that proposal where it has one. */
  readonly continues?: { readonly caseOf?: string };
}
