import { AuditLogEvent, Routes } from "discord-api-types/v10";
import type { Reconciled } from "#core";
import { auditReason } from "../marker.ts";
import { found, type Hand, type Reach, type Task } from "./hand.ts";
import { absentUnlessContradicted, memberNow } from "./looking.ts";

export const addRole: Hand<"role.add"> = {
  perform: async ({ order, action, signal }, reach) => {
    const route = Routes.guildMemberRole(order.guildId, action.member.userId, action.roleId);
    await reach.call({ method: "PUT", route, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId, roleId: action.roleId };
  },
  reconcile: (task, reach) => roleReconciled(task, reach, true),
};

/** A role that is gone, or a member who is, holds nothing any more. */
export const removeRole: Hand<"role.remove"> = {
  fulfilledBy: [10_007, 10_011],
  perform: async ({ order, action, signal }, reach) => {
    const route = Routes.guildMemberRole(order.guildId, action.member.userId, action.roleId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId, roleId: action.roleId };
  },
  reconcile: (task, reach) => roleReconciled(task, reach, false),
};

async function roleReconciled(
  task: Task<"role.add"> | Task<"role.remove">,
  reach: Reach,
  wished: boolean,
): Promise<Reconciled> {
  const { member, roleId } = task.action;
  const now = await memberNow(task, reach, member.userId);
  const has = now?.roles?.includes(roleId) ?? false;
  if (has === wished) return found({ userId: member.userId, roleId });
  return absentUnlessContradicted(task, reach, AuditLogEvent.MemberRoleUpdate, member.userId);
}
