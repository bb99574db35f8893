import { createHash } from "node:crypto";
import { canonical, type ProposedAction } from "#core";

/** Short enough for a Telegram button (64 bytes with verb and prefix), long enough never to meet its like. */
export function approvalId(proposalId: string): string {
  return createHash("sha256").update(proposalId).digest("base64url").slice(0, 20);
}

/** What a human's answer is bound to: exactly what was shown. */
export function digestOf(proposal: ProposedAction): string {
  return createHash("sha256").update(canonical(proposal)).digest("base64url");
}
