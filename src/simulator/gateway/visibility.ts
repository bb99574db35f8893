import { GatewayIntentBits, PermissionFlagsBits, type APIMessage } from "discord-api-types/v10";
import { canSee, guildPermissions } from "../world/permissions.ts";
import type { Dispatch, World } from "../world/world.ts";
import { wantsEvent } from "./intents.ts";

/** What of an event is read to decide who may see it. */
interface Seen {
  readonly channel_id?: string;
  readonly user?: { readonly id: string };
}

/** Whether the bot may know of an event at all: hidden channels stay silent, the audit log needs its permission. */
export function reachesBot(world: World, { event, guildId, data }: Dispatch): boolean {
  if (guildId === undefined || event === "INTERACTION_CREATE") return true;
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return true;
  if (!guild.members.has(world.botId)) return event === "GUILD_DELETE";
  if (event === "GUILD_AUDIT_LOG_ENTRY_CREATE")
    return (guildPermissions(world, guild, world.botId) & PermissionFlagsBits.ViewAuditLog) !== 0n;
  const channelId = (data as Seen).channel_id;
  const channel = channelId === undefined ? undefined : world.channels.get(channelId);
  return channel === undefined || canSee(world, channel, world.botId);
}

/** The bot's own member updates come whatever the intents say. */
export function isWanted(world: World, intents: number, { event, guildId, data }: Dispatch): boolean {
  if (event === "GUILD_MEMBER_UPDATE" && (data as Seen).user?.id === world.botId) return true;
  return wantsEvent(intents, event, guildId === undefined);
}

export function isContentHidden(world: World, intents: number, { event, guildId, data }: Dispatch): boolean {
  if (event !== "MESSAGE_CREATE" && event !== "MESSAGE_UPDATE") return false;
  if (guildId === undefined || (intents & GatewayIntentBits.MessageContent) !== 0) return false;
  return !concernsBot(world, data as APIMessage);
}

function concernsBot(world: World, message: APIMessage): boolean {
  return message.author.id === world.botId || message.mentions.some((user) => user.id === world.botId);
}

/** Without the message content intent the fields are there and empty. */
export function withoutContent(world: World, message: APIMessage): APIMessage {
  const { referenced_message: referenced, ...rest } = message;
  const bare = { ...rest, content: "", embeds: [], attachments: [], components: [] };
  if (referenced === undefined || referenced === null)
    return referenced === null ? { ...bare, referenced_message: null } : bare;
  return {
    ...bare,
    referenced_message: concernsBot(world, referenced) ? referenced : withoutContent(world, referenced),
  };
}
