import { type Approval, type CardPlace, type DecisionTimes, decisionTimes, type GuildStore, tookMs } from "#core";

/** What people decided lately says how fast they are now; older answers say how fast they were. */
const LATEST = 200;

/** How much waits, and how long people take: one count and one page of the approvals' index. */
export async function timesOf(guild: GuildStore): Promise<DecisionTimes> {
  const [waiting, latest] = await Promise.all([guild.approvalCount("pending"), guild.approvals("any", LATEST)]);
  return { ...decisionTimes(latest), waiting };
}

/** How one question went: where it was shown, who said what on which face, and how long it took. */
export interface ApprovalRecord {
  readonly shown: readonly { readonly face: CardPlace["face"]; readonly at?: number; readonly lost: boolean }[];
  readonly votes: readonly { readonly face: string; readonly name: string; readonly at: number }[];
  /** From asking to the answer that decided, in milliseconds. */
  readonly tookMs?: number;
}

export function recordOf(approval: Approval): ApprovalRecord {
  const { shown = [], votes = [] } = approval.progress ?? {};
  return {
    shown: shown.map(({ place, shownAt, standing }) => {
      return { face: place.face, lost: standing === "lost", ...(shownAt !== undefined && { at: shownAt }) };
    }),
    votes: votes.map(({ by, name, at }) => ({ face: by.split(":", 1)[0]!, name, at })),
    ...(approval.answeredAt !== undefined && { tookMs: tookMs(approval) }),
  };
}
