import type { Action } from "./actions.ts";
import type { CaseEntry, CaseFile } from "./records.ts";

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
