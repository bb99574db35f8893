import type {
  Approval,
  ApprovalProgress,
  Card,
  CardPlace,
  GuildEvent,
  HouseWrite,
  OrderDraft,
  Records,
  ShownCard,
} from "#core";
import { FIRST_PROGRESS } from "#core";
import { cardNow } from "./card-now.ts";
import type { Choices } from "./choices.ts";
import { cardPlan } from "./names.ts";

/** Where this guild's cards are shown, beside the page. */
export function placesOf(choices: Choices, chat: Records["chat"] | undefined, silent: boolean): readonly CardPlace[] {
  const { telegram, channelId } = choices;
  const chatId = telegram === undefined ? undefined : (chat?.chatId ?? telegram.chatId);
  return [
    ...(chatId === undefined ? [] : [{ face: "telegram" as const, chatId, ...(silent ? { silent } : {}) }]),
    ...(channelId === undefined ? [] : [{ face: "discord" as const, channelId }]),
  ];
}

interface Change {
  readonly progress: ApprovalProgress;
  readonly house: readonly HouseWrite[];
}

/** New cards of an approval in these places; those lost before are left behind. */
export function show(approval: Approval, places: readonly CardPlace[], event: GuildEvent): Change {
  const progress = approval.progress ?? FIRST_PROGRESS;
  const card = cardNow(approval)!;
  const made = places.map((place, index): ShownCard => {
    const plan = cardPlan(approval.id, progress.shown.length + index);
    return { plan, place, steps: 1, standing: "ordered" };
  });
  return {
    progress: { ...progress, shown: [...progress.shown, ...made] },
    house: made.map(({ plan, place }) =>
      put(order(plan, 0, { verb: "card.show", place, card, approvalId: approval.id }, event)),
    ),
  };
}

/** Every face (or one of them) shows how the approval stands by now, after whatever it showed before. */
export function redraw(
  approval: Approval,
  event: GuildEvent,
  options: { readonly only?: CardPlace; readonly view?: "evidence" | "options" } = {},
): Change {
  const progress = approval.progress ?? FIRST_PROGRESS;
  const card = cardNow(approval, options.view);
  if (card === undefined) return { progress, house: [] };
  const isMeant = (one: ShownCard): boolean =>
    one.standing !== "lost" && (options.only === undefined || isSamePlace(one.place, options.only));
  return {
    progress: {
      ...progress,
      shown: progress.shown.map((one) => (isMeant(one) ? { ...one, steps: one.steps + 1 } : one)),
    },
    house: progress.shown.filter(isMeant).map((one) => put(updateOf(one, card, approval, event))),
  };
}

function updateOf({ plan, place, steps }: ShownCard, card: Card, approval: Approval, event: GuildEvent): OrderDraft {
  const caseOf = approval.progress?.decided?.caseOf;
  const action = { verb: "card.update" as const, place, messageId: "$0.messageId", card, approvalId: approval.id };
  return { ...order(plan, steps, action, event), ...(caseOf === undefined ? {} : { caseOf }) };
}

export function isSamePlace(one: CardPlace, other: CardPlace): boolean {
  if (one.face === "telegram") return other.face === "telegram" && one.chatId === other.chatId;
  return other.face === "discord" && one.channelId === other.channelId;
}

export function order(plan: string, step: number, action: OrderDraft["action"], event: GuildEvent): OrderDraft {
  return {
    id: `${plan}#${step}`,
    guildId: event.guildId,
    proposalId: plan,
    eventId: event.id,
    agent: "house",
    step,
    action,
    status: step === 0 ? "waiting" : "blocked",
    priority: "high",
    onFailure: step === 0 ? "stop" : "continue",
    reason: "approval",
    notBefore: 0,
  };
}

export function put(draft: OrderDraft): HouseWrite {
  return { write: "order.put", order: draft };
}

/** The compare-and-set of everything about an approval but its status. */
export function change(approval: Approval, progress: ApprovalProgress): HouseWrite {
  const { revision } = approval.progress ?? FIRST_PROGRESS;
  return { write: "approval.progress", approvalId: approval.id, progress: { ...progress, revision: revision + 1 } };
}
