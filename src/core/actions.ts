import type { Row } from "./components.ts";
import type { InteractionHandle, Member } from "./events.ts";
import type { PermissionName } from "./permissions.ts";

/** What a hand may say. Plain text; names of members are never markup (the hand turns pings off unless listed here). */
export interface Words {
  readonly text: string;
  readonly title?: string;
  readonly pingUserIds?: readonly string[];
  readonly components?: readonly Row[];
}

/**
 * What can be done to the world, at the level of the domain. Most verbs are one request of one hand; those with a `notice`
 * and `member.warn` are plans of several steps (flow/act/plan.ts). Texts may hold `{case}`, filled with the case's number.
 */
export type Action =
  | {
      readonly verb: "message.send";
      readonly channelId: string;
      readonly words: Words;
      readonly replyToMessageId?: string;
    }
  | { readonly verb: "message.edit"; readonly channelId: string; readonly messageId: string; readonly words: Words }
  | { readonly verb: "message.delete"; readonly channelId: string; readonly messageId: string; readonly author: Member }
  | { readonly verb: "reaction.add"; readonly channelId: string; readonly messageId: string; readonly emoji: string }
  | { readonly verb: "dm.open"; readonly userId: string }
  | { readonly verb: "member.warn"; readonly member: Member; readonly notice: string }
  | { readonly verb: "member.timeout"; readonly member: Member; readonly until: number; readonly notice?: string }
  | { readonly verb: "member.kick"; readonly member: Member; readonly notice?: string }
  | { readonly verb: "member.ban"; readonly member: Member; readonly deleteSeconds: number; readonly notice?: string }
  | { readonly verb: "member.unban"; readonly userId: string }
  | { readonly verb: "role.add"; readonly member: Member; readonly roleId: string }
  | { readonly verb: "role.remove"; readonly member: Member; readonly roleId: string }
  | { readonly verb: "channel.slowmode"; readonly channelId: string; readonly seconds: number }
  | { readonly verb: "thread.open"; readonly channelId: string; readonly name: string; readonly isPrivate: boolean }
  | {
      readonly verb: "interaction.reply";
      readonly interaction: InteractionHandle;
      readonly words: Words;
      readonly ephemeral: boolean;
      /** Changes the message whose button was pressed instead of answering beside it. */
      readonly update?: boolean;
    };

export type Verb = Action["verb"];
export type ActionOf<V extends Verb> = Extract<Action, { verb: V }>;

/** What the judge and the journal need to know of a verb. */
export interface VerbFacts {
  /** What the bot needs, in the guild or (where the action names a channel) in that channel. */
  readonly needs: readonly PermissionName[];
  /** Whether carrying it out against somebody is a measure: it counts against quotas, opens a case, and respects rank. */
  readonly measure: boolean;
  /** Harsh measures wait for a human unless the guild's policy says otherwise. */
  readonly harsh: boolean;
}

const plain = (needs: readonly PermissionName[]): VerbFacts => ({ needs, measure: false, harsh: false });
const measure = (needs: readonly PermissionName[]): VerbFacts => ({ needs, measure: true, harsh: false });
const harsh = (needs: readonly PermissionName[]): VerbFacts => ({ needs, measure: true, harsh: true });

export const VERBS: Readonly<Record<Verb, VerbFacts>> = {
  "message.send": plain(["VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS"]),
  "message.edit": plain(["VIEW_CHANNEL"]),
  "message.delete": plain(["VIEW_CHANNEL", "MANAGE_MESSAGES"]),
  "reaction.add": plain(["VIEW_CHANNEL", "READ_MESSAGE_HISTORY", "ADD_REACTIONS"]),
  "dm.open": plain([]),
  "member.warn": measure([]),
  "member.timeout": measure(["MODERATE_MEMBERS"]),
  "member.kick": harsh(["KICK_MEMBERS"]),
  "member.ban": harsh(["BAN_MEMBERS"]),
  "member.unban": plain(["BAN_MEMBERS"]),
  "role.add": plain(["MANAGE_ROLES"]),
  "role.remove": plain(["MANAGE_ROLES"]),
  "channel.slowmode": plain(["VIEW_CHANNEL", "MANAGE_CHANNELS"]),
  "thread.open": plain(["VIEW_CHANNEL"]),
  "interaction.reply": plain([]),
};

/** The member an action is aimed at, if it is aimed at one. */
export function targetOf(action: Action): Member | undefined {
  if (action.verb === "message.delete") return action.author;
  return "member" in action ? action.member : undefined;
}

/** Two proposals with one key would do the same thing twice. A reply, a message or a thread is never "the same". */
export function sameness(action: Action): string | undefined {
  switch (action.verb) {
    case "message.delete":
      return `message.delete:${action.messageId}`;
    case "member.warn":
    case "member.timeout":
    case "member.kick":
    case "member.ban":
      return `${action.verb}:${action.member.userId}`;
    case "role.add":
    case "role.remove":
      return `${action.verb}:${action.member.userId}:${action.roleId}`;
    case "member.unban":
      return `${action.verb}:${action.userId}`;
    default:
      return undefined;
  }
}
