import type { Action, ActionOf } from "./actions.ts";
import {
  type Channel,
  channelPermissions,
  type Directory,
  guildPermissions,
  isThread,
  missingPermissions,
  rank,
  type Role,
} from "./directory.ts";
import type { Member } from "./events.ts";
import { ALL_PERMISSIONS, Permission, permissionNames, type PermissionName } from "./permissions.ts";
import { VERBS } from "./verbs.ts";

/** Discord's numbers for kinds of channels. */
const KIND = { text: 0, voice: 2, category: 4, announcement: 5, privateThread: 12, stage: 13, forum: 15, media: 16 };
const WRITABLE = [KIND.text, KIND.voice, KIND.announcement, 10, 11, KIND.privateThread, KIND.stage];
const WITH_THREADS = [KIND.text, KIND.announcement];
const WITH_POSTS = [KIND.forum, KIND.media];
const WITH_VOICE = [KIND.voice, KIND.stage];
const MADE = [KIND.text, KIND.voice, KIND.category, KIND.announcement, KIND.stage, KIND.forum, KIND.media];

/** All that is left to a member in time-out, the bot itself included. */
const TIMED_OUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY;

/** What the bot may do now, in the guild or in one channel of it. */
export function botPermissions(directory: Directory, at: number, channelId?: string): bigint {
  const { botUserId, botRoleIds } = directory;
  const base =
    channelId === undefined
      ? guildPermissions(directory, botUserId, botRoleIds)
      : channelPermissions(directory, channelId, botUserId, botRoleIds);
  const isTimedOut = directory.botTimeoutUntil !== undefined && directory.botTimeoutUntil > at;
  return isTimedOut && base !== ALL_PERMISSIONS ? base & TIMED_OUT : base;
}

const STAFF_PERMISSIONS = ["ADMINISTRATOR", "MANAGE_GUILD", "MODERATE_MEMBERS", "KICK_MEMBERS", "BAN_MEMBERS"] as const;

/** Whoever may moderate is staff, whether or not somebody thought of listing their role. */
export function isStaffRole(role: Role, staffRoleIds: readonly string[]): boolean {
  if (staffRoleIds.includes(role.id)) return true;
  return STAFF_PERMISSIONS.some((name) => (BigInt(role.permissions) & Permission[name]) !== 0n);
}

/** The channel an action takes place in. What an earlier step still has to make is not known yet, and no matter of the guild's. */
export function placeOf(action: Action): string | undefined {
  return "channelId" in action ? action.channelId : undefined;
}

/** Which permissions this very action takes: those of its verb, and what follows from where and on whom it is done. */
export function neededFor(action: Action, directory: Directory): readonly PermissionName[] {
  const always = VERBS[action.verb].needs;
  const channel = directory.channels[placeOf(action) ?? ""];
  const inThread = isThread(channel);
  switch (action.verb) {
    case "message.send": {
      const sending: PermissionName = inThread ? "SEND_MESSAGES_IN_THREADS" : "SEND_MESSAGES";
      const reply: readonly PermissionName[] = action.replyToMessageId === undefined ? [] : ["READ_MESSAGE_HISTORY"];
      return [...always, sending, ...reply, ...(channel?.thread?.locked === true ? ["MANAGE_THREADS" as const] : [])];
    }
    case "message.delete":
      return action.author?.userId === directory.botUserId ? ["VIEW_CHANNEL"] : always;
    case "reaction.remove":
      return isOwnReaction(action, directory) ? always : [...always, "MANAGE_MESSAGES"];
    case "member.nickname":
      return action.member.userId === directory.botUserId ? ["CHANGE_NICKNAME"] : always;
    case "channel.slowmode":
    case "channel.edit":
    case "channel.delete":
      return ["VIEW_CHANNEL", inThread ? "MANAGE_THREADS" : "MANAGE_CHANNELS", ...throughVoice(channel)];
    case "channel.overwrite":
    case "channel.overwrite-clear":
      return [...always, ...throughVoice(channel)];
    case "channel.create":
      return action.overwrites === undefined || action.overwrites.length === 0 ? always : [...always, "MANAGE_ROLES"];
    case "thread.open":
      return [...always, isPrivateThread(action, channel) ? "CREATE_PRIVATE_THREADS" : "CREATE_PUBLIC_THREADS"];
    case "thread.edit":
      return [...always, ...editingThread(action, channel, directory)];
    case "thread.remove-member":
      return isOwnThread(channel, directory) && channel?.type === KIND.privateThread
        ? always
        : [...always, "MANAGE_THREADS"];
    case "automod-rule.put":
      return action.rule.response.timeoutSeconds === undefined ? always : [...always, "MODERATE_MEMBERS"];
    default:
      return always;
  }
}

