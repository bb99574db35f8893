import type { Action, AuditChange, CaseDraft, EventOf, HouseWrite, Tally, Verb, Write } from "#core";
import { BY_HAND, byHandProposal } from "#core";
import type { HouseLook } from "../decide/look.ts";

/**
 * What moderators (and other bots) do in Discord's own menus becomes a case like any measure of ours. The audit log says
 * who did it and why; where the bot may not read it, a ban is still seen, and its case has no moderator.
 */
export interface ByHand {
  readonly house: readonly HouseWrite[];
  readonly writes: readonly Write[];
  readonly tallies: readonly Tally[];
}

const NOTHING: ByHand = { house: [], writes: [], tallies: [] };

/** Seconds the house counts over. *own* must outlast an order's way to Discord, *told* the audit log's way to us. */
export const BY_HAND_COUNTERS = {
  own: { windowSeconds: 600 },
  told: { windowSeconds: 120 },
  handMade: { windowSeconds: 10 },
} as const;

const NOBODY = "unknown";

const PREFIX = "by-hand:";
/** The audit entry comes within a second of the ban, before or after it. */
const PATIENCE_MS = 10_000;

type Seen = EventOf<"member.banned"> | EventOf<"member.unbanned">;

export function byHand(event: EventOf<"audit.logged">, look: HouseLook): ByHand {
  const verb = verbOf(event);
  const userId = event.targetId;
  if (verb === undefined || userId === undefined) return NOTHING;
  const told: Tally = { counter: "told", key: `${verb}/${userId}` };
  const unseen: Write = { write: "timer.clear", timer: timerOf(verb, userId) };
  const writes = verb === "member.ban" || verb === "member.unban" ? [unseen] : [];
  if (event.isOurs === true) return { ...NOTHING, writes, tallies: [told] };
  const key = [verb, userId, event.byUserId, timeoutAfter(event.changes), event.reason].join("/");
  // Discord writes some entries twice, under two ids.
  if (look.count("handMade", key) > 0) return { ...NOTHING, writes, tallies: [told] };
  const draft: CaseDraft = {
    ...caseOf(event, verb, userId, event.targetName ?? userId),
    decidedBy: event.byUserId === undefined ? NOBODY : `user:${event.byUserId}`,
    reason: event.reason ?? "",
  };
  return { house: [{ write: "case.open", draft }], writes, tallies: [told, { counter: "handMade", key }] };
}

/** A ban was seen. Where nobody has told of it yet, the audit log gets a little time. */
export function banSeen(event: Seen, look: HouseLook): readonly Write[] {
  const verb = seenVerb(event);
  if (look.count("told", `${verb}/${event.userId}`) > 0) return [];
  const payload = { verb, userId: event.userId, name: event.name };
  return [{ write: "timer.set", timer: timerOf(verb, event.userId), at: event.at + PATIENCE_MS, payload }];
}

export function isUnseen(event: EventOf<"clock.struck">): boolean {
  return event.timer.startsWith(PREFIX);
}

/** The audit log stayed silent: it was us, which the orders tell, or somebody whose name is not to be had. */
export function unseen(event: EventOf<"clock.struck">, look: HouseLook): ByHand {
  const { verb, userId, name } = event.payload as { verb: Verb; userId: string; name: string };
  const key = `${verb}/${userId}`;
  if (look.count("told", key) > 0 || look.count("own", key) > 0) return NOTHING;
  const draft = { ...caseOf(event, verb, userId, name), decidedBy: NOBODY, reason: "" };
  return { ...NOTHING, house: [{ write: "case.open", draft }] };
}

/** What an order of ours will show up as, so that it is known again without the audit log. */
export function ownMarks(action: Action): readonly Tally[] {
  const mark = (verb: Verb, userId: string): Tally => ({ counter: "own", key: `${verb}/${userId}` });
  switch (action.verb) {
    case "member.ban":
      return [mark("member.ban", action.member.userId)];
    case "members.bulk-ban":
      return action.members.map(({ userId }) => mark("member.ban", userId));
    case "member.unban":
      return [mark("member.unban", action.userId)];
    default:
      return [];
  }
}

function caseOf(event: { id: string; at: number }, verb: Verb, userId: string, userName: string) {
  const proposalId = byHandProposal(event.id);
  return {
    proposalId,
    eventId: event.id,
    verb,
    userId,
    userName,
    rule: BY_HAND,
    openedAt: event.at,
    outcome: "done" as const,
  };
}

const seenVerb = (event: Seen): Verb => (event.kind === "member.banned" ? "member.ban" : "member.unban");
const timerOf = (verb: Verb, userId: string): string => `${PREFIX}${verb}:${userId}`;

const VERB_OF: ReadonlyMap<number, Verb> = new Map([
  [20, "member.kick"],
  [22, "member.ban"],
  [23, "member.unban"],
]);
const MEMBER_CHANGED = 24;

function verbOf({ action, changes, at }: EventOf<"audit.logged">): Verb | undefined {
  if (action !== MEMBER_CHANGED) return VERB_OF.get(action);
  const until = timeoutAfter(changes);
  if (until === undefined) return undefined;
  return until !== null && Date.parse(until) > at ? "member.timeout" : "member.untimeout";
}

/** Undefined: the entry is about something else; null: lifted. */
function timeoutAfter(changes: readonly AuditChange[]): string | null | undefined {
  const change = changes.find(({ key }) => key === "communication_disabled_until");
  if (change === undefined) return undefined;
  return typeof change.after === "string" ? change.after : null;
}
