import type { Action, CardText, EventOf, HouseWrite, ShownCard } from "#core";
import { isMeasure, joined, targetsOf } from "#core";
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

/** The measure itself is what the faces tell of; whether its notice could be delivered is in the journal. */
function carriedOut(approvalId: string, event: Outcome, look: HouseLook): readonly HouseWrite[] {
  const ordered = look.read("ordered", event.orderId);
  if (ordered === undefined || !isMeasure(ordered.action)) return [];
  const approval = look.approval(approvalId);
  const progress = approval?.progress;
  if (approval === undefined || progress?.decided === undefined) return [];
  const said = joined(progress.decided.text, " ", cameTo(event, ordered.action, progress.card?.locale));
  const decided = { ...progress.decided, text: said };
  const { progress: after, house } = redraw({ ...approval, progress: { ...progress, decided } }, event);
  return [change(approval, after), ...house];
}

const NAMED = 10;

function cameTo(event: Outcome, action: Action, locale: string | undefined): CardText {
  if (event.kind === "action.failed")
    return text(locale, event.outcome === "unknown" ? "came.unknown" : "came.failed", { why: event.why });
  const { banned, failed } = event.result as { banned?: readonly string[]; failed?: readonly string[] };
  if (banned === undefined && failed === undefined) return text(locale, "came.done");
  const [count, not] = [banned?.length ?? 0, failed?.length ?? 0];
  if (not === 0) return text(locale, "came.some", { count });
  const names = new Map(targetsOf(action).map(({ userId, name }) => [userId, name]));
  const list = failed!.slice(0, NAMED).map((id) => `${names.get(id) ?? ""} (${id})`.trim());
  return text(locale, "came.some.failed", { count, failed: not, list: list.join(", ") });
}
