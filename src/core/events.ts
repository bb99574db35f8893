import type { Modification } from "./approvals.ts";
import type { Tap } from "./cards.ts";
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
import type { PassageDraft } from "./knowledge/index.ts";
import type { Spending } from "./questions.ts";

export * from "./facts.ts";

/** *modify* drafts another action and shows the difference; approving that draft does it. The rest only turns the card over. */
export type ApprovalAnswer = "approve" | "reject" | "modify" | "evidence" | "options" | "back";

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
    } & UseFacts)
  | {
      readonly kind: "approval.answered";
      readonly approvalId: string;
      readonly answer: ApprovalAnswer;
      /** Who answered and on which face: `dashboard:owner`, `terminal:mia`, `telegram:1234`, `discord:1234`. */
      readonly by: string;
      readonly name?: string;
      readonly note?: string;
      readonly modification?: Modification;
      /** The n-th of the closed list of modifications, instead of one in words. */
      readonly option?: number;
      /** Takes a proposed change back. */
      readonly asAsked?: boolean;
      /** Of a cohort: all but these. */
      readonly except?: readonly string[];
      /** The beginning of the digest of what the person saw: an answer to anything else is stale. */
      readonly seen?: string;
      readonly tap?: Tap;
    }
  /** Somebody noted something on a case by a door, put another reason, or took it back. */
  | {
      readonly kind: "case.amended";
      readonly number: number;
      readonly change: "note" | "reason" | "undo";
      readonly text: string;
      /** `dashboard:owner`, `terminal:mia`. */
      readonly by: string;
      readonly name: string;
    }
  /** Somebody who takes no direct messages objected to a case by the link a moderator gave them. */
  | { readonly kind: "appeal.filed"; readonly number: number; readonly userId: string; readonly text: string }
  /** Memory forgets a member, before the store does: see `GuildStore.erase`. */
  | { readonly kind: "member.erased"; readonly userId: string; readonly by: string }
  /** Somebody changed the guild's own choices; it holds from the next event on, if they saw the version before it. */
  | {
      readonly kind: "policy.chosen";
      readonly document: string;
      /** The version it was made from; 0 where there was none. */
      readonly basedOn: number;
      readonly by: string;
    }
  /** A file with answers came in by a door. It replaces what a file of this name held before. */
  | {
      readonly kind: "knowledge.given";
      readonly name: string;
      readonly passages: readonly PassageDraft[];
      readonly by: string;
      /** It is the one entry of this source id instead of a file: a new one, or what that one says from now on. */
      readonly entryId?: string;
      /** The questions nobody could answer that it answers: they wait no longer. */
      readonly answered?: readonly string[];
    }
  /** Sources were taken back by a door; of questions that wait, somebody found that they need no answer. */
  | { readonly kind: "knowledge.withdrawn"; readonly sourceIds: readonly string[]; readonly by: string }
  /** Passages were turned into vectors: what that cost. The vectors themselves can be made again, and are not told. */
  | {
      readonly kind: "vectors.made";
      readonly model: string;
      readonly passages: number;
      readonly spent: readonly Spending[];
    }
  /** A line somebody wrote to the bot in a chat outside of Discord. */
  | {
      readonly kind: "chat.said";
      readonly chatId: string;
      readonly by: string;
      readonly name: string;
      /** The command without its slash, or nothing where it is a reply to a card. */
      readonly command: string;
      readonly rest: string;
      readonly replyToMessageId?: string;
      /** Whether the chat was bound to this guild when it was said: only `/link` is heard in others. */
      readonly isBound: boolean;
    }
  /** A group became a supergroup: the same chat under another id. */
  | { readonly kind: "chat.moved"; readonly from: string; readonly to: string }
  /** The owner made a code on the terminal; only its hash is kept. */
  | { readonly kind: "chat.invited"; readonly codeHash: string; readonly expiresAt: number }
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
  /** No more questions to models for now; `limit` names what is used up, and the id says it once a month. */
  | { readonly kind: "budget.reached"; readonly limit: string; readonly month: string }
  /** Events were lost for good between two moments; `lost` names the kinds that cannot be had again. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number; readonly lost: readonly string[] }
);

export type EventKind = GuildEvent["kind"];
export type EventOf<K extends EventKind> = Extract<GuildEvent, { kind: K }>;

/** Somebody used something, and waits for an answer. */
export type Use = EventOf<"command.used" | "button.pressed" | "select.chosen" | "modal.submitted">;

export const EVENT_KINDS = [
  "message.created",
  "message.edited",
  "message.deleted",
  "message.echoed",
  "reaction.added",
  "reaction.removed",
  "reaction.cleared",
  "thread.created",
  "thread.updated",
  "thread.deleted",
  "member.joined",
  "member.left",
  "member.updated",
  "member.banned",
  "member.unbanned",
  "voice.changed",
  "voice.left",
  "invite.created",
  "invite.deleted",
  "invite.used",
  "invites.listed",
  "audit.logged",
  "automod.acted",
  "incident.noticed",
  "scheduled-event.created",
  "scheduled-event.updated",
  "scheduled-event.deleted",
  "scheduled-event.joined",
  "scheduled-event.left",
  "guild.available",
  "guild.unavailable",
  "guild.left",
  "directory.changed",
  "command.used",
  "button.pressed",
  "select.chosen",
  "modal.submitted",
  "approval.answered",
  "case.amended",
  "appeal.filed",
  "member.erased",
  "policy.chosen",
  "knowledge.given",
  "knowledge.withdrawn",
  "vectors.made",
  "chat.said",
  "chat.moved",
  "chat.invited",
  "clock.struck",
  "action.done",
  "action.failed",
  "budget.reached",
  "gap",
] as const satisfies readonly EventKind[];