function isOwnReaction({ userId }: ActionOf<"reaction.remove">, directory: Directory): boolean {
  return userId === undefined || userId === directory.botUserId;
}

/** In voice channels, whoever may not connect may change nothing either. */
function throughVoice(channel: Channel | undefined): readonly PermissionName[] {
  return channel !== undefined && WITH_VOICE.includes(channel.type) ? ["CONNECT"] : [];
}

/** Threads of an announcement channel are public, whatever was asked for. */
function isPrivateThread(action: ActionOf<"thread.open">, channel: Channel | undefined): boolean {
  return action.isPrivate && channel?.type !== KIND.announcement;
}

function isOwnThread(channel: Channel | undefined, directory: Directory): boolean {
  return channel?.thread?.ownerId === directory.botUserId;
}

/** Whoever opened a thread may rename and archive it, anybody who may write there may wake it: while it is not locked. */
function editingThread(
  { name, archived, locked }: ActionOf<"thread.edit">,
  channel: Channel | undefined,
  directory: Directory,
): readonly PermissionName[] {
  if (locked !== undefined || channel?.thread?.locked === true) return ["MANAGE_THREADS"];
  if (isOwnThread(channel, directory)) return [];
  const isWaking = archived !== true && name === undefined;
  return isWaking ? ["SEND_MESSAGES_IN_THREADS"] : ["MANAGE_THREADS"];
}

/**
 * Why Discord would refuse this one step, in a clause for people; undefined where nothing is known to stand against it.
 * `at` is the moment it is asked for. An unknown channel is left to Discord: an archived thread is in no directory.
 */
export function refusalOf(action: Action, directory: Directory, at: number): string | undefined {
  const place = placeOf(action);
  if (place?.startsWith("$") === true) return undefined;
  const missing = missingPermissions(botPermissions(directory, at, place), neededFor(action, directory));
  if (missing.length > 0) return `the bot lacks ${missing.join(", ")}${place === undefined ? "" : " there"}`;
  return hiddenThread(place, directory, at) ?? wrongKind(action, directory) ?? outOfReach(action, directory, at);
}

/** A private thread is seen by its members and by whoever manages threads. */
function hiddenThread(place: string | undefined, directory: Directory, at: number): string | undefined {
  const channel = directory.channels[place ?? ""];
  if (channel?.type !== KIND.privateThread) return undefined;
  if (channel.thread?.joined === true || isOwnThread(channel, directory)) return undefined;
  if ((botPermissions(directory, at, channel.id) & Permission.MANAGE_THREADS) !== 0n) return undefined;
  return "the bot is not in that private thread and lacks MANAGE_THREADS there";
}

function wrongKind(action: Action, directory: Directory): string | undefined {
  if (action.verb === "channel.create")
    return MADE.includes(action.type) ? undefined : `channels of kind ${action.type} cannot be made`;
  const channel = directory.channels[placeOf(action) ?? ""];
  if (channel === undefined) return undefined;
  const { type } = channel;
  const isRight = kindsFor(action)?.includes(type) ?? true;
  if (isRight && !(isThread(channel) && action.verb.startsWith("channel.overwrite"))) return undefined;
  return `#${channel.name} is no channel for that`;
}

