/** Somebody in a guild, as far as the event itself tells. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly roleIds: readonly string[];
  readonly bot?: boolean;
  readonly joinedAt?: number;
  /** The account's own name, where it is not `name`. Told where the membership itself is the news, and by commands. */
  readonly username?: string;
  /** Hash of the picture shown in this guild. Told where the membership itself is the news, and by commands. */
  readonly avatar?: string;
  /** The picture is one they chose for this guild alone. */
  readonly ownAvatar?: true;
  /** Has not passed the guild's screening yet. */
  readonly pending?: boolean;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType?: string;
  /** Of a picture or a video, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Where it can be fetched for about a day. */
  readonly url?: string;
}

export interface Sticker {
  readonly id: string;
  readonly name: string;
}

export interface MessageFacts {
  readonly channelId: string;
  readonly messageId: string;
  readonly author: Member;
  /**
   * What can be read there: well-formed, without U+0000, cut at the longest text Discord allows. Of a forward it is the text
   * that was forwarded, of a poll the question and its answers.
   */
  readonly text: string;
  /** Of the text before it was cut, where it was. */
  readonly fullLength?: number;
  readonly mentionedUserIds: readonly string[];
  readonly mentionedRoleIds: readonly string[];
  readonly mentionsEveryone?: boolean;
  readonly replyToMessageId?: string;
  /** Who wrote what is answered, where Discord tells. */
  readonly replyToUserId?: string;
  /** Absent: written here. `messageId` is the original's, which may lie in a guild we do not know. */
  readonly forwarded?: { readonly messageId?: string; readonly channelId?: string };
  readonly isPoll?: boolean;
  readonly attachments: readonly Attachment[];
  readonly stickers?: readonly Sticker[];
  /** Addresses in the boxes under the text: previews of links, and what bots attach. */
  readonly embedUrls?: readonly string[];
  readonly webhookId?: string;
  /** Discord's number where it is not an ordinary message: 19 reply, 20 slash command, 23 context menu. */
  readonly messageType?: number;
  /** Discord's bits, where any is set. */
  readonly flags?: number;
}

export interface ReactionFacts {
  readonly channelId: string;
  readonly messageId: string;
  readonly userId: string;
  /** A unicode emoji, or `name:id` for a guild's own. */
  readonly emoji: string;
  /** Who wrote the message, where Discord tells: of a reaction that is added. */
  readonly authorId?: string;
  /** Another bot's, where Discord tells: of a reaction that is added. */
  readonly byBot?: true;
}

/** Where somebody is in voice, and what their client sends. */
export interface VoiceState {
  readonly userId: string;
  readonly channelId: string;
  /** By themselves or by a moderator, either way. */
  readonly muted?: boolean;
  readonly deafened?: boolean;
  readonly streaming?: boolean;
  readonly video?: boolean;
}

/** Something planned for a date, in Discord's own calendar. */
export interface ScheduledEvent {
  readonly id: string;
  readonly name: string;
  readonly status: "scheduled" | "active" | "completed" | "canceled";
  readonly startsAt: number;
  readonly endsAt?: number;
  readonly channelId?: string;
  /** Where it takes place outside of Discord. */
  readonly location?: string;
  readonly creatorId?: string;
  readonly description?: string;
  /** Discord repeats it by itself, by an RRULE without its first word: with its end it comes again, by the same id. */
  readonly rule?: string;
}

export interface InviteUse {
  readonly code: string;
  /** Since they were counted before, by however many. */
  readonly times: number;
  /** Who made it. */
  readonly byUserId?: string;
}

export interface AuditChange {
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** An interaction can be answered for 15 minutes with its token, which is kept sealed: a journal is no place for a credential. */
export interface InteractionHandle {
  readonly id: string;
  readonly sealedToken: string;
  readonly locale?: string;
  /** It came by a RESUME, too late for Discord to take an answer: journaled, and nobody acts on it. */
  readonly expired?: boolean;
}

/** What an option or a menu hands over besides plain values, as far as Discord tells. */
export interface RoleValue {
  readonly roleId: string;
  readonly name: string;
}

export interface ChannelValue {
  readonly channelId: string;
  readonly name: string;
  readonly type: number;
}

/** A file given with a command. The address is signed and expires. */
export interface FileValue extends Attachment {
  readonly url: string;
}

/** The message whose menu was used; the text as an excerpt. */
export interface MessageValue {
  readonly messageId: string;
  readonly channelId: string;
  readonly author: Member;
  readonly text: string;
}

export type OptionValue = string | number | boolean | Member | RoleValue | ChannelValue | FileValue | MessageValue;

/** Who used something, where, with which permissions by Discord's own count there, and how they are answered. */
export interface UseFacts {
  readonly by: Member;
  /** The permissions Discord says the member has in that channel, as a decimal string. */
  readonly byPermissions: string;
  readonly channelId: string;
  readonly interaction: InteractionHandle;
}
