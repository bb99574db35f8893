import type { Card, CardPlace, Tap } from "./cards.ts";
import type { Row } from "./components.ts";
import type { Overwrite } from "./directory.ts";
import type { InteractionHandle, Member } from "./facts.ts";
import type { ScheduledEventFacts, AutomodRule } from "./guild-features.ts";
import type { Words } from "./words.ts";

/** Verbs that say the same of the same things. */
type Each<V extends string, Facts> = V extends V ? { readonly verb: V } & Facts : never;

interface InChannel {
  readonly channelId: string;
}

interface AtMessage extends InChannel {
  readonly messageId: string;
}

interface OnMember {
  readonly member: Member;
}

type MessageAction =
  | ({ readonly verb: "message.send"; readonly words: Words; readonly replyToMessageId?: string } & InChannel)
  | ({ readonly verb: "message.edit"; readonly words: Words } & AtMessage)
  /** Without `author` nobody's rank is respected: only for what no member wrote, or nobody can tell who did. */
  | ({ readonly verb: "message.delete"; readonly author?: Member } & AtMessage)
  /** Any number of any age: a plan cuts them into requests Discord takes. */
  | ({
      readonly verb: "message.bulk-delete";
      readonly messageIds: readonly string[];
      readonly author?: Member;
    } & InChannel)
  | Each<"message.pin" | "message.unpin", AtMessage>
  /** One of our own in an announcement channel: shown in every server that follows it. */
  | ({ readonly verb: "message.crosspost" } & AtMessage)
  | ({ readonly verb: "reaction.add"; readonly emoji: string } & AtMessage)
  /** Our own, unless a user is named. */
  | ({ readonly verb: "reaction.remove"; readonly emoji: string; readonly userId?: string } & AtMessage)
  /** All of one emoji, or all. */
  | ({ readonly verb: "reaction.clear"; readonly emoji?: string } & AtMessage)
  | { readonly verb: "dm.open"; readonly userId: string };

type MemberAction =
  | ({ readonly verb: "member.warn"; readonly notice: string } & OnMember)
  /**
   * `until` may lie further away than Discord's 28 days: the house renews it. `lasting` is the plan's own: on a part of a
   * longer time-out, its real end and whose case it belongs to.
   */
  | ({
      readonly verb: "member.timeout";
      readonly until: number;
      readonly notice?: string;
      /** Under the notice, above what the house itself puts there. */
      readonly noticeRows?: readonly Row[];
      readonly lasting?: { readonly until: number; readonly caseOf?: string };
    } & OnMember)
  /** A direct message, if the member takes any. */
  | { readonly verb: "member.tell"; readonly userId: string; readonly words: Words }
  | ({ readonly verb: "member.untimeout" } & OnMember)
  | ({ readonly verb: "member.kick"; readonly notice?: string } & OnMember)
  /** With `until` it ends by itself: the house lifts it then. */
  | ({
      readonly verb: "member.ban";
      readonly deleteSeconds: number;
      readonly until?: number;
      readonly notice?: string;
    } & OnMember)
  | { readonly verb: "member.unban"; readonly userId: string }
  /** A cohort, told nothing: direct messages by the hundred get a bot quarantined. */
  | { readonly verb: "members.bulk-ban"; readonly members: readonly Member[]; readonly deleteSeconds: number }
  /** A cohort is let back in, one after the other. */
  | { readonly verb: "members.bulk-unban"; readonly userIds: readonly string[] }
  | Each<"role.add" | "role.remove", OnMember & { readonly roleId: string }>
  /** An empty nickname takes it off. `was` is the one before, where it is known. */
  | ({ readonly verb: "member.nickname"; readonly nickname: string; readonly was?: string } & OnMember)
  /** Made with these permissions and given to nobody. */
  | { readonly verb: "role.create"; readonly name: string; readonly permissions: string }
  /** Changes nothing: the outcome tells which roles somebody has, of whom no event has spoken. */
  | { readonly verb: "member.look"; readonly userId: string }
  | ({ readonly verb: "voice.mute"; readonly muted: boolean } & OnMember)
  | ({ readonly verb: "voice.deafen"; readonly deafened: boolean } & OnMember)
  | ({ readonly verb: "voice.move" } & OnMember & InChannel)
  | ({ readonly verb: "voice.disconnect" } & OnMember);

/** What may be said of a channel when it is made or changed; what is left out stays as it is. */
export interface ChannelFacts {
  readonly topic?: string;
  readonly parentId?: string;
  readonly slowmode?: number;
}

