import type { ApprovalDraft, Write } from "#core";
import type { Choices } from "./choices.ts";

/** Reminders of approvals asked within the same stretch are one timer, and one message. */
export const STRETCH_MS = 15 * 60_000;

/** Whom a reminder is about: what was asked in a stretch, and how often it was reminded of before. */
export interface Remind {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** What the clock does for an approval: shows it at once, reminds of it, lets it expire. */
export function timersFor({ id, askedAt, expiresAt }: ApprovalDraft, choices: Choices): readonly Write[] {
  const from = askedAt - (askedAt % STRETCH_MS);
  const to = from + STRETCH_MS;
  return [
    { write: "timer.set", timer: `approval-show:${id}`, at: askedAt, payload: { show: id } },
    { write: "timer.set", timer: `approval:${id}`, at: expiresAt, payload: { approvalId: id } },
    remindTimer({ from, to, level: 1 }, to + choices.remindAfterSeconds * 1_000),
  ];
}

export function remindTimer(remind: Remind, at: number): Write {
  return { write: "timer.set", timer: `approval-remind:${remind.from}:${remind.level}`, at, payload: { remind } };
}
