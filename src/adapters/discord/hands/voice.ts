import { AuditLogEvent, type APIVoiceState, Routes } from "discord-api-types/v10";
import type { Reconciled } from "#core";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand, type Reach, type Task, undecided } from "./hand.ts";
import { absentUnlessContradicted, lookAt, ownEntry } from "./looking.ts";

type VoiceTask = Task<"voice.mute"> | Task<"voice.deafen"> | Task<"voice.move"> | Task<"voice.disconnect">;

export const muteMember: Hand<"voice.mute"> = {
  perform: (task, reach) => change(task, reach, { mute: task.action.muted }),
  reconcile: (task, reach) => switched(task, reach, "mute", task.action.muted),
};

export const deafenMember: Hand<"voice.deafen"> = {
  perform: (task, reach) => change(task, reach, { deaf: task.action.deafened }),
  reconcile: (task, reach) => switched(task, reach, "deaf", task.action.deafened),
};

export const moveMember: Hand<"voice.move"> = {
  perform: (task, reach) => change(task, reach, { channel_id: task.action.channelId }),
  reconcile: async (task, reach) => {
    const now = await voiceNow(task, reach);
    if (now?.channel_id === task.action.channelId) return found(resultOf(task));
    // Where the attempt did move them, they have gone on since: not to be dragged back.
    const entry = await ownEntry(task, reach, AuditLogEvent.MemberMove);
    return typeof entry === "object" ? found(resultOf(task)) : ABSENT;
  },
};

/** 40032: not connected to voice. Like a kick it belongs to one stay: who came back is not thrown out again by the retry. */
export const disconnectMember: Hand<"voice.disconnect"> = {
  fulfilledBy: [40_032],
  perform: (task, reach) => change(task, reach, { channel_id: null }),
  reconcile: async (task, reach) => {
    if ((await voiceNow(task, reach)) === undefined) return found(resultOf(task));
    const entry = await ownEntry(task, reach, AuditLogEvent.MemberDisconnect);
    if (entry === "none") return ABSENT;
    return typeof entry === "object" ? found(resultOf(task)) : undecided("still there, or there again");
  },
};

async function change(task: VoiceTask, reach: Reach, body: object): Promise<unknown> {
  const { order, action, signal } = task;
  const route = Routes.guildMember(order.guildId, action.member.userId);
  await reach.call({ method: "PATCH", route, body, reason: auditReason(order.reason, order.id), signal });
  return resultOf(task);
}

const resultOf = ({ action }: VoiceTask) => ({ userId: action.member.userId });

async function switched(task: VoiceTask, reach: Reach, key: "mute" | "deaf", wished: boolean): Promise<Reconciled> {
  const now = await voiceNow(task, reach);
  if (now?.[key] === wished) return found(resultOf(task));
  return absentUnlessContradicted(task, reach, AuditLogEvent.MemberUpdate, task.action.member.userId);
}

/** Undefined where they are in no voice channel. */
async function voiceNow(task: VoiceTask, reach: Reach): Promise<Partial<APIVoiceState> | undefined> {
  const route = Routes.guildVoiceState(task.order.guildId, task.action.member.userId);
  const now = await lookAt<Partial<APIVoiceState>>(reach, route, task.signal);
  return now?.channel_id === null ? undefined : now;
}
