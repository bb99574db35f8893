import { AuditLogEvent, GatewayDispatchEvents, type APIVoiceState } from "discord-api-types/v10";
import { audit, differences, type Actor } from "./audit.ts";
import type { GuildState, MemberState } from "./states.ts";
import { dispatch, type World } from "./world.ts";

export interface VoiceChange {
  /** Null: not connected any more. */
  readonly channelId?: string | null;
  readonly mute?: boolean;
  readonly deaf?: boolean;
}

/** Somebody connects, goes elsewhere, leaves, or is silenced by the server. A move or a disconnection names no target in the log. */
export function changeVoice(
  world: World,
  guild: GuildState,
  member: MemberState,
  change: VoiceChange,
  actor: Actor,
): void {
  const before = member.voice;
  member.voice = { ...before, ...change };
  dispatch(world, GatewayDispatchEvents.VoiceStateUpdate, guild.id, voicePayload(guild, member) as never);
  if (actor.userId === member.userId) return;
  const { mute, deaf } = member.voice;
  const changes = differences({ mute: before.mute, deaf: before.deaf }, { mute, deaf });
  if (changes.length > 0) audit(world, guild, AuditLogEvent.MemberUpdate, actor, { targetId: member.userId, changes });
  if (change.channelId === null)
    audit(world, guild, AuditLogEvent.MemberDisconnect, actor, { targetId: null, options: { count: "1" } as never });
  else if (change.channelId !== undefined)
    audit(world, guild, AuditLogEvent.MemberMove, actor, {
      targetId: null,
      options: { channel_id: change.channelId, count: "1" } as never,
    });
}

export function voicePayload(guild: GuildState, { userId, voice }: MemberState): APIVoiceState {
  return {
    guild_id: guild.id,
    channel_id: voice.channelId,
    user_id: userId,
    session_id: `voice-${userId}`,
    deaf: voice.deaf,
    mute: voice.mute,
    self_deaf: false,
    self_mute: false,
    self_video: false,
    suppress: false,
    request_to_speak_timestamp: null,
  };
}
