import type { Action, GuildEvent } from "#core";

/** How a member stands by now, as far as events since the question told. */
export interface Situation {
  readonly present: boolean;
  readonly banned: boolean;
  /** Known only where the member was changed, or joined, since. */
  readonly roleIds?: readonly string[];
}

const AS_ASKED: Situation = { present: true, banned: false };

export function situationOf(events: readonly GuildEvent[]): Situation {
  return events.reduce(after, AS_ASKED);
}

function after(before: Situation, event: GuildEvent): Situation {
  switch (event.kind) {
    case "member.left":
      return { ...before, present: false };
    case "member.joined":
      return { ...before, present: true, roleIds: event.member.roleIds };
    case "member.updated":
      return { ...before, present: true, roleIds: event.member.roleIds };
    case "member.banned":
      return { ...before, present: false, banned: true };
    case "member.unbanned":
      return { ...before, banned: false };
    default:
      return before;
  }
}

/** What makes an answer come to nothing: the member it is about is not where the card showed them. */
export function overtaken({ banned, present }: Situation): "gone.banned" | "gone.left" | undefined {
  if (banned) return "gone.banned";
  return present ? undefined : "gone.left";
}

/** What ends is as long from the moment it begins as it was shown, however long the answer took. */
export function fromNow(action: Action, shownAt: number, now: number): Action {
  if (!("until" in action) || action.until === undefined) return action;
  return { ...action, until: now + Math.max(0, action.until - shownAt) };
}
