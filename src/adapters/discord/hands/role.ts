import { AuditLogEvent, Routes } from "discord-api-types/v10";
import type { Reconciled } from "#core";
import { auditReason } from "../marker.ts";
import { found, type Hand, type Reach, type Task } from "./hand.ts";
import { absentUnlessContradicted, madeByUs, memberNow } from "./looking.ts";

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

export const createRole: Hand<"role.create"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = { name: action.name, permissions: action.permissions };
    const reason = auditReason(order.reason, order.id);
    const route = Routes.guildRoles(order.guildId);
    const role = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { roleId: role.id };
  },
  reconcile: async (task, reach) => {
    const made = await madeByUs(task, reach, AuditLogEvent.RoleCreate);
    return "nothing" in made ? made.nothing : found({ roleId: made.id });
  },
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
