import type { Modification } from "./approvals.ts";
import type { Tap } from "./cards.ts";
import type { DiscordHappening } from "./discord-happenings.ts";
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
  | DiscordHappening
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
