import { type APITextChannel, AuditLogEvent, Routes } from "discord-api-types/v10";
import type { ChannelFacts } from "#core";
import { auditReason } from "../marker.ts";
import { overwriteBody } from "./overwrite.ts";
import { ABSENT, found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt, madeByUs } from "./looking.ts";

/** Discord's limit for the names of channels and threads. */
const LONGEST_NAME = 100;

export function channelName(name: string): string {
  return [...name].slice(0, LONGEST_NAME).join("");
}

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
    const channel = await lookAt<Partial<APITextChannel>>(reach, Routes.channel(channelId), task.signal);
    if ((channel?.rate_limit_per_user ?? 0) === seconds && channel !== undefined) return found({ channelId, seconds });
    return absentUnlessContradicted(task, reach, AuditLogEvent.ChannelUpdate, channelId);
  },
};

export const createChannel: Hand<"channel.create"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = {
      ...bodyOf(action),
      type: action.type,
      ...(action.overwrites !== undefined && {
        permission_overwrites: action.overwrites.map((each) => ({ id: each.id, ...overwriteBody(each) })),
      }),
    };
    const route = Routes.guildChannels(order.guildId);
    const reason = auditReason(order.reason, order.id);
    const channel = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { channelId: channel.id };
  },
  reconcile: async (task, reach) => {
    const made = await madeByUs(task, reach, AuditLogEvent.ChannelCreate);
    return "nothing" in made ? made.nothing : found({ channelId: made.id });
  },
};

export const editChannel: Hand<"channel.edit"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { channelId } = action;
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route: Routes.channel(channelId), body: bodyOf(action), reason, signal });
    return { channelId };
  },
  /** Discord writes names its own way, so only what it keeps as it was given is compared; changing it again is harmless. */
  reconcile: async (task, reach) => {
    const { channelId } = task.action;
    const channel = await lookAt<Partial<APITextChannel>>(reach, Routes.channel(channelId), task.signal);
    if (channel !== undefined && holds(channel, bodyOf(task.action))) return found({ channelId });
    return absentUnlessContradicted(task, reach, AuditLogEvent.ChannelUpdate, channelId);
  },
};

function bodyOf({ name, topic, parentId, slowmode }: ChannelFacts & { readonly name?: string }) {
  return {
    ...(name !== undefined && { name: channelName(name) }),
    ...(topic !== undefined && { topic }),
    ...(parentId !== undefined && { parent_id: parentId }),
    ...(slowmode !== undefined && { rate_limit_per_user: slowmode }),
  };
}

function holds(channel: Partial<APITextChannel>, wished: object): boolean {
  return Object.entries(wished).every(([key, value]) => (channel as Record<string, unknown>)[key] === value);
}

export const deleteChannel: Hand<"channel.delete"> = {
  fulfilledBy: [10_003],
  perform: async ({ order, action, signal }, reach) => {
    const { channelId } = action;
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "DELETE", route: Routes.channel(channelId), reason, signal });
    return { channelId };
  },
  reconcile: async ({ action, signal }, reach) => {
    const { channelId } = action;
    return (await lookAt(reach, Routes.channel(channelId), signal)) === undefined ? found({ channelId }) : ABSENT;
  },
};
