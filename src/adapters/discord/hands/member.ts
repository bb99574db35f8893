import { type APIGuildMember, AuditLogEvent, Routes } from "discord-api-types/v10";
import type { Reconciled } from "#core";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand, type HandVerb, type Reach, type Task, undecided } from "./hand.ts";
import { absentUnlessContradicted, attemptedAt, lookAt, ownEntry } from "./looking.ts";

export const timeoutMember: Hand<"member.timeout"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = { communication_disabled_until: new Date(action.until).toISOString() };
    const route = Routes.guildMember(order.guildId, action.member.userId);
    await reach.call({ method: "PATCH", route, body, reason: auditReason(order.reason, order.id), signal });
    return { until: action.until };
  },
  reconcile: async (task, reach) => {
    const { userId } = task.action.member;
    const member = await memberNow(task, reach, userId);
    const until = member?.communication_disabled_until;
    if (typeof until === "string" && Date.parse(until) === task.action.until)
      return found({ until: task.action.until });
    return absentUnlessContradicted(task, reach, AuditLogEvent.MemberUpdate, userId);
  },
};

/** Whoever is not there any more need not be shown out. */
export const kickMember: Hand<"member.kick"> = {
  fulfilledBy: [10_007],
  perform: async ({ order, action, signal }, reach) => {
    const route = Routes.guildMember(order.guildId, action.member.userId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId };
  },
  reconcile: async (task, reach) => {
    const { userId } = task.action.member;
    const entry = await ownEntry(task, reach, AuditLogEvent.MemberKick);
    if (typeof entry === "object") return found({ userId });
    const member = await memberNow(task, reach, userId);
    if (member === undefined) return undecided("gone, and the audit log does not say whether by us");
    return isSameStay(task, member) ? ABSENT : undecided("left and came back since");
  },
};

/** A kick belongs to one stay: who was kicked and came back must not be kicked again by the retry. */
function isSameStay(task: Task<"member.kick">, member: APIGuildMember): boolean {
  const joinedAt = member.joined_at === null ? Number.NaN : Date.parse(member.joined_at);
  const known = task.action.member.joinedAt;
  return known === undefined ? joinedAt < attemptedAt(task.order) : joinedAt === known;
}

export const banMember: Hand<"member.ban"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = { delete_message_seconds: action.deleteSeconds };
    const route = Routes.guildBan(order.guildId, action.member.userId);
    await reach.call({ method: "PUT", route, body, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId };
  },
  reconcile: async (task, reach) => {
    const { userId } = task.action.member;
    if (await isBanned(task, reach, userId)) return found({ userId });
    return absentUnlessContradicted(task, reach, AuditLogEvent.MemberBanRemove, userId);
  },
};

export const unbanMember: Hand<"member.unban"> = {
  fulfilledBy: [10_026],
  perform: async ({ order, action, signal }, reach) => {
    const route = Routes.guildBan(order.guildId, action.userId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.userId };
  },
  reconcile: async (task, reach) => {
    const { userId } = task.action;
    if (!(await isBanned(task, reach, userId))) return found({ userId });
    return absentUnlessContradicted(task, reach, AuditLogEvent.MemberBanAdd, userId);
  },
};

async function isBanned(
  { order, signal }: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  userId: string,
): Promise<boolean> {
  return (await lookAt(reach, Routes.guildBan(order.guildId, userId), signal)) !== undefined;
}

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
  const has = now?.roles.includes(roleId) ?? false;
  if (has === wished) return found({ userId: member.userId, roleId });
  return absentUnlessContradicted(task, reach, AuditLogEvent.MemberRoleUpdate, member.userId);
}

function memberNow(
  { order, signal }: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  userId: string,
): Promise<APIGuildMember | undefined> {
  return lookAt<APIGuildMember>(reach, Routes.guildMember(order.guildId, userId), signal);
}
