import {
  GatewayDispatchEvents,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
} from "discord-api-types/v10";
import { mentionsIn, type AllowedMentions } from "./mentions.ts";
import { messageEvent } from "./message-payload.ts";
import { userById } from "./payloads.ts";
import { channelPermissions } from "./permissions.ts";
import type { ChannelState, MessageState } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface MessageDraft {
  readonly authorId: string;
  readonly content?: string | undefined;
  readonly embeds?: readonly APIEmbed[] | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | undefined;
  readonly attachments?: readonly APIAttachment[] | undefined;
  readonly replyTo?: MessageState["replyTo"];
  readonly flags?: number | undefined;
  readonly nonce?: string | number | undefined;
  readonly allowedMentions?: AllowedMentions | undefined;
  readonly webhook?: MessageState["webhook"];
  readonly interactionId?: string | undefined;
  readonly type?: MessageType | undefined;
  /** A forum post's first message has its thread's id. */
  readonly id?: string | undefined;
  /** For history: when it was written, if not now. */
  readonly at?: number | undefined;
}

/** Puts a message into a channel and tells everybody. Whether its author may is the caller's question. */
export function postMessage(world: World, channel: ChannelState, draft: MessageDraft): MessageState {
  const message = newMessage(world, channel, draft);
  channel.messages.set(message.id, message);
  channel.lastMessageId = message.id;
  tellMessage(world, channel, message, "message");
  // The nonce is told to whoever waits for it and kept nowhere a request could read it later.
  const nonce = message.nonce === undefined ? {} : { nonce: message.nonce };
  const event = { ...messageEvent(world, channel, message), ...nonce };
  dispatch(world, GatewayDispatchEvents.MessageCreate, channel.guildId, event);
  return message;
}

export function newMessage(world: World, channel: ChannelState, draft: MessageDraft): MessageState {
  const content = draft.content ?? "";
  const mayMentionAll =
    (channelPermissions(world, channel, draft.authorId) & PermissionFlagsBits.MentionEveryone) !== 0n;
  return {
    id: draft.id ?? world.ids.next(),
    channelId: channel.id,
    authorId: draft.authorId,
    webhook: draft.webhook,
    type: draft.type ?? (draft.replyTo === undefined ? MessageType.Default : MessageType.Reply),
    content,
    at: draft.at ?? world.clock.now(),
    editedAt: null,
    embeds: [...(draft.embeds ?? [])],
    components: [...(draft.components ?? [])],
    attachments: [...(draft.attachments ?? [])],
    ...mentionsIn(world, channel, content, draft.allowedMentions, draft.replyTo, mayMentionAll),
    replyTo: draft.replyTo,
    flags: draft.flags ?? 0,
    pinnedAt: null,
    reactions: new Map(),
    interactionId: draft.interactionId,
    nonce: draft.nonce,
  };
}

export interface MessageChange {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly APIEmbed[] | null | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | null | undefined;
  readonly attachments?: readonly APIAttachment[] | null | undefined;
  readonly flags?: number | null | undefined;
  /** From now on it is made of components alone; no edit takes that back. */
  readonly becomesLayout?: boolean;
  readonly allowedMentions?: AllowedMentions | undefined;
}

/** Filling a deferred answer is its first content, not an edit: it carries no edited_timestamp. */
export function changeMessage(world: World, channel: ChannelState, message: MessageState, change: MessageChange): void {
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  if (change.content !== undefined) {
    message.content = change.content ?? "";
    Object.assign(message, mentionsIn(world, channel, message.content, change.allowedMentions, undefined, false));
  }
  if (change.embeds !== undefined) message.embeds = [...(change.embeds ?? [])];
  if (change.components !== undefined) message.components = [...(change.components ?? [])];
  if (change.attachments !== undefined) message.attachments = [...(change.attachments ?? [])];
  if (change.flags !== undefined && change.flags !== null) message.flags = change.flags;
  if (change.becomesLayout === true) message.flags |= MessageFlags.IsComponentsV2;
  message.flags &= ~MessageFlags.Loading;
  if (!wasLoading) message.editedAt = world.clock.now();
  announceMessage(world, channel, message);
}

/** MESSAGE_UPDATE as it stands: an edit, a pin, an embed that Discord unfolded later. */
export function announceMessage(world: World, channel: ChannelState, message: MessageState): void {
  tellMessage(world, channel, message, "edit");
  dispatch(world, GatewayDispatchEvents.MessageUpdate, channel.guildId, messageEvent(world, channel, message) as never);
}

function tellMessage(world: World, channel: ChannelState, message: MessageState, kind: "message" | "edit"): void {
  const { id: messageId, authorId: userId, content: text } = message;
  const name = message.webhook?.name ?? userById(world, userId).username;
  const embeds = message.embeds.map((embed) => [embed.title, embed.description].filter(Boolean).join(": "));
  tell(world, { kind, guildId: channel.guildId, channelId: channel.id, messageId, userId, name, text, embeds });
  const recipient = channel.recipientIds.find((id) => id !== world.botId);
  if (kind === "message" && recipient !== undefined)
    tell(world, { kind: "dm", userId: recipient, messageId, text: [text, ...embeds].filter(Boolean).join("\n") });
}
