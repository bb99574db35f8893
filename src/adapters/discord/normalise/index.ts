import { GuildhallError, type GuildEvent } from "#core";
import { auditLogged } from "./audit.ts";
import { autoModerationActed } from "./auto-moderation.ts";
import type { IntakeContext, Normaliser } from "./context.ts";
import * as guild from "./guild.ts";
import { interactionCreated } from "./interaction.ts";
import * as invite from "./invite.ts";
import * as membership from "./membership.ts";
import * as message from "./message.ts";
import { asObject } from "./raw.ts";
import * as reaction from "./reaction.ts";
import * as scheduled from "./scheduled-event.ts";
import { voiceChanged } from "./voice.ts";

export type { IntakeContext } from "./context.ts";

/** Discord's names for what happened, and who reads them. What is not here is counted and passed by. */
const NORMALISERS: ReadonlyMap<string, Normaliser> = new Map([
  ["MESSAGE_CREATE", message.messageCreated],
  ["MESSAGE_UPDATE", message.messageUpdated],
  ["MESSAGE_DELETE", message.messageDeleted],
  ["MESSAGE_DELETE_BULK", message.messagesDeleted],
  ["MESSAGE_REACTION_ADD", reaction.reactionAdded],
  ["MESSAGE_REACTION_REMOVE", reaction.reactionRemoved],
  ["MESSAGE_REACTION_REMOVE_ALL", reaction.reactionsCleared],
  ["MESSAGE_REACTION_REMOVE_EMOJI", reaction.emojiCleared],
  ["GUILD_MEMBER_ADD", membership.memberJoined],
  ["GUILD_MEMBER_REMOVE", membership.memberLeft],
  ["GUILD_MEMBER_UPDATE", membership.memberUpdated],
  ["GUILD_BAN_ADD", membership.memberBanned],
  ["GUILD_BAN_REMOVE", membership.memberUnbanned],
  ["GUILD_CREATE", guild.guildCreated],
  ["GUILD_UPDATE", guild.guildUpdated],
  ["GUILD_DELETE", guild.guildDeleted],
  ["GUILD_ROLE_CREATE", guild.roleCreated],
  ["GUILD_ROLE_UPDATE", guild.rolePut],
  ["GUILD_ROLE_DELETE", guild.roleGone],
  ["CHANNEL_CREATE", guild.channelPut],
  ["CHANNEL_UPDATE", guild.channelPut],
  ["CHANNEL_DELETE", guild.channelGone],
  ["THREAD_CREATE", guild.threadCreated],
  ["THREAD_UPDATE", guild.threadUpdated],
  ["THREAD_DELETE", guild.threadDeleted],
  ["THREAD_LIST_SYNC", guild.threadsListed],
  ["THREAD_MEMBERS_UPDATE", guild.threadMembersChanged],
  ["VOICE_STATE_UPDATE", voiceChanged],
  ["INVITE_CREATE", invite.inviteCreated],
  ["INVITE_DELETE", invite.inviteDeleted],
  ["GUILD_AUDIT_LOG_ENTRY_CREATE", auditLogged],
  ["AUTO_MODERATION_ACTION_EXECUTION", autoModerationActed],
  ["GUILD_SCHEDULED_EVENT_CREATE", scheduled.scheduledEventCreated],
  ["GUILD_SCHEDULED_EVENT_UPDATE", scheduled.scheduledEventUpdated],
  ["GUILD_SCHEDULED_EVENT_DELETE", scheduled.scheduledEventDeleted],
  ["GUILD_SCHEDULED_EVENT_USER_ADD", scheduled.scheduledEventJoined],
  ["GUILD_SCHEDULED_EVENT_USER_REMOVE", scheduled.scheduledEventLeft],
  ["INTERACTION_CREATE", interactionCreated],
]);

export const NORMALISED_NAMES: readonly string[] = [...NORMALISERS.keys()];

/** Frames that belong to the protocol and need no reader. */
const EXPECTED = new Set(["READY", "RESUMED"]);

export type Normalised =
  | { readonly event: GuildEvent }
  /** *nothing* a known frame that says nothing here · *unknown* a name nobody reads · *malformed* not what it claims to be. */
  | { readonly event?: never; readonly ignored: "nothing" | "unknown" | "malformed" };

const NOTHING: Normalised = { ignored: "nothing" };
const UNKNOWN: Normalised = { ignored: "unknown" };
const MALFORMED: Normalised = { ignored: "malformed" };

/** One dispatch to at most one event. Never throws for what arrived. */
export function normalise(name: unknown, payload: unknown, context: IntakeContext): Normalised {
  const reader = typeof name === "string" ? NORMALISERS.get(name) : undefined;
  if (reader === undefined) {
    if (typeof name !== "string") return MALFORMED;
    return EXPECTED.has(name) ? NOTHING : UNKNOWN;
  }
  const data = asObject(payload);
  if (data === undefined) return MALFORMED;
  try {
    const event = reader(data, context);
    return event === undefined ? NOTHING : { event };
  } catch (error) {
    if (error instanceof GuildhallError && error.code === "malformed") return MALFORMED;
    throw error;
  }
}
