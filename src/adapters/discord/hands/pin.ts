import { type APIAuditLogEntry, type APIMessage, AuditLogEvent, Routes } from "discord-api-types/v10";
import type { Reconciled } from "#core";
import { auditReason } from "../marker.ts";
import { found, type Hand, type Reach, type Task } from "./hand.ts";
import { absentUnlessContradicted, lookAt } from "./looking.ts";

export const pinMessage: Hand<"message.pin"> = {
  perform: async (task, reach) => put(task, reach, "PUT"),
  reconcile: (task, reach) => pinReconciled(task, reach, true),
};

/** A message that is gone is pinned nowhere. */
export const unpinMessage: Hand<"message.unpin"> = {
  fulfilledBy: [10_003, 10_008],
  perform: async (task, reach) => put(task, reach, "DELETE"),
  reconcile: (task, reach) => pinReconciled(task, reach, false),
};

type PinTask = Task<"message.pin"> | Task<"message.unpin">;

async function put({ order, action, signal }: PinTask, reach: Reach, method: "PUT" | "DELETE"): Promise<unknown> {
  const { channelId, messageId } = action;
  const route = Routes.channelMessagesPin(channelId, messageId);
  await reach.call({ method, route, reason: auditReason(order.reason, order.id), signal });
  return { channelId, messageId };
}

async function pinReconciled(task: PinTask, reach: Reach, wished: boolean): Promise<Reconciled> {
  const { channelId, messageId } = task.action;
  const message = await lookAt<Partial<APIMessage>>(reach, Routes.channelMessage(channelId, messageId), task.signal);
  if ((message?.pinned ?? false) === wished) return found({ channelId, messageId });
  const opposite = wished ? AuditLogEvent.MessageUnpin : AuditLogEvent.MessagePin;
  const isAbout = ({ options }: APIAuditLogEntry) =>
    (options as { message_id?: string } | undefined)?.message_id === messageId;
  return absentUnlessContradicted(task, reach, opposite, isAbout);
}
