import type { Action, Approval, CardText, EventOf, HouseWrite, Member, MemberResult, ShownCard } from "#core";
import { isMeasure, targetsOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { change, redraw } from "./faces.ts";
import { approvalOfOrder, cardOrder } from "./names.ts";
import { text } from "./words.ts";

type Outcome = EventOf<"action.done"> | EventOf<"action.failed">;

/** What outcomes mean for approvals: a card is there now, or what was allowed has come to something. */
export function followed(event: Outcome, look: HouseLook): readonly HouseWrite[] {
  const card = cardOrder(event.orderId);
  if (card !== undefined) return card.step === 0 ? cardShown(card, event, look) : [];
  const approvalId = approvalOfOrder(event.orderId);
  return approvalId === undefined ? [] : carriedOut(approvalId, event, look);
}

/** Where it stands is kept for replies to it; one that nobody can find again is shown anew with the next reminder. */
function cardShown({ plan, approvalId }: { plan: string; approvalId: string }, event: Outcome, look: HouseLook) {
  const approval = look.approval(approvalId);
  const progress = approval?.progress;
  if (approval === undefined || progress === undefined) return [];
  const { messageId } = (event.kind === "action.done" ? event.result : {}) as { messageId?: string };
  const found: Partial<ShownCard> =
    event.kind === "action.done"
      ? { standing: "shown", shownAt: event.at, ...(messageId === undefined ? {} : { messageId }) }
      : { standing: "lost" };
  const shown = progress.shown.map((one) => (one.plan === plan ? { ...one, ...found } : one));
  return [change(approval, { ...progress, shown })];
}

/** The deed itself is what the faces tell of; whether its notice could be delivered is in the journal. */
function carriedOut(approvalId: string, event: Outcome, look: HouseLook): readonly HouseWrite[] {
  const ordered = look.read("ordered", event.orderId);
  const approval = look.approval(approvalId);
  const progress = approval?.progress;
  if (ordered === undefined || approval === undefined || progress?.decided === undefined) return [];
  const agreed = progress.draft?.action ?? approval.verdict.proposal.action;
  if (!isDeed(ordered.action, agreed, approval, event)) return [];
  const results = { ...progress.results, ...resultsOf(event, ordered.action) };
  const came = cameTo(event, agreed, results, progress.card?.locale);
  const next = { ...progress, decided: { ...progress.decided, came }, ...("members" in agreed && { results }) };
  const { progress: after, house } = redraw({ ...approval, progress: next }, event);
  return [change(approval, after), ...house];
}

/** A warning is its direct message and nothing else. Of the many orders of a lock only a failure is told. */
function isDeed(action: Action, agreed: Action, { status }: Approval, { kind }: Outcome): boolean {
  const isFailure = kind === "action.failed";
  const mayBeWarning = agreed.verb === "member.warn" || status === "expired";
  if (action.verb === "dm.open") return mayBeWarning && isFailure;
  if (action.verb === "message.send") return mayBeWarning || agreed.verb === "message.send";
  return isMeasure(action) || action.verb === agreed.verb || action.verb === "guild.incidents" || isFailure;
}

function resultsOf(event: Outcome, action: Action): Readonly<Record<string, MemberResult>> {
  const members = targetsOf(action).map(({ userId }) => userId);
  if (event.kind === "action.failed") return Object.fromEntries(members.map((userId) => [userId, event.outcome]));
  const { failed = [] } = event.result as { failed?: readonly string[] };
  return Object.fromEntries(members.map((userId) => [userId, failed.includes(userId) ? "failed" : "done"]));
}

const NAMED = 10;

function cameTo(
  event: Outcome,
  agreed: Action,
  results: Readonly<Record<string, MemberResult>>,
  locale: string | undefined,
): CardText {
  if ("members" in agreed) return cohortCameTo(agreed.members, results, locale);
  if (event.kind === "action.done") return text(locale, "came.done");
  return text(locale, event.outcome === "unknown" ? "came.unknown" : "came.failed", { why: event.why });
}

function cohortCameTo(
  members: readonly Member[],
  results: Readonly<Record<string, MemberResult>>,
  locale: string | undefined,
): CardText {
  const count = members.filter(({ userId }) => results[userId] === "done").length;
  const not = members.filter(({ userId }) => results[userId] === "failed" || results[userId] === "unknown");
  if (not.length === 0) return text(locale, "came.some", { count });
  const list = not.slice(0, NAMED).map(({ name, userId }) => `${name} (${userId})`);
  return text(locale, "came.some.failed", { count, failed: not.length, list: list.join(", ") });
}
