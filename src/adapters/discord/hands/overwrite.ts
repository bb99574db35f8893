import { type APIGuildChannel, type APIOverwrite, AuditLogEvent, OverwriteType, Routes } from "discord-api-types/v10";
import type { Overwrite } from "#core";
import { auditReason } from "../marker.ts";
import { found, type Hand, type HandVerb, type Reach, type Task } from "./hand.ts";
import { absentUnlessContradicted, lookAt } from "./looking.ts";

const CHANGES = [
  AuditLogEvent.ChannelOverwriteCreate,
  AuditLogEvent.ChannelOverwriteUpdate,
  AuditLogEvent.ChannelOverwriteDelete,
] as const;

export function overwriteBody({ type, allow, deny }: Overwrite) {
  return { type: type === "role" ? OverwriteType.Role : OverwriteType.Member, allow, deny };
}

export const putOverwrite: Hand<"channel.overwrite"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, overwrite } = action;
    const route = Routes.channelPermission(channelId, overwrite.id);
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PUT", route, body: overwriteBody(overwrite), reason, signal });
    return { channelId, overwriteId: overwrite.id };
  },
  reconcile: async (task, reach) => {
    const { channelId, overwrite } = task.action;
    const now = await overwriteNow(task, reach, channelId, overwrite.id);
    if (now?.allow === overwrite.allow && now.deny === overwrite.deny)
      return found({ channelId, overwriteId: overwrite.id });
    return absentUnlessContradicted(task, reach, CHANGES, isAbout(channelId, overwrite.id));
  },
};

/** 10009: there is no such overwrite. */
export const clearOverwrite: Hand<"channel.overwrite-clear"> = {
  fulfilledBy: [10_003, 10_009],
  perform: async ({ order, action, signal }, reach) => {
    const { channelId, overwriteId } = action;
    const route = Routes.channelPermission(channelId, overwriteId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { channelId, overwriteId };
  },
  reconcile: async (task, reach) => {
    const { channelId, overwriteId } = task.action;
    if ((await overwriteNow(task, reach, channelId, overwriteId)) === undefined)
      return found({ channelId, overwriteId });
    return absentUnlessContradicted(task, reach, CHANGES, isAbout(channelId, overwriteId));
  },
};

async function overwriteNow(
  { signal }: Pick<Task<HandVerb>, "signal">,
  reach: Reach,
  channelId: string,
  id: string,
): Promise<Partial<APIOverwrite> | undefined> {
  type Known = Partial<Pick<APIGuildChannel, "permission_overwrites">>;
  const channel = await lookAt<Known>(reach, Routes.channel(channelId), signal);
  return channel?.permission_overwrites?.find((one) => one.id === id);
}

function isAbout(channelId: string, overwriteId: string) {
  return (entry: { readonly target_id: string | null; readonly options?: unknown }): boolean =>
    entry.target_id === channelId && (entry.options as { id?: string } | undefined)?.id === overwriteId;
}
