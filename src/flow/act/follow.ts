import type { Action, Order, Write } from "#core";
import type { BeforeLock } from "./lock.ts";

/** What the house does later of its own accord, because the order that is done now asked for it. */
export interface FollowUp {
  readonly timer: string;
  readonly at: number;
  readonly action: Action;
  readonly rule: string;
  readonly why: string;
  /** The proposal whose case it goes on with. */
  readonly caseOf?: string;
}

/** So much before the end of what Discord allows the next part is ordered. */
const AHEAD = 3_600_000;

export const timeoutTimer = (userId: string): string => `follow:timeout:${userId}`;
export const banTimer = (userId: string): string => `follow:ban:${userId}`;
export const lockTimer = (channelId: string): string => `follow:lock:${channelId}`;
export const PAUSE_TIMER = "follow:pause";

/**
 * Timers that change with the order itself, whatever becomes of it: a lock that was carried out in part is undone as well,
 * and to unlock what was never locked changes nothing.
 */
export function timerOf(action: Action, memory: unknown): Write | undefined {
  switch (action.verb) {
    case "guild.resume":
      return { write: "timer.clear", timer: PAUSE_TIMER };
    case "channel.unlock":
      return { write: "timer.clear", timer: lockTimer(action.channelId) };
    case "channel.lock": {
      const [timer, { until }] = [lockTimer(action.channelId), memory as BeforeLock];
      return until === undefined
        ? { write: "timer.clear", timer }
        : { write: "timer.set", timer, at: until, payload: unlocking(action.channelId) };
    }
    default:
      return undefined;
  }
}

function unlocking(channelId: string): Omit<FollowUp, "timer" | "at"> {
  return { action: { verb: "channel.unlock", channelId }, rule: "lock-expiry", why: "the lock has run out" };
}

/**
 * Set only once the order is known to be done: a ban that was refused must not end, a month later, the one that a human has
 * made since.
 */
export function followOf({ action, proposalId }: Pick<Order, "action" | "proposalId">): FollowUp | undefined {
  switch (action.verb) {
    case "member.timeout": {
      const { lasting, member } = action;
      if (lasting === undefined) return undefined;
      return {
        timer: timeoutTimer(member.userId),
        at: action.until - AHEAD,
        action: { verb: "member.timeout", member, until: lasting.until },
        rule: "timeout-renewal",
        why: `the time-out lasts until ${new Date(lasting.until).toISOString()}`,
        caseOf: lasting.caseOf ?? proposalId,
      };
    }
    case "member.ban": {
      const { until, member } = action;
      if (until === undefined) return undefined;
      return {
        timer: banTimer(member.userId),
        at: until,
        action: { verb: "member.unban", userId: member.userId },
        rule: "ban-expiry",
        why: "the ban has run out",
        caseOf: proposalId,
      };
    }
    case "guild.incidents": {
      const { lasting } = action;
      const until = Math.min(action.invitesOffUntil ?? Infinity, action.messagesOffUntil ?? Infinity);
      if (lasting === undefined || !Number.isFinite(until)) return undefined;
      const why = `the pause lasts until ${new Date(lasting.until).toISOString()}`;
      return { timer: PAUSE_TIMER, at: until - AHEAD, action: lasting, rule: "pause-renewal", why };
    }
    default:
      return undefined;
  }
}
