import {
  type APITextChannel,
  AuditLogEvent,
  ChannelType,
  Routes,
  ThreadAutoArchiveDuration,
} from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand, undecided } from "./hand.ts";
import { absentUnlessContradicted, lookAt, ownEntry } from "./looking.ts";

/** Discord's limit for the names of threads. */
const LONGEST_NAME = 100;

export const setSlowmode: Hand<"channel.slowmode"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, seconds } = action;
    const body = { rate_limit_per_user: seconds };
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route: Routes.channel(channelId), body, reason, signal });
    return { channelId, seconds };
  },
  reconcile: async (task, reach) => {
    const { channelId, seconds } = task.action;
    const channel = await lookAt<APITextChannel>(reach, Routes.channel(channelId), task.signal);
    if ((channel?.rate_limit_per_user ?? 0) === seconds && channel !== undefined) return found({ channelId, seconds });
    return absentUnlessContradicted(task, reach, AuditLogEvent.ChannelUpdate, channelId);
  },
};

/** Threads have no field for a marker that members would not see: the audit log is the only witness. */
export const openThread: Hand<"thread.open"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = {
      name: [...action.name].slice(0, LONGEST_NAME).join(""),
      type: action.isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread,
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
      ...(action.isPrivate && { invitable: false }),
    };
    const route = Routes.threads(action.channelId);
    const reason = auditReason(order.reason, order.id);
    const thread = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { threadId: thread.id, channelId: thread.id };
  },
  reconcile: async (task, reach) => {
    const entry = await ownEntry(task, reach, AuditLogEvent.ThreadCreate);
    if (entry === "none") return ABSENT;
    if (typeof entry === "string") return undecided(`the audit log does not tell (${entry}), and nothing else knows`);
    return found({ threadId: entry.target_id, channelId: entry.target_id });
  },
};
