import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { needInChannel, needInGuild } from "../world/permissions.ts";
import { refuse } from "../world/refusal.ts";
import type { GuildState, MemberState } from "../world/states.ts";
import { changeVoice, voicePayload } from "../world/voice.ts";
import { findGuild, findMember } from "./find.ts";
import { type Call, ok, type Reply, route } from "./route.ts";

export interface VoiceBody {
  readonly mute?: boolean | null | undefined;
  readonly deaf?: boolean | null | undefined;
  readonly channel_id?: string | null | undefined;
}

/** The part of a member's change that concerns voice: whoever is not connected can be neither moved nor silenced. */
export function changeInVoice(call: Call, guild: GuildState, member: MemberState, body: VoiceBody): void {
  const { mute, deaf, channel_id: channelId } = body;
  if (mute === undefined && deaf === undefined && channelId === undefined) return;
  if (typeof mute === "boolean") needInGuild(call.world, guild, Bit.MuteMembers);
  if (typeof deaf === "boolean") needInGuild(call.world, guild, Bit.DeafenMembers);
  if (channelId !== undefined) needToMove(call, guild, channelId);
  if (member.voice.channelId === null) throw refuse(40032);
  const change = {
    ...(typeof mute === "boolean" && { mute }),
    ...(typeof deaf === "boolean" && { deaf }),
    ...(channelId !== undefined && { channelId }),
  };
  changeVoice(call.world, guild, member, change, call.actor);
}

/** To put somebody into a channel one must be able to go there oneself. */
function needToMove(call: Call, guild: GuildState, channelId: string | null): void {
  if (channelId === null) return needInGuild(call.world, guild, Bit.MoveMembers);
  const channel = guild.channels.get(channelId);
  if (channel === undefined) throw refuse(10003);
  if (channel.type !== ChannelType.GuildVoice) throw refuse(50024);
  needInChannel(call.world, channel, Bit.MoveMembers | Bit.Connect);
}

function show(call: Call): Reply {
  const guild = findGuild(call);
  const member = findMember(call, guild);
  if (member.voice.channelId === null) throw refuse(10065);
  return ok(voicePayload(guild, member));
}

export const voiceRoutes = [route("GET", "/guilds/:guildId/voice-states/:userId", show)];
