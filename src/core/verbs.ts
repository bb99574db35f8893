import type { Action, Verb } from "./actions.ts";
import type { ProposedAction } from "./effects.ts";
import type { Member } from "./events.ts";
import type { PermissionName } from "./permissions.ts";

/** What the judge and the journal need to know of a verb. */
export interface VerbFacts {
  /** What the bot always needs, in the guild or (where the action names a channel) in that channel; permits.ts has the rest. */
  readonly needs: readonly PermissionName[];
  /** What a moderator must be allowed who asks for it, where that is not what the bot needs. */
  readonly asks?: readonly PermissionName[];
  /** Whether carrying it out against somebody is a measure: it counts against quotas, opens a case, and respects rank. */
  readonly measure: boolean;
  /** Harsh measures wait for a human unless the guild's policy says otherwise. */
  readonly harsh: boolean;
  /** No measure, and still not to be done to staff or whoever outranks the bot. */
  readonly respectsRank: boolean;
  /** Only ever done for a person who asked for it: no agent by itself. */
  readonly onlyAsked?: true;
}

const PLAIN = { measure: false, harsh: false, respectsRank: false };
const plain = (...needs: readonly PermissionName[]): VerbFacts => ({ ...PLAIN, needs });
const ranked = (...needs: readonly PermissionName[]): VerbFacts => ({ ...PLAIN, needs, respectsRank: true });
const measure = (...needs: readonly PermissionName[]): VerbFacts => ({ ...ranked(...needs), measure: true });
const harsh = (...needs: readonly PermissionName[]): VerbFacts => ({ ...measure(...needs), harsh: true });

export const VERBS: Readonly<Record<Verb, VerbFacts>> = {
  "message.send": plain("VIEW_CHANNEL", "EMBED_LINKS"),
  "message.edit": plain("VIEW_CHANNEL"),
  "message.delete": ranked("VIEW_CHANNEL", "MANAGE_MESSAGES"),
  "message.bulk-delete": ranked("VIEW_CHANNEL", "MANAGE_MESSAGES"),
  "message.pin": plain("VIEW_CHANNEL", "PIN_MESSAGES"),
  "message.unpin": plain("VIEW_CHANNEL", "PIN_MESSAGES"),
  "message.crosspost": plain("VIEW_CHANNEL", "SEND_MESSAGES"),
  "reaction.add": plain("VIEW_CHANNEL", "READ_MESSAGE_HISTORY", "ADD_REACTIONS"),
  "reaction.remove": plain("VIEW_CHANNEL"),
  "reaction.clear": plain("VIEW_CHANNEL", "MANAGE_MESSAGES"),
  "dm.open": plain(),
  "member.warn": { ...measure(), asks: ["MODERATE_MEMBERS"] },
  "member.tell": plain(),
  "member.timeout": measure("MODERATE_MEMBERS"),
  "member.untimeout": plain("MODERATE_MEMBERS"),
  "member.kick": harsh("KICK_MEMBERS"),
  "member.ban": harsh("BAN_MEMBERS"),
  "member.unban": plain("BAN_MEMBERS"),
  "members.bulk-ban": harsh("BAN_MEMBERS", "MANAGE_GUILD"),
  "members.bulk-unban": plain("BAN_MEMBERS"),
  "role.add": plain("MANAGE_ROLES"),
  "role.remove": plain("MANAGE_ROLES"),
  "role.create": plain("MANAGE_ROLES"),
  "member.look": plain(),
  "member.nickname": ranked("MANAGE_NICKNAMES"),
  "voice.mute": measure("MUTE_MEMBERS"),
  "voice.deafen": measure("DEAFEN_MEMBERS"),
  "voice.move": ranked("VIEW_CHANNEL", "CONNECT", "MOVE_MEMBERS"),
  "voice.disconnect": measure("MOVE_MEMBERS"),
  "channel.slowmode": plain("VIEW_CHANNEL"),
  "channel.lock": { ...plain("VIEW_CHANNEL", "MANAGE_ROLES"), asks: ["MANAGE_CHANNELS"] },
  "channel.unlock": { ...plain("VIEW_CHANNEL", "MANAGE_ROLES"), asks: ["MANAGE_CHANNELS"] },
  "channel.overwrite": plain("VIEW_CHANNEL", "MANAGE_ROLES"),
  "channel.overwrite-clear": plain("VIEW_CHANNEL", "MANAGE_ROLES"),
  "channel.create": plain("MANAGE_CHANNELS"),
  "channel.edit": plain("VIEW_CHANNEL", "MANAGE_CHANNELS"),
  "channel.delete": plain("VIEW_CHANNEL"),
  "thread.open": plain("VIEW_CHANNEL"),
  "thread.post": plain("VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS"),
  "thread.edit": plain("VIEW_CHANNEL"),
  "thread.add-member": plain("VIEW_CHANNEL", "SEND_MESSAGES_IN_THREADS"),
  "thread.remove-member": plain("VIEW_CHANNEL"),
  "guild.pause": plain("MANAGE_GUILD"),
  "guild.resume": plain("MANAGE_GUILD"),
  "guild.incidents": plain("MANAGE_GUILD"),
  "guild.verification": plain("MANAGE_GUILD"),
  "scheduled-event.create": plain("CREATE_EVENTS"),
  "scheduled-event.edit": plain("MANAGE_EVENTS"),
  "scheduled-event.cancel": plain("MANAGE_EVENTS"),
  "automod-rule.put": plain("MANAGE_GUILD"),
  "automod-rule.delete": plain("MANAGE_GUILD"),
  "webhook.create": plain("VIEW_CHANNEL", "MANAGE_WEBHOOKS"),
  "webhook.send": { ...plain(), asks: ["MANAGE_WEBHOOKS"] },
  "webhook.delete": plain("MANAGE_WEBHOOKS"),
  "invite.delete": plain("MANAGE_GUILD"),
  "interaction.reply": plain(),
  "file.read": plain(),
  "card.show": plain(),
  "card.update": plain(),
  "tap.answer": plain(),
  "transcript.make": plain(),
  "policy.choose": { ...plain(), asks: ["MANAGE_GUILD"], onlyAsked: true },
};

