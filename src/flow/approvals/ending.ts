import type { Approval, ApprovalAnswer, CardText, GuildEvent, HouseWrite, Modification, Vote } from "#core";
import { FIRST_PROGRESS } from "#core";
import type { Answerer } from "./eligible.ts";
import { change, redraw } from "./faces.ts";

/** An answer, whichever face it came from. */
export interface Answer extends Answerer {
  readonly approvalId: string;
  readonly answer: ApprovalAnswer | "as-asked";
  readonly note?: string;
  readonly modification?: Modification;
  /** The n-th of the closed list. */
  readonly option?: number;
  readonly except?: readonly string[];
  readonly seen?: string;
  readonly event: GuildEvent;
  /** Of whoever answers, where their face tells it. */
  readonly locale: string;
  /** How whoever answered is told what came of it, on the face they used. */
  readonly tell: (text: CardText, alert?: boolean) => readonly HouseWrite[];
}

interface Resolution {
  readonly by: string;
  readonly at: number;
  readonly text: CardText;
  readonly note?: string;
  readonly vote?: Vote;
  readonly caseOf?: string;
}

/** Ends an approval, and says so on every face: one commit. */
export function resolved(
  approval: Approval,
  to: Exclude<Approval["status"], "pending">,
  { by, at, text, note, vote, caseOf }: Resolution,
  event: GuildEvent,
): HouseWrite[] {
  const before = approval.progress ?? FIRST_PROGRESS;
  const decided = { text, ...(caseOf === undefined ? {} : { caseOf }) };
  const ended: Approval = {
    ...approval,
    status: to,
    progress: { ...before, decided, votes: vote === undefined ? before.votes : [...before.votes, vote] },
  };
  const { progress, house } = redraw(ended, event);
  const resolve: HouseWrite = {
    write: "approval.resolve",
    approvalId: approval.id,
    to,
    by,
    at,
    ...(note === undefined ? {} : { note }),
  };
  return [resolve, change(approval, progress), ...house];
}
