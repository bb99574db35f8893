import { PermissionFlagsBits as Bit } from "discord-api-types/v10";

const together = (bits: readonly bigint[]): bigint => bits.reduce((all, bit) => all | bit, 0n);

/** What @everyone may do in a new guild. */
export const EVERYONE = together([
  Bit.CreateInstantInvite,
  Bit.AddReactions,
  Bit.Stream,
  Bit.ViewChannel,
  Bit.SendMessages,
  Bit.EmbedLinks,
  Bit.AttachFiles,
  Bit.ReadMessageHistory,
  Bit.UseExternalEmojis,
  Bit.Connect,
  Bit.Speak,
  Bit.ChangeNickname,
  Bit.UseApplicationCommands,
  Bit.CreatePublicThreads,
  Bit.CreatePrivateThreads,
  Bit.SendMessagesInThreads,
]);

/** What a moderator has beyond that. */
export const MODERATOR = together([
  Bit.KickMembers,
  Bit.BanMembers,
  Bit.ViewAuditLog,
  Bit.ManageMessages,
  Bit.ManageNicknames,
  Bit.ManageThreads,
  Bit.ModerateMembers,
  Bit.MuteMembers,
  Bit.DeafenMembers,
  Bit.MoveMembers,
  Bit.PinMessages,
  Bit.MentionEveryone,
]);

/** Everything a community bot needs, short of being an administrator. */
export const BOT = together([
  EVERYONE,
  MODERATOR,
  Bit.ManageGuild,
  Bit.ManageChannels,
  Bit.ManageRoles,
  Bit.ManageWebhooks,
  Bit.ManageEvents,
  Bit.CreateEvents,
]);
