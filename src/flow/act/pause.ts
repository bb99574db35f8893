import type { Action, ActionOf } from "#core";
import type { PlanView } from "./view.ts";

/** A day at most, and a little less: two clocks never agree. */
const LONGEST_PAUSE = 86_400_000 - 60_000;
export const PAUSE_KEY = "guild.pause";

/** What was off before the house paused anything, and how long the house's own pause was meant to last. */
export interface BeforePause {
  readonly until: number;
  readonly invitesOffUntil?: number;
  readonly messagesOffUntil?: number;
}

/** A pause never ends what somebody has switched off for longer; to resume is to leave what was off before. */
export function incidentsOf(action: ActionOf<"guild.pause"> | ActionOf<"guild.resume">, view: PlanView): Action {
  const now = view.directory?.incidents ?? {};
  if (action.verb === "guild.resume") {
    const before = (view.remembered(PAUSE_KEY) as Partial<BeforePause> | undefined) ?? {};
    return {
      verb: "guild.incidents",
      invitesOffUntil: lasting(before.invitesOffUntil, view.at),
      messagesOffUntil: lasting(before.messagesOffUntil, view.at),
    };
  }
  const until = Math.min(action.until, view.at + LONGEST_PAUSE);
  return {
    verb: "guild.incidents",
    invitesOffUntil: later(now.invitesOffUntil, action.invites ? until : undefined, view.at),
    messagesOffUntil: later(now.messagesOffUntil, action.messages ? until : undefined, view.at),
    ...(action.until > until && { lasting: action }),
  };
}

/**
 * What to remember with a pause: what was off by somebody else's hand. While a pause of the house still lasts, that is what
 * was remembered with it; a guild that is resumed has none any more.
 */
export function beforePause(action: ActionOf<"guild.pause"> | ActionOf<"guild.resume">, view: PlanView): BeforePause {
  const known = view.remembered(PAUSE_KEY) as BeforePause | undefined;
  const isPaused = known !== undefined && known.until > view.at;
  if (action.verb === "guild.resume") return { ...known, until: view.at };
  const before = isPaused ? known : (view.directory?.incidents ?? {});
  return { ...before, until: isPaused ? Math.max(known.until, action.until) : action.until };
}

function lasting(until: number | undefined, at: number): number | null {
  return until !== undefined && until > at ? until : null;
}

function later(one: number | undefined, other: number | undefined, at: number): number | null {
  return lasting(Math.max(one ?? 0, other ?? 0), at);
}
