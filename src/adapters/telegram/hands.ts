import type { Api } from "grammy";
import { type ActionExecutor, type ActionOf, GuildhallError, type Order, type Outcome, type Reconciled } from "#core";
import type { Chats } from "./chats.ts";
import { isNotModified, isTooOld, movedTo, outcomeOf } from "./failures.ts";
import { BOT, type Findings } from "./findings.ts";
import type { Presses } from "./press.ts";
import { keyboard, render } from "./render.ts";

export interface HandTools {
  readonly api: Api;
  readonly chats: Chats;
  readonly presses: Presses;
  readonly findings: Findings;
  /** The chat has another id by now: told once it is noticed, wherever. */
  readonly moved: (from: string, to: string) => Promise<void>;
  readonly answered: (callbackId: string) => void;
}

const LONGEST_ANSWER = 200;

/** One request each. Nobody can look for a message on Telegram: what was sent and not answered stays unknown. */
export function createHands(tools: HandTools): ActionExecutor {
  return {
    async perform(order, signal) {
      try {
        const result = await request(order, tools, signal as never);
        tools.findings.reached(aboutOf(order, tools));
        return { kind: "done", result };
      } catch (error) {
        return after(error, order, tools);
      }
    },
    reconcile: (order): Promise<Reconciled> =>
      Promise.resolve(
        order.action.verb === "card.update"
          ? { found: "absent" }
          : { found: "unknown", why: "Telegram cannot be asked what was sent" },
      ),
  };
}

/** grammY brings its own type of signal; Node's is one. */
type Signal = Parameters<Api["sendMessage"]>[3];

function request({ action }: Order, tools: HandTools, signal: Signal): Promise<unknown> {
  switch (action.verb) {
    case "card.show":
      return show(action, tools, signal);
    case "card.update":
      return update(action, tools, signal);
    case "tap.answer":
      return answer(action, tools, signal);
    default:
      throw new GuildhallError("no-hand", `${action.verb} is not for Telegram`);
  }
}

async function show(action: ActionOf<"card.show">, tools: HandTools, signal: Signal): Promise<unknown> {
  const chatId = chatOf(action, tools);
  const { text, entities } = render(action.card);
  const sent = await tools.api.sendMessage(
    chatId,
    text,
    {
      entities,
      link_preview_options: { is_disabled: true },
      reply_markup: keyboard(action.card, action.approvalId, chatId, tools.presses),
      ...(action.place.face === "telegram" && action.place.silent === true ? { disable_notification: true } : {}),
    },
    signal,
  );
  return { chatId, messageId: String(sent.message_id) };
}

async function update(action: ActionOf<"card.update">, tools: HandTools, signal: Signal): Promise<unknown> {
  const chatId = chatOf(action, tools);
  const { text, entities } = render(action.card);
  const reply_markup = keyboard(action.card, action.approvalId, chatId, tools.presses);
  const other = { entities, link_preview_options: { is_disabled: true }, reply_markup };
  await tools.api.editMessageText(chatId, Number(action.messageId), text, other, signal);
  return { chatId, messageId: action.messageId };
}

async function answer(
  { tap, text, alert }: ActionOf<"tap.answer">,
  tools: HandTools,
  signal: Signal,
): Promise<unknown> {
  tools.answered(tap.callbackId);
  const said = text === "" ? {} : { text: text.slice(0, LONGEST_ANSWER), show_alert: alert };
  await tools.api.answerCallbackQuery(tap.callbackId, said, signal);
  return {};
}

function chatOf({ place }: ActionOf<"card.show"> | ActionOf<"card.update">, { chats }: HandTools): string {
  if (place.face === "telegram") return chats.current(place.chatId);
  throw new GuildhallError("wrong-face", "a card for another face came to Telegram's hand");
}

function aboutOf({ action }: Order, tools: HandTools): string {
  const isCard = action.verb === "card.show" || action.verb === "card.update";
  return isCard ? chatOf(action, tools) : BOT;
}

async function after(error: unknown, order: Order, tools: HandTools): Promise<Outcome> {
  const { action } = order;
  if (error instanceof GuildhallError) return { kind: "failed", code: error.code, why: error.message };
  if (action.verb === "card.update" && isNotModified(error))
    return { kind: "done", result: { messageId: action.messageId, already: true } };
  if (action.verb === "tap.answer" && isTooOld(error)) return { kind: "done", result: { late: true } };
  const to = movedTo(error);
  const isCard = action.verb === "card.show" || action.verb === "card.update";
  if (to !== undefined && isCard && action.place.face === "telegram") {
    await tools.moved(tools.chats.current(action.place.chatId), to);
    return { kind: "later", afterMs: 1_000, why: "the chat has another id by now" };
  }
  tools.findings.failed(aboutOf(order, tools), error);
  return outcomeOf(error, order.attempt);
}
