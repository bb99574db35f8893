import { GatewayIntentBits } from "discord-api-types/v10";

/** Everything intake reads, and nothing else: an intent more is traffic, and for privileged ones a form to fill in. */
export const INTENTS =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildModeration |
  GatewayIntentBits.GuildInvites |
  GatewayIntentBits.GuildVoiceStates |
  GatewayIntentBits.GuildScheduledEvents |
  GatewayIntentBits.AutoModerationExecution |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.GuildMessageReactions |
  GatewayIntentBits.MessageContent;

/** Without the message content intent texts arrive empty, save those that mention the bot; all else goes on. */
export const INTENTS_WITHOUT_CONTENT = INTENTS & ~GatewayIntentBits.MessageContent;
