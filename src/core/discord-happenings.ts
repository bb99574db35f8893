import type { Channel, Directory, DirectoryChange } from "./directory.ts";
import type {
  AuditChange,
  InviteUse,
  Member,
  MessageFacts,
  OptionValue,
  ReactionFacts,
  ScheduledEvent,
  UseFacts,
  VoiceState,
} from "./facts.ts";

/** What Discord tells, and what somebody used there. */
export type DiscordHappening =
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
  | { readonly kind: "thread.created"; readonly thread: Channel; readonly isNew: boolean }
  | { readonly kind: "thread.updated"; readonly thread: Channel }
  | { readonly kind: "thread.deleted"; readonly threadId: string; readonly parentId?: string }
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
  /** How it is now. Where they were before is in the record that `voiceBefore` reads. */
  | { readonly kind: "voice.changed"; readonly state: VoiceState; readonly member?: Member }
  | { readonly kind: "voice.left"; readonly userId: string }
  | {
      readonly kind: "invite.created";
      readonly code: string;
      readonly channelId: string;
      readonly byUserId?: string;
      /** Absent: it never expires. */
      readonly expiresAt?: number;
      /** 0: as often as anybody likes. */
      readonly maxUses: number;
    }
  | { readonly kind: "invite.deleted"; readonly code: string; readonly channelId: string }
  /** Somebody has joined, and these invites were used since all were counted last: where it is one, it was theirs. */
  | {
      readonly kind: "invite.used";
      readonly userId: string;
      readonly name: string;
      readonly codes: readonly InviteUse[];
    }
  /** All codes that lead into the guild when it comes: those made before the house came, and its own short address. */
  | { readonly kind: "invites.listed"; readonly codes: readonly string[] }
  /** What Discord wrote into the guild's audit log, as it wrote it: our own acts too, then with their marker. */
  | {
      readonly kind: "audit.logged";
      readonly entryId: string;
      /** Discord's number for what was done: 20 kick, 22 ban, 23 unban, 24 member changed … */
      readonly action: number;
      readonly byUserId?: string;
      readonly targetId?: string;
      readonly reason?: string;
      readonly changes: readonly AuditChange[];
      /** Of pins and of what was done to messages. */
      readonly channelId?: string;
      readonly messageId?: string;
      /** The bot itself did it. */
      readonly isOurs?: boolean;
      /** Leads to the order of ours that caused it. */
      readonly marker?: string;
      /** What the member was last seen called, where that is still remembered. */
      readonly targetName?: string;
    }
  /** A rule of Discord's own AutoMod took hold; one event for everything it did about one text. */
  | {
      readonly kind: "automod.acted";
      readonly ruleId: string;
      /** 1 keyword, 3 spam, 4 keyword preset, 5 mention spam, 6 member profile. */
      readonly trigger: number;
      readonly action: "block-message" | "send-alert" | "timeout" | "block-interaction" | "other";
      readonly userId: string;
      readonly text: string;
      readonly channelId?: string;
      /** Absent where the message was blocked. */
      readonly messageId?: string;
      readonly keyword?: string;
      readonly matched?: string;
    }
  /** Discord itself raised or lifted an alarm, or a moderator told it of a raid: one of its notices in a channel. */
  | {
      readonly kind: "incident.noticed";
      readonly notice: "alert-mode-on" | "alert-mode-off" | "raid-reported" | "false-alarm";
      readonly channelId: string;
      readonly messageId: string;
      readonly by: Member;
    }
  | { readonly kind: "scheduled-event.created"; readonly scheduledEvent: ScheduledEvent }
  | { readonly kind: "scheduled-event.updated"; readonly scheduledEvent: ScheduledEvent }
  | { readonly kind: "scheduled-event.deleted"; readonly scheduledEvent: ScheduledEvent }
  | { readonly kind: "scheduled-event.joined"; readonly scheduledEventId: string; readonly userId: string }
  | { readonly kind: "scheduled-event.left"; readonly scheduledEventId: string; readonly userId: string }
  | {
      readonly kind: "guild.available";
      readonly directory: Directory;
      /** Who is in voice at that moment. */
      readonly voice?: readonly VoiceState[];
    }
  /** An outage of Discord's: what we know of the guild stays true, and nothing arrives until it is available again. */
  | { readonly kind: "guild.unavailable" }
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
    } & UseFacts);
