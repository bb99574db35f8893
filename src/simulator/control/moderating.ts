import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { deleteChannel } from "../world/channels.ts";
import { ban, changeMember, kick, unban } from "../world/members.ts";
import { needInGuild, needOutranked } from "../world/permissions.ts";
import type { GuildState, MemberState } from "../world/states.ts";
import { changeVoice, type VoiceChange } from "../world/voice.ts";
import type { World } from "../world/world.ts";
import { channelIn, guildIn, mayIn, memberIn, refused } from "./refused.ts";

/** What human moderators do in their client: the audit log names them. Rank holds for them as for the bot. */
export function moderatingControl(world: World) {
  return {
    banByHand(guildId: string, moderatorId: string, userId: string, reason?: string, deleteSeconds = 0): void {
      const guild = guildIn(world, guildId);
      needInGuild(world, guild, Bit.BanMembers, moderatorId);
      needOutranked(world, guild, userId, moderatorId);
      ban(world, guild, userId, { userId: moderatorId, reason }, deleteSeconds);
    },
    unbanByHand(guildId: string, moderatorId: string, userId: string, reason?: string): void {
      const guild = guildIn(world, guildId);
      needInGuild(world, guild, Bit.BanMembers, moderatorId);
      unban(world, guild, userId, { userId: moderatorId, reason });
    },
    kickByHand(guildId: string, moderatorId: string, userId: string, reason?: string): void {
      const guild = guildIn(world, guildId);
      memberIn(guild, userId);
      needInGuild(world, guild, Bit.KickMembers, moderatorId);
      needOutranked(world, guild, userId, moderatorId);
      kick(world, guild, userId, { userId: moderatorId, reason });
    },
    deleteChannelByHand(moderatorId: string, channelId: string): void {
      const channel = channelIn(world, channelId);
      mayIn(world, channel, moderatorId, Bit.ManageChannels);
      deleteChannel(world, guildIn(world, channel.guildId ?? ""), channel, { userId: moderatorId });
    },
    /** Muted or deafened by the server; whoever is not connected cannot be. */
    silenceByHand(
      guildId: string,
      moderatorId: string,
      userId: string,
      change: Pick<VoiceChange, "mute" | "deaf">,
    ): void {
      const guild = guildIn(world, guildId);
      if (change.mute !== undefined) needInGuild(world, guild, Bit.MuteMembers, moderatorId);
      if (change.deaf !== undefined) needInGuild(world, guild, Bit.DeafenMembers, moderatorId);
      changeVoice(world, guild, inVoice(guild, userId), change, { userId: moderatorId });
    },
    /** To another channel, or (null) out of voice. */
    moveByHand(guildId: string, moderatorId: string, userId: string, channelId: string | null): void {
      const guild = guildIn(world, guildId);
      needInGuild(world, guild, Bit.MoveMembers, moderatorId);
      changeVoice(world, guild, inVoice(guild, userId), { channelId }, { userId: moderatorId });
    },
    /** `milliseconds` from now; null lifts it. */
    timeoutByHand(
      guildId: string,
      moderatorId: string,
      userId: string,
      milliseconds: number | null,
      reason?: string,
    ): void {
      const guild = guildIn(world, guildId);
      needInGuild(world, guild, Bit.ModerateMembers, moderatorId);
      needOutranked(world, guild, userId, moderatorId);
      const timeoutUntil = milliseconds === null ? null : world.clock.now() + milliseconds;
      changeMember(world, guild, memberIn(guild, userId), { timeoutUntil }, { userId: moderatorId, reason });
    },
  };
}

function inVoice(guild: GuildState, userId: string): MemberState {
  const member = memberIn(guild, userId);
  if (member.voice.channelId === null) throw refused("they are not connected to voice");
  return member;
}
