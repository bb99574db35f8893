import {
  InteractionType,
  MessageReferenceType,
  type APIMessage,
  type APIUser,
  type GatewayMessageCreateDispatchData,
} from "discord-api-types/v10";
import { guildOf, memberWithoutUser, reactionsPayload, userById, userPayload } from "./payloads.ts";
import type { ChannelState, MessageState } from "./states.ts";
import { iso, isoOrNull } from "./times.ts";
import type { World } from "./world.ts";

/** A message as REST shows it. A reply carries what it answers, one level deep. */
export function messagePayload(world: World, message: MessageState, depth = 1): APIMessage {
  return {
    id: message.id,
    channel_id: message.channelId,
    author: authorPayload(world, message),
    content: message.content,
    timestamp: iso(message.at),
    edited_timestamp: isoOrNull(message.editedAt),
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentionIds.map((id) => userPayload(userById(world, id))),
    mention_roles: message.mentionRoleIds,
    attachments: message.attachments,
    embeds: message.embeds,
    components: message.components,
    pinned: message.pinnedAt !== null,
    type: message.type,
    flags: message.flags,
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsPayload(world, message) }),
    ...webhookPart(world, message),
    ...replyPart(world, message, depth),
    ...interactionPart(world, message),
  } as APIMessage;
}

function authorPayload(world: World, message: MessageState): APIUser {
  if (message.webhook === undefined) return userPayload(userById(world, message.authorId));
  const { id, name } = message.webhook;
  return { id, username: name, discriminator: "0000", global_name: null, avatar: null, bot: true };
}

function webhookPart(world: World, message: MessageState): object {
  if (message.interactionId !== undefined)
    return { webhook_id: world.applicationId, application_id: world.applicationId };
  return message.webhook === undefined ? {} : { webhook_id: message.webhook.id };
}

function replyPart(world: World, message: MessageState, depth: number): object {
  if (message.replyTo === undefined) return {};
  const channel = world.channels.get(message.replyTo.channelId);
  const original = channel?.messages.get(message.replyTo.messageId);
  const reference = {
    type: MessageReferenceType.Default,
    message_id: message.replyTo.messageId,
    channel_id: message.replyTo.channelId,
    ...(channel?.guildId === undefined ? {} : { guild_id: channel.guildId }),
  };
  if (depth === 0) return { message_reference: reference };
  return {
    message_reference: reference,
    referenced_message: original === undefined ? null : messagePayload(world, original, depth - 1),
  };
}

function interactionPart(world: World, message: MessageState): object {
  const interaction = message.interactionId === undefined ? undefined : world.interactions.get(message.interactionId);
  if (interaction === undefined) return {};
  const user = userPayload(userById(world, interaction.userId));
  return {
    interaction_metadata: {
      id: interaction.id,
      type: interaction.type,
      user,
      authorizing_integration_owners: { "0": interaction.guildId ?? world.applicationId },
    },
    ...(interaction.type === InteractionType.ApplicationCommand
      ? { interaction: { id: interaction.id, type: interaction.type, name: interaction.name, user } }
      : {}),
  };
}

/** The same message as the gateway sends it: with the guild and what its author and the mentioned are there. */
export function messageEvent(
  world: World,
  channel: ChannelState,
  message: MessageState,
): GatewayMessageCreateDispatchData {
  const guild = guildOf(world, channel);
  const payload = messagePayload(world, message);
  if (guild === undefined) return payload as GatewayMessageCreateDispatchData;
  const author = message.webhook === undefined ? guild.members.get(message.authorId) : undefined;
  return {
    ...payload,
    guild_id: guild.id,
    ...(author === undefined ? {} : { member: memberWithoutUser(author) }),
    mentions: payload.mentions.map((user) => {
      const member = guild.members.get(user.id);
      return member === undefined ? user : { ...user, member: memberWithoutUser(member) };
    }),
  } as GatewayMessageCreateDispatchData;
}
