import { GatewayIntentBits as Bit } from "discord-api-types/v10";

/** Which intents let an event through, in a guild and in direct messages. Events not listed need none. */
const GUILD_EVENTS: Readonly<Record<string, number>> = {
  ...each(Bit.Guilds, [
    "GUILD_CREATE",
    "GUILD_UPDATE",
    "GUILD_DELETE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
  ]),
  ...each(Bit.Guilds, ["CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "CHANNEL_PINS_UPDATE"]),
  ...each(Bit.Guilds, ["THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC", "THREAD_MEMBER_UPDATE"]),
  ...each(Bit.Guilds | Bit.GuildMembers, ["THREAD_MEMBERS_UPDATE"]),
  ...each(Bit.GuildMembers, ["GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"]),
  ...each(Bit.GuildModeration, ["GUILD_AUDIT_LOG_ENTRY_CREATE", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"]),
  ...each(Bit.GuildWebhooks, ["WEBHOOKS_UPDATE"]),
  ...each(Bit.GuildInvites, ["INVITE_CREATE", "INVITE_DELETE"]),
  ...each(Bit.GuildMessages, ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"]),
  ...each(Bit.GuildMessageReactions, ["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"]),
  ...each(Bit.GuildMessageReactions, ["MESSAGE_REACTION_REMOVE_ALL", "MESSAGE_REACTION_REMOVE_EMOJI"]),
  ...each(Bit.GuildMessageTyping, ["TYPING_START"]),
  ...each(Bit.GuildScheduledEvents, ["GUILD_SCHEDULED_EVENT_CREATE", "GUILD_SCHEDULED_EVENT_UPDATE"]),
  ...each(Bit.GuildScheduledEvents, ["GUILD_SCHEDULED_EVENT_DELETE", "GUILD_SCHEDULED_EVENT_USER_ADD"]),
  ...each(Bit.GuildScheduledEvents, ["GUILD_SCHEDULED_EVENT_USER_REMOVE"]),
  ...each(Bit.GuildVoiceStates, ["VOICE_STATE_UPDATE"]),
  ...each(Bit.AutoModerationConfiguration, ["AUTO_MODERATION_RULE_CREATE", "AUTO_MODERATION_RULE_UPDATE"]),
  ...each(Bit.AutoModerationConfiguration, ["AUTO_MODERATION_RULE_DELETE"]),
  ...each(Bit.AutoModerationExecution, ["AUTO_MODERATION_ACTION_EXECUTION"]),
};

const DIRECT_EVENTS: Readonly<Record<string, number>> = {
  ...each(Bit.DirectMessages, [
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "CHANNEL_PINS_UPDATE",
    "CHANNEL_CREATE",
  ]),
  ...each(Bit.DirectMessageReactions, ["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"]),
  ...each(Bit.DirectMessageReactions, ["MESSAGE_REACTION_REMOVE_ALL", "MESSAGE_REACTION_REMOVE_EMOJI"]),
  ...each(Bit.DirectMessageTyping, ["TYPING_START"]),
};

function each(intents: number, events: readonly string[]): Record<string, number> {
  return Object.fromEntries(events.map((event) => [event, intents]));
}

export function wantsEvent(intents: number, event: string, isDirect: boolean): boolean {
  const needed = (isDirect ? DIRECT_EVENTS : GUILD_EVENTS)[event];
  return needed === undefined || (intents & needed) !== 0;
}

export const ALL_INTENTS = Object.values(Bit)
  .filter((bit): bit is Bit => typeof bit === "number")
  .reduce<number>((all, bit) => all | bit, 0);

export const PRIVILEGED = {
  content: Bit.MessageContent,
  members: Bit.GuildMembers,
  presences: Bit.GuildPresences,
} as const;
export type PrivilegedIntent = keyof typeof PRIVILEGED;
