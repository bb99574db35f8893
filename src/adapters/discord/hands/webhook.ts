import { type APIMessage, type APIWebhook, AuditLogEvent, Routes } from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand, type Reach, undecided } from "./hand.ts";
import { lookAt, madeByUs } from "./looking.ts";
import { messageBody } from "./words.ts";

/** Whoever has its token may speak through a webhook, so it is sealed before anything stores it. */
export const createWebhook: Hand<"webhook.create"> = {
  perform: async ({ order, action, signal }, reach) => {
    const route = Routes.channelWebhooks(action.channelId);
    const reason = auditReason(order.reason, order.id);
    const body = { name: action.name };
    const made = await reach.call<APIWebhook>({ method: "POST", route, body, reason, signal });
    return resultOf(made, order.guildId, reach);
  },
  reconcile: async (task, reach) => {
    const made = await madeByUs(task, reach, AuditLogEvent.WebhookCreate);
    if ("nothing" in made) return made.nothing;
    const webhook = await lookAt<APIWebhook>(reach, Routes.webhook(made.id), task.signal);
    return webhook === undefined
      ? undecided("it was made, and somebody has deleted it since")
      : found(resultOf(webhook, task.order.guildId, reach));
  },
};

function resultOf({ id, token }: Pick<APIWebhook, "id" | "token">, guildId: string, reach: Reach): object {
  return { webhookId: id, ...(token !== undefined && { sealedToken: reach.seal.seal(token, guildId) }) };
}

/** At most once: what a webhook said is nobody's message that could be listed by its author. */
export const sendByWebhook: Hand<"webhook.send"> = {
  perform: async ({ order, action, signal }, reach) => {
    const token = reach.seal.open(action.sealedToken, order.guildId);
    const body = {
      ...messageBody(action.words, order.id),
      ...(action.name !== undefined && { username: action.name }),
    };
    const sent = await reach.call<Partial<APIMessage>>({
      ...{ method: "POST", route: Routes.webhook(action.webhookId, token), query: { wait: "true" } },
      ...{ body, anonymous: true, signal },
    });
    return { ...(sent.id !== undefined && { messageId: sent.id }) };
  },
  reconcile: () => Promise.resolve(undecided("what a webhook said cannot be looked up")),
};

export const deleteWebhook: Hand<"webhook.delete"> = {
  fulfilledBy: [10_015],
  perform: async ({ order, action, signal }, reach) => {
    const { webhookId } = action;
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "DELETE", route: Routes.webhook(webhookId), reason, signal });
    return { webhookId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { webhookId } = action;
    return (await lookAt(reach, Routes.webhook(webhookId), signal)) === undefined ? found({ webhookId }) : ABSENT;
  },
};
