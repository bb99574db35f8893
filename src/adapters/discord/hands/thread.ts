import {
  type APIThreadChannel,
  AuditLogEvent,
  ChannelType,
  Routes,
  ThreadAutoArchiveDuration,
} from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { channelName } from "./channel.ts";
import { ABSENT, found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt, madeByUs } from "./looking.ts";
import { messageBody } from "./words.ts";

/** Threads have no field for a marker that members would not see: the audit log is the only witness. */
export const openThread: Hand<"thread.open"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = {
      name: channelName(action.name),
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
    const made = await madeByUs(task, reach, AuditLogEvent.ThreadCreate);
    return "nothing" in made ? made.nothing : found({ threadId: made.id, channelId: made.id });
  },
};

/** A post in a forum begins with a message, which carries our marker and has the thread's id. */
export const openPost: Hand<"thread.post"> = {
  perform: async ({ order, action, signal }, reach) => {
    reach.echoes.tried(order.id);
    const body = {
      name: channelName(action.name),
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
      ...(action.tagIds !== undefined && { applied_tags: action.tagIds }),
      message: messageBody(action.words, order.id),
    };
    const route = Routes.threads(action.channelId);
    const reason = auditReason(order.reason, order.id);
    const thread = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { threadId: thread.id, channelId: thread.id, messageId: thread.id };
  },
  reconcile: async (task, reach) => {
    const evidence = task.order.evidence as { readonly channelId?: string } | null | undefined;
    const threadId = evidence?.channelId;
    if (threadId !== undefined) return found({ threadId, channelId: threadId, messageId: threadId });
    const made = await madeByUs(task, reach, AuditLogEvent.ThreadCreate);
    return "nothing" in made ? made.nothing : found({ threadId: made.id, channelId: made.id, messageId: made.id });
  },
};

/** An archived thread takes no other change: what is changed while it stays open opens it in the same request. */
export const editThread: Hand<"thread.edit"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, name, locked, archived } = action;
    const body = {
      archived: archived ?? false,
      ...(name !== undefined && { name: channelName(name) }),
      ...(locked !== undefined && { locked }),
    };
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route: Routes.channel(channelId), body, reason, signal });
    return { channelId };
  },
  reconcile: async (task, reach) => {
    const { channelId, name, archived, locked } = task.action;
    const thread = await lookAt<Partial<APIThreadChannel>>(reach, Routes.channel(channelId), task.signal);
    const now = thread?.thread_metadata;
    const holds =
      thread !== undefined &&
      (now?.archived ?? false) === (archived ?? false) &&
      (locked === undefined || (now?.locked ?? false) === locked) &&
      (name === undefined || thread.name === channelName(name));
    return holds ? found({ channelId }) : absentUnlessContradicted(task, reach, AuditLogEvent.ThreadUpdate, channelId);
  },
};

export const addToThread: Hand<"thread.add-member"> = {
  perform: async ({ action, signal }, reach) => {
    const { channelId, userId } = action;
    await reach.call({ method: "PUT", route: Routes.threadMembers(channelId, userId), signal });
    return { channelId, userId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { channelId, userId } = action;
    const member = await lookAt(reach, Routes.threadMembers(channelId, userId), signal);
    return member === undefined ? ABSENT : found({ channelId, userId });
  },
};

export const removeFromThread: Hand<"thread.remove-member"> = {
  fulfilledBy: [10_003, 10_007],
  perform: async ({ action, signal }, reach) => {
    const { channelId, userId } = action;
    await reach.call({ method: "DELETE", route: Routes.threadMembers(channelId, userId), signal });
    return { channelId, userId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { channelId, userId } = action;
    const member = await lookAt(reach, Routes.threadMembers(channelId, userId), signal);
    return member === undefined ? found({ channelId, userId }) : ABSENT;
  },
};
