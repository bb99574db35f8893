import { AuditLogEvent, Routes } from "discord-api-types/v10";
import { auditReason, isReasonOf } from "../marker.ts";
import { ABSENT, found, type Hand, type HandVerb, type Reach, type Task, undecided } from "./hand.ts";
import { absentUnlessContradicted, auditEntries, lookAt } from "./looking.ts";

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

/** What became of each of a cohort: the answer names them, and so does the audit log. */
export const banMembers: Hand<"members.bulk-ban"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = {
      user_ids: action.members.map(({ userId }) => userId),
      delete_message_seconds: action.deleteSeconds,
    };
    const route = Routes.guildBulkBan(order.guildId);
    const reason = auditReason(order.reason, order.id);
    const answer = await reach.call<{ banned_users?: string[]; failed_users?: string[] }>({
      ...{ method: "POST", route, body, reason, signal },
    });
    return { banned: answer.banned_users ?? [], failed: answer.failed_users ?? [] };
  },
  reconcile: async (task, reach) => {
    const entries = await auditEntries(task, reach, AuditLogEvent.MemberBanAdd);
    if (entries === "forbidden") return undecided("the bot may not read the audit log, which names who was banned");
    if (entries === "too-many") return undecided("too much happened since to find who was banned");
    const banned = entries.flatMap(({ reason, target_id: userId }) =>
      isReasonOf(reason, task.order.id) && userId !== null ? [userId] : [],
    );
    if (banned.length === 0) return ABSENT;
    const failed = task.action.members.map(({ userId }) => userId).filter((userId) => !banned.includes(userId));
    return found({ banned, failed });
  },
};
