import type { Effect, EventOf, GuildEvent, Write } from "#core";
import { banTimer, type FollowUp, PAUSE_TIMER, timeoutTimer } from "../act/follow.ts";
import type { Approved } from "../judge/approved.ts";

const PREFIX = "follow:";

export function isFollowUp(event: EventOf<"clock.struck">): boolean {
  return event.timer.startsWith(PREFIX);
}

/** A ban that ends, a time-out or a pause that goes on: the timer is set by the very commit that knows the first part done. */
export function followUpTimer(event: EventOf<"action.done">): readonly Write[] {
  if (event.follow === undefined) return [];
  const { timer, at, ...payload } = event.follow as FollowUp;
  return [{ write: "timer.set", timer, at, payload }];
}

/** It needs no second approval and opens no second case: it is the same measure, carried on. */
export function followUpDue(event: EventOf<"clock.struck">): {
  readonly effects: readonly Effect[];
  readonly approved: Approved;
} {
  const { action, rule, why, caseOf } = event.payload as Omit<FollowUp, "timer" | "at">;
  return {
    effects: [{ propose: { action, rule, why, confidence: 1 } }],
    approved: { decidedBy: "agent:house", continues: { ...(caseOf !== undefined && { caseOf }) } },
  };
}

/** Whoever ends it earlier, in Discord's own menus or by a command, has ended it for good. */
export function overtaken(event: GuildEvent): readonly Write[] {
  switch (event.kind) {
    case "member.unbanned":
      return [{ write: "timer.clear", timer: banTimer(event.userId) }];
    case "member.updated":
      return event.timeoutUntil === undefined
        ? [{ write: "timer.clear", timer: timeoutTimer(event.member.userId) }]
        : [];
    case "directory.changed":
      return event.change.change === "guild.facts" && event.change.incidents === undefined
        ? [{ write: "timer.clear", timer: PAUSE_TIMER }]
        : [];
    default:
      return [];
  }
}