type ChannelAction =
  | ({ readonly verb: "channel.slowmode"; readonly seconds: number } & InChannel)
  /**
   * Nobody but staff and the house can write there until it is unlocked; what stood there before is remembered. With `until`
   * the house unlocks it then by itself. A lock never ends an earlier one sooner.
   */
  | ({ readonly verb: "channel.lock"; readonly until?: number } & InChannel)
  | ({ readonly verb: "channel.unlock" } & InChannel)
  | ({ readonly verb: "channel.overwrite"; readonly overwrite: Overwrite } & InChannel)
  | ({ readonly verb: "channel.overwrite-clear"; readonly overwriteId: string } & InChannel)
  | ({
      readonly verb: "channel.create";
      readonly name: string;
      /** Discord's number: 0 text, 2 voice, 4 category, 5 announcement, 15 forum. */
      readonly type: number;
      readonly overwrites?: readonly Overwrite[];
    } & ChannelFacts)
  | ({ readonly verb: "channel.edit"; readonly name?: string } & InChannel & ChannelFacts)
  | ({ readonly verb: "channel.delete" } & InChannel)
  | ({ readonly verb: "thread.open"; readonly name: string; readonly isPrivate: boolean } & InChannel)
  | ({
      readonly verb: "thread.post";
      readonly name: string;
      readonly words: Words;
      readonly tagIds?: readonly string[];
    } & InChannel)
  | ({
      readonly verb: "thread.edit";
      readonly name?: string;
      readonly archived?: boolean;
      readonly locked?: boolean;
    } & InChannel)
  | Each<"thread.add-member" | "thread.remove-member", InChannel & { readonly userId: string }>;

interface Pause {
  readonly verb: "guild.pause";
  readonly invites: boolean;
  readonly messages: boolean;
  readonly until: number;
}

type GuildAction =
  /** Invites, direct messages between members, or both: off until then. The house renews it. */
  | Pause
  /** What was off before the house paused anything stays off, and nothing else. */
  | { readonly verb: "guild.resume" }
  /** What newcomers must have before they may speak: 0 nothing, 1 an address, 2 five minutes, 3 ten of them here, 4 a telephone number. */
  | { readonly verb: "guild.verification"; readonly level: number }
  /**
   * Both together, because what Discord is not told it clears. Null is "on"; a day ahead at most. `lasting` is the plan's own:
   * the longer pause this is a part of.
   */
  | {
      readonly verb: "guild.incidents";
      readonly invitesOffUntil: number | null;
      readonly messagesOffUntil: number | null;
      readonly lasting?: Pause;
    }
  | ({ readonly verb: "scheduled-event.create" } & ScheduledEventFacts)
  | ({
      readonly verb: "scheduled-event.edit";
      readonly scheduledEventId: string;
      readonly status?: "active" | "completed";
    } & Partial<ScheduledEventFacts>)
  | { readonly verb: "scheduled-event.cancel"; readonly scheduledEventId: string }
  /** Made, or where an id is given changed. */
  | { readonly verb: "automod-rule.put"; readonly ruleId?: string; readonly rule: AutomodRule }
  | { readonly verb: "automod-rule.delete"; readonly ruleId: string }
  | ({ readonly verb: "webhook.create"; readonly name: string } & InChannel)
  | {
      readonly verb: "webhook.send";
      readonly webhookId: string;
      /** As `webhook.create` returned it. */
      readonly sealedToken: string;
      readonly words: Words;
      readonly name?: string;
    }
  | { readonly verb: "webhook.delete"; readonly webhookId: string }
  | { readonly verb: "invite.delete"; readonly code: string };

type AnswerAction = {
  readonly verb: "interaction.reply";
  readonly interaction: InteractionHandle;
  readonly words: Words;
  readonly ephemeral: boolean;
  /** Changes the message whose button was pressed instead of answering beside it. */
  readonly update?: boolean;
};

/** The guild's own choices, by whoever asked. What comes of it is the event `policy.chosen`. */
type PolicyAction = {
  readonly verb: "policy.choose";
  /** Checked, and shown to whoever asked: exactly this is chosen. */
  readonly document: string;
  readonly basedOn: number;
  readonly by: string;
};

/** A file somebody gave with a command; what it holds comes back as the outcome. Only Discord's own addresses are asked. */
type FileAction = { readonly verb: "file.read"; readonly url: string; readonly mostBytes: number };

/**
 * A ticket's conversation, read from its thread (from the journal where that is gone), put together with what was attached, and
 * kept for a while. Done in the house; done again, it takes the place of the one before.
 */
type TranscriptAction = {
  readonly verb: "transcript.make";
  readonly number: number;
  /** What kind of ticket it is, in the guild's words. */
  readonly about: string;
  /** When it was asked for: what is asked for again later is not the same. */
  readonly at: number;
  readonly keepUntil: number;
  /** Of all that is attached; what does not fit is named and left out. */
  readonly mostBytes: number;
  readonly locale: string;
};

type CardAction =
  /** A card on one of the faces; `approvalId` where its buttons answer something. */
  | { readonly verb: "card.show"; readonly place: CardPlace; readonly card: Card; readonly approvalId?: string }
  | {
      readonly verb: "card.update";
      readonly place: CardPlace;
      readonly messageId: string;
      readonly card: Card;
      readonly approvalId: string;
    }
  /** What the person who pressed a button is told, on a face where that is not a message. */
  | { readonly verb: "tap.answer"; readonly tap: Tap; readonly text: string; readonly alert: boolean };

/**
 * What can be done to the world, at the level of the domain. Most verbs are one request of one hand; those with a `notice`
 * and the plural ones are plans of several steps (flow/act/plan.ts). Texts may hold `{case}`, filled with the case's number.
 */
export type Action =
  | MessageAction
  | MemberAction
  | ChannelAction
  | GuildAction
  | AnswerAction
  | FileAction
  | CardAction
  | PolicyAction
  | TranscriptAction;

export type Verb = Action["verb"];
export type ActionOf<V extends Verb> = Extract<Action, { verb: V }>;
