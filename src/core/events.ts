import type { Directory, DirectoryChange } from "./directory.ts";

/** Somebody in a guild, as far as the event itself tells. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly roleIds: readonly string[];
  readonly bot?: boolean;
  readonly joinedAt?: number;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType?: string;
}

interface MessageFacts {
  readonly channelId: string;
  readonly messageId: string;
  readonly author: Member;
  /** Well-formed, without U+0000, cut at the longest text Discord allows. */
  readonly text: string;
  readonly mentionedUserIds: readonly string[];
  readonly mentionedRoleIds: readonly string[];
  readonly mentionsEveryone?: boolean;
  readonly replyToMessageId?: string;
  readonly attachments: readonly Attachment[];
}

interface ReactionFacts {
  readonly channelId: string;
  readonly messageId: string;
  readonly userId: string;
  /** A unicode emoji, or `name:id` for a guild's own. */
  readonly emoji: string;
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
interface UseFacts {
  readonly by: Member;
  /** The permissions Discord says the member has in that channel, as a decimal string. */
  readonly byPermissions: string;
  readonly channelId: string;
  readonly interaction: InteractionHandle;
}

export type ApprovalAnswer = "approve" | "reject";

/**
 * What happened. `id` is Discord's own where there is one, otherwise `session:sequence`; the time of receipt is never part
 * of it, so the same frame delivered twice has the same id. `at` is the only clock agents have.
 */
export type GuildEvent = { readonly id: string; readonly guildId: string; readonly at: number } & (
  | ({ readonly kind: "message.created" } & MessageFacts)
  | ({ readonly kind: "message.edited" } & MessageFacts)
  | { readonly kind: "message.deleted"; readonly channelId: string; readonly messageIds: readonly string[] }
  /** A message of our own came back: evidence that the order reached Discord, even where its answer was lost. */
  | {
      readonly kind: "message.echoed";
      readonly channelId: string;
      readonly messageId: string;
      readonly orderId: string;
    }
  | ({ readonly kind: "reaction.added" } & ReactionFacts)
  | ({ readonly kind: "reaction.removed" } & ReactionFacts)
  | {
      readonly kind: "reaction.cleared";
      readonly channelId: string;
      readonly messageId: string;
      readonly emoji?: string;
    }
  | { readonly kind: "member.joined"; readonly member: Member }
  | { readonly kind: "member.left"; readonly userId: string; readonly name: string }
  | {
      readonly kind: "member.updated";
      readonly member: Member;
      readonly nickname?: string;
      readonly timeoutUntil?: number;
    }
  | { readonly kind: "member.banned"; readonly userId: string; readonly name: string }
  | { readonly kind: "member.unbanned"; readonly userId: string; readonly name: string }
  | { readonly kind: "guild.available"; readonly directory: Directory }
  | { readonly kind: "guild.left" }
  | { readonly kind: "directory.changed"; readonly change: DirectoryChange }
  | ({
      readonly kind: "command.used";
      /** With its verb, where it has one: `case view`. */
      readonly command: string;
      readonly options: Readonly<Record<string, OptionValue>>;
    } & UseFacts)
  | ({
      readonly kind: "button.pressed";
      /** `v1:ticket:claim:42`, see components.ts. */
      readonly customId: string;
      readonly messageId: string;
    } & UseFacts)
  | ({
      readonly kind: "select.chosen";
      readonly customId: string;
      readonly messageId: string;
      /** Ids, or the values of the choices. */
      readonly values: readonly string[];
    } & UseFacts)
  | ({
      readonly kind: "modal.submitted";
      readonly customId: string;
      /** The message with the button that opened it, where there was one. */
      readonly messageId?: string;
      /** By the field's name: what was written, or what was chosen. */
      readonly fields: Readonly<Record<string, string | readonly string[]>>;
    } & UseFacts)
  | {
      readonly kind: "approval.answered";
      readonly approvalId: string;
      readonly answer: ApprovalAnswer;
      /** Who answered and on which face: `dashboard:owner`, later `telegram:1234` or `discord:1234`. */
      readonly by: string;
      readonly note?: string;
    }
  /** Somebody changed the guild's own choices; it holds from the next event on, if they saw the version before it. */
  | {
      readonly kind: "policy.chosen";
      readonly document: string;
      /** The version it was made from; 0 where there was none. */
      readonly basedOn: number;
      readonly by: string;
    }
  | { readonly kind: "clock.struck"; readonly timer: string; readonly owner: string; readonly payload: unknown }
  | {
      readonly kind: "action.done";
      readonly orderId: string;
      readonly attempt: number;
      readonly result: unknown;
      /** What the house does later because this is done: lift a ban, renew a time-out (flow/act/follow.ts). */
      readonly follow?: unknown;
    }
  | {
      readonly kind: "action.failed";
      readonly orderId: string;
      readonly attempt: number;
      /** `failed`: refused, the world is as it was. `unknown`: nobody can tell; staff are shown it. */
      readonly outcome: "failed" | "unknown";
      readonly code: string;
      readonly why: string;
    }
  /** Events were lost for good between two moments; `lost` names the kinds that cannot be had again. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number; readonly lost: readonly string[] }
);

export type EventKind = GuildEvent["kind"];
export type EventOf<K extends EventKind> = Extract<GuildEvent, { kind: K }>;

export const EVENT_KINDS = [
  "message.created",
  "message.edited",
  "message.deleted",
  "message.echoed",
  "reaction.added",
  "reaction.removed",
  "reaction.cleared",
  "member.joined",
  "member.left",
  "member.updated",
  "member.banned",
  "member.unbanned",
  "guild.available",
  "guild.left",
  "directory.changed",
  "command.used",
  "button.pressed",
  "select.chosen",
  "modal.submitted",
  "approval.answered",
  "policy.chosen",
  "clock.struck",
  "action.done",
  "action.failed",
  "gap",
] as const satisfies readonly EventKind[];

/** Somebody used something, and waits for an answer. */
export type Use = EventOf<"command.used" | "button.pressed" | "select.chosen" | "modal.submitted">;

export function isUse(event: GuildEvent): event is Use {
  return "interaction" in event;
}

/** Whom an event is about, where it is about somebody: what "erase this member" looks for. */
export function subjectOf(event: GuildEvent): string | undefined {
  switch (event.kind) {
    case "message.created":
    case "message.edited":
      return event.author.userId;
    case "reaction.added":
    case "reaction.removed":
    case "member.left":
    case "member.banned":
    case "member.unbanned":
      return event.userId;
    case "member.joined":
    case "member.updated":
      return event.member.userId;
    case "command.used":
    case "button.pressed":
    case "select.chosen":
    case "modal.submitted":
      return event.by.userId;
    default:
      return undefined;
  }
}

export function channelOf(event: GuildEvent): string | undefined {
  return "channelId" in event ? event.channelId : undefined;
}