function kindsFor({ verb }: Action): readonly number[] | undefined {
  switch (verb) {
    case "message.send":
      return WRITABLE;
    case "message.crosspost":
      return [KIND.announcement];
    case "thread.open":
      return WITH_THREADS;
    case "thread.post":
      return WITH_POSTS;
    case "voice.move":
      return WITH_VOICE;
    case "webhook.create":
      return [...WRITABLE.filter((kind) => kind < 10 || kind > KIND.privateThread), ...WITH_POSTS];
    default:
      return undefined;
  }
}

/** Hierarchy: members, roles and bits that are not the bot's to give or take. */
function outOfReach(action: Action, directory: Directory, at: number): string | undefined {
  switch (action.verb) {
    case "role.add":
    case "role.remove":
      return roleBeyond(action.roleId, directory);
    case "role.create":
      return heldBeyond(BigInt(action.permissions), botPermissions(directory, at));
    case "member.timeout":
      return memberBeyond(action.member, directory) ?? administrator(action.member, directory);
    case "member.untimeout":
    case "member.kick":
    case "member.ban":
      return memberBeyond(action.member, directory);
    case "member.nickname":
      return action.member.userId === directory.botUserId ? undefined : memberBeyond(action.member, directory);
    case "channel.overwrite":
      return bitsBeyond([action.overwrite], directory, at, action.channelId);
    case "channel.create":
      return bitsBeyond(action.overwrites ?? [], directory, at);
    case "scheduled-event.create":
    case "scheduled-event.edit":
      return eventBeyond(action, directory, at);
    default:
      return undefined;
  }
}

function roleBeyond(roleId: string, directory: Directory): string | undefined {
  const role = directory.roles[roleId];
  if (role === undefined) return `there is no role ${roleId}`;
  if (role.managed === true) return `the role ${role.name} is managed by an application`;
  if (roleId === directory.guildId) return "everybody has that role";
  return isOwner(directory) || role.position < rank(directory, directory.botRoleIds)
    ? undefined
    : `the role ${role.name} is not below the bot's own`;
}

const isOwner = ({ ownerId, botUserId }: Directory): boolean => ownerId === botUserId;

function memberBeyond(member: Member, directory: Directory): string | undefined {
  if (member.userId === directory.ownerId) return `${member.name} owns the guild`;
  if (isOwner(directory) || rank(directory, member.roleIds) < rank(directory, directory.botRoleIds)) return undefined;
  return `${member.name}'s highest role is not below the bot's`;
}

/** Discord answers 403 to a timeout of an administrator, whatever the order of roles. */
function administrator(member: Member, directory: Directory): string | undefined {
  const bits = guildPermissions(directory, member.userId, member.roleIds);
  if ((bits & Permission.ADMINISTRATOR) === 0n) return undefined;
  return `${member.name} is an administrator, whom Discord does not let anybody time out`;
}

/** Nobody may allow or deny in an overwrite what they do not have themselves; and it is a matter of the guild's roles too. */
function bitsBeyond(
  overwrites: readonly { readonly allow: string; readonly deny: string }[],
  directory: Directory,
  at: number,
  channelId?: string,
): string | undefined {
  if (overwrites.length === 0) return undefined;
  if ((botPermissions(directory, at) & Permission.MANAGE_ROLES) === 0n) return "the bot lacks MANAGE_ROLES";
  const wished = overwrites.reduce((bits, { allow, deny }) => bits | BigInt(allow) | BigInt(deny), 0n);
  return heldBeyond(wished, botPermissions(directory, at, channelId));
}

/** Nobody gives what they do not have. */
function heldBeyond(wished: bigint, held: bigint): string | undefined {
  const beyond = held === ALL_PERMISSIONS ? 0n : wished & ~held;
  return beyond === 0n ? undefined : `the bot itself lacks ${permissionNames(beyond).join(", ") || "some of that"}`;
}

function eventBeyond(
  { place }: ActionOf<"scheduled-event.create"> | ActionOf<"scheduled-event.edit">,
  directory: Directory,
  at: number,
): string | undefined {
  if (place === undefined || place.kind === "elsewhere") return undefined;
  const missing = missingPermissions(botPermissions(directory, at, place.channelId), ["VIEW_CHANNEL", "CONNECT"]);
  return missing.length === 0 ? undefined : `the bot lacks ${missing.join(", ")} there`;
}
