import { Routes } from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { ABSENT, type Hand } from "./hand.ts";

/**
 * 10006: there is no such invite, or it has run out. It is not looked up: Discord bans addresses that look up many invites,
 * and deleting one twice is the same as once.
 */
export const deleteInvite: Hand<"invite.delete"> = {
  fulfilledBy: [10_006],
  perform: async ({ order, action, signal }, reach) => {
    const { code } = action;
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "DELETE", route: Routes.invite(encodeURIComponent(code)), reason, signal });
    return { code };
  },
  reconcile: () => Promise.resolve(ABSENT),
};
