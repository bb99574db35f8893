import { type APIMessage, Routes } from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand } from "./hand.ts";
import { lookAt } from "./looking.ts";

export const deleteMessage: Hand<"message.delete"> = {
  fulfilledBy: [10_003, 10_008],
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, messageId } = action;
    const route = Routes.channelMessage(channelId, messageId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { channelId, messageId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { channelId, messageId } = action;
    const message = await lookAt<APIMessage>(reach, Routes.channelMessage(channelId, messageId), signal);
    return message === undefined ? found({ channelId, messageId }) : ABSENT;
  },
};

/** Discord does not mind ids that are gone already, so doing it again costs less than looking for a hundred messages. */
export const deleteMessages: Hand<"message.bulk-delete"> = {
  fulfilledBy: [10_003],
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, messageIds } = action;
    const reason = auditReason(order.reason, order.id);
    const body = { messages: messageIds };
    await reach.call({ method: "POST", route: Routes.channelBulkDelete(channelId), body, reason, signal });
    return { channelId, deleted: messageIds.length };
  },
  reconcile: () => Promise.resolve(ABSENT),
};
