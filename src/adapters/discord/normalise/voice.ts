import type { VoiceState } from "#core";
import type { Normaliser } from "./context.ts";
import { event } from "./frame-event.ts";
import { memberWithUser } from "./member.ts";
import { asObject, idAt, isId, optionalIdAt, type Raw } from "./raw.ts";

/** One frame tells of everything in voice: where somebody is now, or nowhere any more. */
export const voiceChanged: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  const userId = idAt(data, "user_id");
  if (guildId === undefined || userId === context.botUserId) return undefined;
  if (optionalIdAt(data, "channel_id") === undefined) return event(guildId, context, { kind: "voice.left", userId });
  const state = voiceStateFrom(data)!;
  const membership = asObject(data["member"]);
  const member = isId(asObject(membership?.["user"])?.["id"]) ? { member: memberWithUser(membership!) } : {};
  return event(guildId, context, { kind: "voice.changed", state, ...member });
};

export function voiceStateFrom(raw: Raw | undefined): VoiceState | undefined {
  if (!isId(raw?.["user_id"]) || !isId(raw["channel_id"])) return undefined;
  const state: { -readonly [K in keyof VoiceState]: VoiceState[K] } = {
    userId: raw["user_id"],
    channelId: raw["channel_id"],
  };
  if (raw["mute"] === true || raw["self_mute"] === true) state.muted = true;
  if (raw["deaf"] === true || raw["self_deaf"] === true) state.deafened = true;
  if (raw["self_stream"] === true) state.streaming = true;
  if (raw["self_video"] === true) state.video = true;
  return state;
}
