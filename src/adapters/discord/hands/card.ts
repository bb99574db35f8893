import { type APIMessage, ButtonStyle, ComponentType, MessageFlags, Routes } from "discord-api-types/v10";
import {
  type ActionOf,
  type Card,
  type CardButton,
  type CardText,
  customId,
  fittedCard,
  GuildhallError,
  markupText,
  type Reconciled,
} from "#core";
import { footerOf, markerIn, markerOf } from "../marker.ts";
import { cleanText } from "../normalise/text.ts";
import { found, type Hand, ABSENT } from "./hand.ts";
import { lookAt } from "./looking.ts";
import { ownMessage } from "./message.ts";

/** All the text of one message made of components. */
const MOST_CHARACTERS = 4_000;
const NONCE_TRUSTED_MS = 120_000;

export const showCard: Hand<"card.show"> = {
  perform: async ({ order, action, signal }, reach) => {
    const fresh = reach.clock.now() - reach.echoes.tried(order.id) < NONCE_TRUSTED_MS;
    const nonce = fresh ? { nonce: markerOf(order.id), enforce_nonce: true } : {};
    const channelId = channelOf(action);
    const body = { ...cardBody(action, order.id), ...nonce };
    const sent = await reach.call<APIMessage>({
      method: "POST",
      route: Routes.channelMessages(channelId),
      body,
      signal,
    });
    return { channelId, messageId: sent.id };
  },
  reconcile: (task, reach): Promise<Reconciled> => {
    const { evidence } = task.order;
    if (evidence !== undefined && evidence !== null) return Promise.resolve(found(evidence));
    return ownMessage(task, reach, channelOf(task.action));
  },
};

/** Repeatable: the same card over itself changes nothing. */
export const updateCard: Hand<"card.update"> = {
  perform: async ({ order, action, signal }, reach) => {
    const channelId = channelOf(action);
    reach.echoes.tried(order.id);
    const route = Routes.channelMessage(channelId, action.messageId);
    await reach.call({ method: "PATCH", route, body: cardBody(action, order.id), signal });
    return { channelId, messageId: action.messageId };
  },
  reconcile: async ({ order, action, signal }, reach) => {
    const channelId = channelOf(action);
    const message = await lookAt<APIMessage>(reach, Routes.channelMessage(channelId, action.messageId), signal);
    return markerIn(message) === markerOf(order.id) ? found({ channelId, messageId: action.messageId }) : ABSENT;
  },
};

type CardAction = ActionOf<"card.show"> | ActionOf<"card.update">;

function channelOf({ place }: CardAction): string {
  if (place.face === "discord") return place.channelId;
  throw new GuildhallError("wrong-face", "a card for another face came to Discord's hand");
}

function cardBody(action: CardAction, orderId: string): object {
  const written = (card: Card) => textOf(card).reduce((sum, text) => sum + text.length, footerOf(orderId).length + 3);
  const card = fittedCard(action.card, (one) => written(one) <= MOST_CHARACTERS);
  const texts = [...textOf(card), `-# ${footerOf(orderId)}`];
  const inner = [
    ...texts.map((content) => ({ type: ComponentType.TextDisplay, content: content.slice(0, MOST_CHARACTERS) })),
    ...card.buttons.map((row) => ({
      type: ComponentType.ActionRow,
      components: row.map((button) => buttonOf(button, action.approvalId ?? "")),
    })),
  ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, components: inner }],
    allowed_mentions: { parse: [] },
  };
}

const STYLES = { main: ButtonStyle.Success, danger: ButtonStyle.Danger, plain: ButtonStyle.Secondary } as const;

function buttonOf({ label, press, look }: CardButton, approvalId: string): object {
  const [name = "", ...args] = press.split(".");
  return {
    type: ComponentType.Button,
    style: STYLES[look],
    label,
    custom_id: customId("ap", name, approvalId, ...args),
  };
}

function textOf(card: Card): string[] {
  const fields = card.fields.map(({ label, value }) => `**${plain(label)}:** ${plain(value)}`).join("\n");
  const evidence = card.evidence
    .map(({ name, text, isSubject }) => `> ${isSubject ? "▸ " : ""}**${plain(name)}:** ${quoted(text)}`)
    .join("\n");
  const decision = card.decision === undefined ? "" : `**${plain(card.decision)}**`;
  return [`### ${plain(card.title)}`, fields, evidence, decision].filter((text) => text !== "");
}

function plain(text: CardText): string {
  return cleanText(markupText(text));
}

function quoted(text: string): string {
  return plain(text).replaceAll(/\r?\n/g, "\n> ");
}
