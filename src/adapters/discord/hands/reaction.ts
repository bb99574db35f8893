import { Routes } from "discord-api-types/v10";
import { ABSENT, type Hand } from "./hand.ts";

/** Requests that may be repeated. A reaction leaves no entry in the audit log that could contradict. */
export const addReaction: Hand<"reaction.add"> = {
  perform: async ({ action, signal }, reach) => {
    const { channelId, messageId, emoji } = action;
    const route = Routes.channelMessageOwnReaction(channelId, messageId, encodeURIComponent(emoji));
    await reach.call({ method: "PUT", route, signal });
    return { channelId, messageId };
  },
  reconcile: () => Promise.resolve(ABSENT),
};

/** Discord's "Unknown channel", "message" and "emoji": what hangs on nothing has been taken off. */
const NOTHING_THERE = [10_003, 10_008, 10_014];

export const removeReaction: Hand<"reaction.remove"> = {
  fulfilledBy: NOTHING_THERE,
  perform: async ({ action, signal }, reach) => {
    const { channelId, messageId, userId } = action;
    const emoji = encodeURIComponent(action.emoji);
    const route =
      userId === undefined
        ? Routes.channelMessageOwnReaction(channelId, messageId, emoji)
        : Routes.channelMessageUserReaction(channelId, messageId, emoji, userId);
    await reach.call({ method: "DELETE", route, signal });
    return { channelId, messageId };
  },
  reconcile: () => Promise.resolve(ABSENT),
};

export const clearReactions: Hand<"reaction.clear"> = {
  fulfilledBy: NOTHING_THERE,
  perform: async ({ action, signal }, reach) => {
    const { channelId, messageId, emoji } = action;
    const route =
      emoji === undefined
        ? Routes.channelMessageAllReactions(channelId, messageId)
        : Routes.channelMessageReaction(channelId, messageId, encodeURIComponent(emoji));
    await reach.call({ method: "DELETE", route, signal });
    return { channelId, messageId };
  },
  reconcile: () => Promise.resolve(ABSENT),
};
