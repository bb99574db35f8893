import type {
  APIApplicationCommand,
  APIAttachment,
  APIAuditLogEntry,
  APIAutoModerationRule,
  APIEmbed,
  APIGuildForumTag,
  APIGuildScheduledEvent,
  APIIncidentsData,
  APIMessageTopLevelComponent,
  APIOverwrite,
  APIRole,
  ChannelType,
  InteractionResponseType,
  InteractionType,
  MessageType,
} from "discord-api-types/v10";

/** What the world remembers, in its own flat words; payloads.ts turns it into what Discord would send. */
export interface UserState {
  readonly id: string;
  username: string;
  globalName: string | null;
  avatar: string | null;
  readonly bot: boolean;
  /** The language of their client; English where nothing is said. */
  locale?: string;
  /** Nobody but friends may write to them: 50007. */
  dmClosed: boolean;
}

export interface MemberState {
  readonly userId: string;
  nick: string | null;
  roleIds: string[];
  readonly joinedAt: number;
  timeoutUntil: number | null;
  voice: { readonly channelId: string | null; readonly mute: boolean; readonly deaf: boolean };
}

export interface ThreadFacts {
  readonly ownerId: string;
  readonly createdAt: number;
  archived: boolean;
  archivedAt: number;
  locked: boolean;
  invitable: boolean;
  archiveMinutes: number;
  appliedTags: string[];
  readonly members: Map<string, number>;
}

export interface ChannelState {
  readonly id: string;
  readonly guildId: string | undefined;
  type: ChannelType;
  name: string;
  position: number;
  parentId: string | null;
  topic: string | null;
  nsfw: boolean;
  slowmode: number;
  bitrate: number;
  userLimit: number;
  readonly overwrites: Map<string, APIOverwrite>;
  tags: APIGuildForumTag[];
  lastMessageId: string | null;
  readonly messages: Map<string, MessageState>;
  readonly recipientIds: readonly string[];
  readonly thread: ThreadFacts | undefined;
}

export interface ReactionState {
  readonly emoji: { readonly id: string | null; readonly name: string };
  readonly userIds: Set<string>;
}

export interface MessageState {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Written through a webhook: the name shown is the webhook's. */
  readonly webhook: { readonly id: string; readonly name: string } | undefined;
  readonly type: MessageType;
  content: string;
  readonly at: number;
  editedAt: number | null;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  mentionIds: string[];
  mentionRoleIds: string[];
  mentionsEveryone: boolean;
  readonly replyTo: { readonly messageId: string; readonly channelId: string } | undefined;
  flags: number;
  pinnedAt: number | null;
  readonly reactions: Map<string, ReactionState>;
  readonly interactionId: string | undefined;
  readonly nonce: string | number | undefined;
}

export interface BanState {
  readonly userId: string;
  readonly reason: string | null;
}

export interface GuildState {
  readonly id: string;
  name: string;
  ownerId: string;
  locale: string;
  readonly roles: Map<string, APIRole>;
  readonly channels: Map<string, ChannelState>;
  readonly members: Map<string, MemberState>;
  readonly bans: Map<string, BanState>;
  readonly audit: APIAuditLogEntry[];
  readonly commands: Map<string, APIApplicationCommand>;
  readonly autoModeration: Map<string, APIAutoModerationRule>;
  readonly scheduledEvents: Map<string, APIGuildScheduledEvent>;
  incidents: APIIncidentsData | null;
  /** The short address it has besides its invitations. */
  vanityCode?: string;
  verificationLevel: number;
}

export interface WebhookState {
  readonly id: string;
  readonly token: string;
  readonly guildId: string;
  readonly channelId: string;
  name: string;
}

export interface InviteState {
  readonly code: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly inviterId: string;
  readonly createdAt: number;
  readonly maxAge: number;
  readonly maxUses: number;
  uses: number;
}

export interface StoredFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** One interaction and how it was answered. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly userId: string;
  /** The command's name, or the custom id of what was pressed or submitted. */
  readonly name: string;
  readonly at: number;
  /** The message a pressed component sits on. */
  readonly sourceMessageId: string | undefined;
  callback: InteractionResponseType | undefined;
  acknowledgedAt: number | undefined;
  ephemeral: boolean;
  /** A deferred answer that nothing has filled yet. */
  thinking: boolean;
  /** The public answer is a message of the channel; an ephemeral one lives here only. */
  originalId: string | undefined;
  readonly hidden: Map<string, MessageState>;
  readonly followUpIds: string[];
  edits: number;
  deleted: boolean;
  modal: unknown;
  choices: readonly unknown[] | undefined;
}