/** The member an action is aimed at, if it is aimed at one. */
export function targetOf(action: Action): Member | undefined {
  if ("author" in action) return action.author;
  return "member" in action ? action.member : undefined;
}

/** Everybody an action is aimed at. */
export function targetsOf(action: Action): readonly Member[] {
  if ("members" in action) return action.members;
  const target = targetOf(action);
  return target === undefined ? [] : [target];
}

/** Whether this very action is a measure: to let somebody speak again is none. */
export function isMeasure(action: Action): boolean {
  if (action.verb === "voice.mute") return action.muted;
  if (action.verb === "voice.deafen") return action.deafened;
  return VERBS[action.verb].measure;
}

/**
 * Whether carrying it out leaves a case of its own. What a moderator lifts is as much their decision as what they impose; what takes
 * back a case is told in that case.
 */
export function leavesCase({ action, onBehalfOf, undoes }: ProposedAction): boolean {
  if (undoes !== undefined) return false;
  if (isMeasure(action)) return true;
  return onBehalfOf !== undefined && (action.verb === "member.unban" || action.verb === "member.untimeout");
}

/** Two proposals with one key would do the same thing twice. A reply, a message or a thread is never "the same". */
export function sameness(action: Action): string | undefined {
  switch (action.verb) {
    case "message.delete":
    case "message.pin":
    case "message.unpin":
      return `${action.verb}:${action.messageId}`;
    case "message.bulk-delete":
      return `${action.verb}:${together(action.messageIds)}`;
    case "member.warn":
    case "member.timeout":
    case "member.untimeout":
    case "member.kick":
    case "member.ban":
    case "voice.disconnect":
      return `${action.verb}:${action.member.userId}`;
    case "member.unban":
      return `${action.verb}:${action.userId}`;
    case "members.bulk-ban":
      return `${action.verb}:${together(action.members.map(({ userId }) => userId))}`;
    case "members.bulk-unban":
      return `${action.verb}:${together(action.userIds)}`;
    default:
      return lastingSameness(action);
  }
}

/** Short enough for a counter's key, and hardly ever the same for two different groups. */
function together(ids: readonly string[]): string {
  return `${ids.reduce((least, id) => (least < id ? least : id), "~")}+${new Set(ids).size}`;
}

/** What may be switched to and fro within a minute (roles, slow mode, locks, pauses) is not here: asked for twice it changes nothing. */
function lastingSameness(action: Action): string | undefined {
  switch (action.verb) {
    case "voice.mute":
      return `${action.verb}:${action.member.userId}:${action.muted}`;
    case "voice.deafen":
      return `${action.verb}:${action.member.userId}:${action.deafened}`;
    case "channel.delete":
      return `${action.verb}:${action.channelId}`;
    case "scheduled-event.cancel":
      return `${action.verb}:${action.scheduledEventId}`;
    case "automod-rule.delete":
      return `${action.verb}:${action.ruleId}`;
    case "webhook.delete":
      return `${action.verb}:${action.webhookId}`;
    case "invite.delete":
      return `${action.verb}:${action.code}`;
    default:
      return undefined;
  }
}
