import type { Action } from "./actions.ts";

/** The numbered record moderators see, opened in the commit that orders the measure. */
export interface CaseFile {
  readonly guildId: string;
  readonly number: number;
  readonly proposalId: string;
  readonly eventId: string;
  readonly verb: string;
  readonly userId: string;
  readonly userName: string;
  /** `agent:moderation`, or `user:<id>` where a moderator asked for it or did it by hand; `unknown` where nobody can tell. */
  readonly decidedBy: string;
  readonly rule: string;
  readonly reason: string;
  readonly openedAt: number;
  /** When what was done ends by itself. */
  readonly until?: number;
  readonly outcome: "open" | "done" | "failed" | "unknown";
  /** What was said of it and done about it since, oldest first. What stands above never changes. */
  readonly entries: readonly CaseEntry[];
  /** How long the evidence is kept; absent where there never was any. */
  readonly evidenceUntil?: number;
  /** Told where one case is read, for as long as it is kept. */
  readonly evidence?: Evidence;
}

/** *reason*: another one than it was opened with · *linked*: belongs together with the case `to`. */
export interface CaseEntry {
  readonly kind: "note" | "reason" | "linked" | "undone" | "appealed" | "upheld" | "overturned";
  /** Absent where nobody's Discord account stands behind it. */
  readonly byUserId?: string;
  readonly name: string;
  readonly at: number;
  readonly text?: string;
  readonly to?: number;
}

/** What a measure rests on, in the member's own words: sealed, and kept apart from the case for its own time. */
export interface Evidence {
  readonly text: string;
  readonly at: number;
  readonly channelId?: string;
  readonly messageId?: string;
}

/** Under this rule people find again what no rule of ours decided. */
export const BY_HAND = "by-hand";

type Told = Pick<CaseFile, "reason" | "entries">;

/** The reason as it was last put. */
export function reasonOf({ reason, entries }: Told): string {
  return entries.findLast((entry) => entry.kind === "reason")?.text ?? reason;
}

export function isUndone({ entries }: Pick<CaseFile, "entries">): boolean {
  return entries.some(({ kind }) => kind === "undone" || kind === "overturned");
}

export function linksOf({ entries }: Pick<CaseFile, "entries">): readonly number[] {
  return [...new Set(entries.flatMap(({ kind, to }) => (kind === "linked" && to !== undefined ? [to] : [])))];
}

/** What the case of something done by hand is found by, from the event that told of it. */
export function byHandProposal(eventId: string): string {
  return `${eventId}/${BY_HAND}`;
}

/** A cohort is one case of many members, and nobody in particular. */
export function isCohort({ userId }: Pick<CaseFile, "userId">): boolean {
  return userId === "";
}

/** What takes a measure back in the world. A warning was words and a kick is over: there is nothing to do but say so. */
export function reversalOf(file: Pick<CaseFile, "verb" | "userId" | "userName">): Action | undefined {
  const { userId, userName: name } = file;
  const member = { userId, name, roleIds: [] };
  switch (file.verb) {
    case "member.ban":
      return { verb: "member.unban", userId };
    case "member.timeout":
      return { verb: "member.untimeout", member };
    case "voice.mute":
      return { verb: "voice.mute", member, muted: false };
    case "voice.deafen":
      return { verb: "voice.deafen", member, deafened: false };
    default:
      return undefined;
  }
}

/** Discord user ids of whoever stands behind a decision: a moderator, or who allowed what an agent asked for. */
export function decidersOf({ decidedBy }: Pick<CaseFile, "decidedBy">): readonly string[] {
  return [...decidedBy.matchAll(/\b(?:user|discord):(\d+)/g)].map(([, userId]) => userId!);
}

/** Who wrote an entry, and when, from whatever was used. */
export function entryBy(
  event: { readonly at: number; readonly by: { readonly userId: string; readonly name: string } },
  entry: Omit<CaseEntry, "byUserId" | "name" | "at">,
): CaseEntry {
  return { ...entry, byUserId: event.by.userId, name: event.by.name, at: event.at };
}
