import { type APIMessage, MessageFlags, Routes } from "discord-api-types/v10";
import { type Reconciled, snowflakeTime } from "#core";
import { markerIn, markerOf } from "../marker.ts";
import { ABSENT, found, type Hand, type HandVerb, type Reach, type Task, undecided } from "./hand.ts";
import { attemptedAt, lookAt } from "./looking.ts";
import { messageBody } from "./words.ts";

/** "Past few minutes", says Discord of how long it remembers a nonce; two are surely among them. */
const NONCE_TRUSTED_MS = 120_000;
/** A channel rarely says more than a thousand things before an attempt is reconciled; most cost one request. */
const PAGES_LOOKED_AT = 10;
const PAGE = 100;
/** What is older than the attempt by this much is surely not of its making, whatever the clocks say. */
const LOOK_BACK = 60_000;

export const sendMessage: Hand<"message.send"> = {
  perform: async ({ order, action, signal }, reach) => {
    const fresh = reach.clock.now() - reach.echoes.tried(order.id) < NONCE_TRUSTED_MS;
    const body = {
      ...messageBody(action.words, order.id),
      ...(fresh && { nonce: markerOf(order.id), enforce_nonce: true }),
      ...(action.replyToMessageId !== undefined && {
        message_reference: { message_id: action.replyToMessageId, fail_if_not_exists: false },
      }),
    };
    const route = Routes.channelMessages(action.channelId);
    const sent = await reach.call<APIMessage>({ method: "POST", route, body, signal });
    return { channelId: action.channelId, messageId: sent.id };
  },
  reconcile: async (task, reach) => {
    const { evidence } = task.order;
    if (evidence !== undefined && evidence !== null) return found(evidence);
    return ownMessage(task, reach, task.action.channelId);
  },
};

/** Other servers than Discord's own leave out what they do not care for. */
type Listed = Pick<APIMessage, "id"> & Partial<APIMessage>;

/** From the newest backwards to what is older than the attempt. A channel that is gone holds nothing. */
export async function ownMessage(
  task: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  channelId: string,
): Promise<Reconciled> {
  const marker = markerOf(task.order.id);
  const oldest = attemptedAt(task.order) - LOOK_BACK;
  let before: string | undefined;
  for (let page = 0; page < PAGES_LOOKED_AT; page += 1) {
    const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
    const messages = (await lookAt<Listed[]>(reach, Routes.channelMessages(channelId), task.signal, query)) ?? [];
    const own = messages.find((message) => message.author?.id === reach.botUserId && markerIn(message) === marker);
    if (own !== undefined) return found({ channelId, messageId: own.id });
    before = messages.at(-1)?.id;
    if (messages.length < PAGE || before === undefined || snowflakeTime(before) < oldest) return ABSENT;
  }
  return undecided("too much was said since to tell");
}

export const editMessage: Hand<"message.edit"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, messageId } = action;
    reach.echoes.tried(order.id);
    const body = messageBody(action.words, order.id);
    await reach.call({ method: "PATCH", route: Routes.channelMessage(channelId, messageId), body, signal });
    return { channelId, messageId };
  },
  reconcile: async ({ order, action, signal }, reach) => {
    const { channelId, messageId } = action;
    const message = await lookAt<APIMessage>(reach, Routes.channelMessage(channelId, messageId), signal);
    return markerIn(message) === markerOf(order.id) ? found({ channelId, messageId }) : ABSENT;
  },
};

const ALREADY_CROSSPOSTED = 40_033;

export const crosspostMessage: Hand<"message.crosspost"> = {
  fulfilledBy: [ALREADY_CROSSPOSTED],
  perform: async ({ action, signal }, reach) => {
    const { channelId, messageId } = action;
    await reach.call({ method: "POST", route: Routes.channelMessageCrosspost(channelId, messageId), signal });
    return { channelId, messageId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { channelId, messageId } = action;
    const message = await lookAt<Partial<APIMessage>>(reach, Routes.channelMessage(channelId, messageId), signal);
    const isCrossposted = ((message?.flags ?? 0) & MessageFlags.Crossposted) !== 0;
    return isCrossposted ? found({ channelId, messageId }) : ABSENT;
  },
};

/** Opening a channel that is open returns it: as often as one likes. */
export const openDm: Hand<"dm.open"> = {
  perform: async ({ action, signal }, reach) => {
    const body = { recipient_id: action.userId };
    const channel = await reach.call<{ id: string }>({ method: "POST", route: Routes.userChannels(), body, signal });
    return { channelId: channel.id };
  },
  reconcile: () => Promise.resolve(ABSENT),
};
