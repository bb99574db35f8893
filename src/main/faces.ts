import { randomUUID } from "node:crypto";
import type {
  ActionExecutor,
  ApprovalPolicy,
  Clock,
  GuildEvent,
  GuildPolicy,
  Log,
  Order,
  PolicyFor,
  Store,
} from "#core";
import { createTelegram, type Telegram } from "../adapters/telegram/index.ts";
import type { Settings } from "../config/index.ts";
import { isHouses } from "./house-hand.ts";

export interface Executors {
  readonly discord: ActionExecutor;
  readonly telegram: ActionExecutor | undefined;
  /** For what is done in the house itself. */
  readonly house: ActionExecutor;
  /** Puts in what must not be stored: the addresses of a transcript, signed for whoever is told. */
  readonly signed: (order: Order) => Order;
}

/** Where an order is carried out: cards know their face, choices are the house's, everything else is Discord's. */
export function executorOver({ discord, telegram, house, signed }: Executors): ActionExecutor {
  const handsFor = (order: Order): ActionExecutor => {
    if (isHouses(order)) return house;
    return isForTelegram(order) ? (telegram ?? nobody) : discord;
  };
  return {
    perform: (order, signal) => handsFor(order).perform(signed(order), signal),
    reconcile: (order, signal) => handsFor(order).reconcile(order, signal),
  };
}

function isForTelegram({ action }: Order): boolean {
  if (action.verb === "tap.answer") return true;
  return (action.verb === "card.show" || action.verb === "card.update") && action.place.face === "telegram";
}

const why = "there is no TELEGRAM_BOT_TOKEN any more";
const nobody: ActionExecutor = {
  perform: () => Promise.resolve({ kind: "failed", code: "no-telegram", why }),
  reconcile: () => Promise.resolve({ found: "unknown", why }),
};

export interface TelegramParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: (event: GuildEvent) => Promise<void>;
}

export function openTelegram({ settings, ...shared }: TelegramParts): Telegram | undefined {
  const chosen = settings.telegram;
  if (chosen === undefined) return undefined;
  const { token, apiRoot, chatId, webhook } = chosen;
  return createTelegram({
    ...shared,
    token: token.reveal(),
    ...(apiRoot === undefined ? {} : { apiRoot }),
    ...(chatId === undefined ? {} : { chatId }),
    ...(webhook === undefined
      ? {}
      : { webhook: { ...webhook, secret: webhook.secret?.reveal() ?? randomUUID(), host: settings.host } }),
  });
}

/** What every guild's approvals must know of the bot; a policy stays the same object as long as the guild's own does. */
export function withTelegram(policyFor: PolicyFor, { telegram }: Settings): PolicyFor {
  if (telegram === undefined) return policyFor;
  const { chatId, userIds } = telegram;
  const face: NonNullable<ApprovalPolicy["telegram"]> = { userIds, ...(chatId === undefined ? {} : { chatId }) };
  const known = new WeakMap<GuildPolicy, GuildPolicy>();
  return (guildId, own) => {
    const policy = policyFor(guildId, own);
    const before = known.get(policy);
    if (before !== undefined) return before;
    const more = { ...policy, approval: { ...policy.approval, telegram: face } };
    known.set(policy, more);
    return more;
  };
}
