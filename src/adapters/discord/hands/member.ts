import { AuditLogEvent, Routes } from "discord-api-types/v10";
import { userName } from "../normalise/member.ts";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand, type Task, undecided } from "./hand.ts";
import { absentUnlessContradicted, attemptedAt, type MemberNow, memberNow, ownEntry } from "./looking.ts";

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

/** Whoever is gone is silenced nowhere. */
export const releaseMember: Hand<"member.untimeout"> = {
  fulfilledBy: [10_007],
  perform: async ({ order, action, signal }, reach) => {
    const body = { communication_disabled_until: null };
    const route = Routes.guildMember(order.guildId, action.member.userId);
    await reach.call({ method: "PATCH", route, body, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId };
  },
  reconcile: async (task, reach) => {
    const { userId } = task.action.member;
    const until = (await memberNow(task, reach, userId))?.communication_disabled_until;
    if (typeof until !== "string" || Date.parse(until) <= reach.clock.now()) return found({ userId });
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
function isSameStay(task: Task<"member.kick">, member: MemberNow): boolean {
  const joinedAt = Date.parse(member.joined_at ?? "");
  const known = task.action.member.joinedAt;
  return known === undefined ? joinedAt < attemptedAt(task.order) : joinedAt === known;
}

/** An empty nickname takes it off. */
export const nameMember: Hand<"member.nickname"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = { nick: action.nickname };
    const route = Routes.guildMember(order.guildId, action.member.userId);
    await reach.call({ method: "PATCH", route, body, reason: auditReason(order.reason, order.id), signal });
    return { userId: action.member.userId, nickname: action.nickname };
  },
  reconcile: async (task, reach) => {
    const { member, nickname } = task.action;
    const now = await memberNow(task, reach, member.userId);
    if (now !== undefined && (now.nick ?? "") === nickname) return found({ userId: member.userId, nickname });
    return absentUnlessContradicted(task, reach, AuditLogEvent.MemberUpdate, member.userId);
  },
};

/** Asking again is as good as having asked. */
export const lookAtMember: Hand<"member.look"> = {
  perform: async (task, reach) => {
    const { userId } = task.action;
    const now = await memberNow(task, reach, userId);
    if (now === undefined) return { looked: userId, gone: true };
    return {
      looked: userId,
      name: now.user === undefined ? userId : userName({ ...now.user }),
      roleIds: now.roles ?? [],
    };
  },
  reconcile: () => Promise.resolve(ABSENT),
};
