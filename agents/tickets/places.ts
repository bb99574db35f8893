import {
  Permission,
  propose,
  type Action,
  type Effect,
  type Look,
  type Member,
  type Overwrite,
  type Ticket,
} from "#core";
import { excerpt } from "#core/text/index";
import { threadName } from "./card.ts";
import type { Config, TicketType } from "./config.ts";
import { staffRoles, typeOf } from "./staff.ts";

const TEXT = 0;
const CATEGORY = 4;
const PRIVATE_THREAD = 12;

const READ = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY;
const WRITE = Permission.SEND_MESSAGES;
/** Whoever may not write in a channel should not go on in a thread under it either. */
const ALL_WRITING =
  WRITE | Permission.SEND_MESSAGES_IN_THREADS | Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS;

export function placeFor(type: TicketType, config: Config): Config["place"] {
  return type.place ?? config.place;
}

/** The categories channels of a type are made in, of those there are. */
export function categoriesFor(type: TicketType | undefined, look: Look, config: Config): readonly string[] {
  return (type?.categoryIds ?? config.categoryIds ?? []).filter((id) => look.channel(id)?.type === CATEGORY);
}

/** The next one to try where a category takes no further channel. */
export function categoryAfter({ parentId, typeId }: Ticket, look: Look, config: Config): string | undefined {
  const all = categoriesFor(typeOf(typeId, config), look, config);
  return all[all.indexOf(parentId) + 1];
}

/** What the bot must be allowed in the whole server to make channels: overwrites hold nothing that it lacks itself. */
const NEEDED = ["VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS", "MANAGE_CHANNELS", "MANAGE_ROLES"] as const;

export function lackingFor(look: Look): readonly (typeof NEEDED)[number][] {
  const { botPermissions, botUserId } = look.guild();
  if (botPermissions === undefined || botUserId === undefined) return [];
  return NEEDED.filter((name) => (BigInt(botPermissions) & Permission[name]) === 0n);
}

/** Which thread or channel a ticket needs. */
export function placeOrder(ticket: Ticket, guildId: string, look: Look, config: Config): Action {
  const { parentId } = ticket;
  if (ticket.place === undefined)
    return { verb: "thread.open", channelId: parentId, name: threadName(ticket), isPrivate: true };
  const { botUserId } = look.guild();
  const roles = staffRoles(typeOf(ticket.typeId, config), look);
  return {
    ...{ verb: "channel.create", type: TEXT, name: channelName(ticket), parentId },
    overwrites: [
      overwrite("role", guildId, 0n, held(READ, look)),
      ...roles.map((id) => overwrite("role", id, held(READ | WRITE, look), 0n)),
      overwrite("member", ticket.userId, held(READ | WRITE, look), 0n),
      // It denied everybody the sight of it, itself included.
      ...(botUserId === undefined
        ? []
        : [overwrite("member", botUserId, held(READ | WRITE | Permission.EMBED_LINKS, look), 0n)]),
    ],
  };
}

/** Discord writes channels' names in small letters and dashes; so they are written like that from the start. */
export function channelName({ number, said }: Ticket): string {
  const title = excerpt(said.title, 80)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return title === "" ? `${number}` : `${number}-${title}`;
}

function overwrite(type: Overwrite["type"], id: string, allow: bigint, deny: bigint): Overwrite {
  return { type, id, allow: allow.toString(), deny: deny.toString() };
}

/** Nobody may give or take what they do not have: Discord refuses the whole of it. */
function held(bits: bigint, look: Look): bigint {
  const { botPermissions } = look.guild();
  return botPermissions === undefined ? bits : bits & BigInt(botPermissions);
}

/** A thread is locked. In a channel those who were let in by name lose the right to write; staff, let in by a role, keep it. */
export function shut(ticket: Ticket, look: Look, config: Config): readonly Action[] {
  const { threadId, place } = ticket;
  if (threadId === undefined) return [];
  if (place === undefined) return [{ verb: "thread.edit", channelId: threadId, locked: true }];
  const { closedCategoryId } = config;
  const isThere = closedCategoryId !== undefined && look.channel(closedCategoryId)?.type === CATEGORY;
  return [
    ...guests(ticket, threadId, look).map((one) => writing(threadId, one, false, look)),
    ...(isThere ? moved(ticket, threadId, closedCategoryId, look) : []),
  ];
}

/** As it was before it was shut. */
export function unshut(ticket: Ticket, look: Look): readonly Action[] {
  const { threadId, place, parentId } = ticket;
  if (threadId === undefined) return [];
  if (place === undefined) return [{ verb: "thread.edit", channelId: threadId, locked: false }];
  const isThere = look.channel(parentId)?.type === CATEGORY;
  return [
    ...guests(ticket, threadId, look).map((one) => writing(threadId, one, true, look)),
    ...(isThere ? moved(ticket, threadId, parentId, look) : []),
  ];
}

/** Unless it lies there already. */
function moved({ parentId: madeIn }: Ticket, channelId: string, parentId: string, look: Look): readonly Action[] {
  const lies = look.channel(channelId)?.parentId ?? madeIn;
  return lies === parentId ? [] : [{ verb: "channel.edit", channelId, parentId }];
}

/** Whoever was let in by name and still sees it; the member whose ticket it is always belongs to them. */
function guests({ userId }: Ticket, channelId: string, look: Look): readonly Overwrite[] {
  const { botUserId } = look.guild();
  const named = (look.channel(channelId)?.overwrites ?? []).filter(
    ({ type, id, allow }) => type === "member" && id !== botUserId && (BigInt(allow) & Permission.VIEW_CHANNEL) !== 0n,
  );
  if (named.some(({ id }) => id === userId)) return named;
  return [overwrite("member", userId, held(READ | WRITE, look), 0n), ...named];
}

/** What somebody set by hand stays, as far as the bot may set it at all. */
function writing(channelId: string, { id, allow, deny }: Overwrite, isAllowed: boolean, look: Look): Action {
  const [allowed, denied] = [BigInt(allow) | READ, BigInt(deny)];
  const after = isAllowed
    ? overwrite("member", id, held(allowed | WRITE, look), held(denied & ~ALL_WRITING, look))
    : overwrite("member", id, held(allowed & ~ALL_WRITING, look), held(denied | ALL_WRITING, look));
  return { verb: "channel.overwrite", channelId, overwrite: after };
}

/** One more who may read and write in it. */
export function letIn({ threadId, place }: Ticket, userId: string, look: Look): readonly Action[] {
  if (threadId === undefined) return [];
  if (place === undefined) return [{ verb: "thread.add-member", channelId: threadId, userId }];
  const wish = overwrite("member", userId, held(READ | WRITE, look), 0n);
  return [{ verb: "channel.overwrite", channelId: threadId, overwrite: wish }];
}

export function letOut({ threadId, place }: Ticket, userId: string): readonly Action[] {
  if (threadId === undefined) return [];
  if (place === undefined) return [{ verb: "thread.remove-member", channelId: threadId, userId }];
  return [{ verb: "channel.overwrite-clear", channelId: threadId, overwriteId: userId }];
}

/** Being called lets people into a thread; a channel has to be opened to staff of another type. */
export function letStaffIn(ticket: Ticket, look: Look, config: Config): readonly Action[] {
  const { threadId, place, typeId } = ticket;
  if (threadId === undefined || place === undefined) return [];
  return staffRoles(typeOf(typeId, config), look).map((id) => ({
    ...{ verb: "channel.overwrite", channelId: threadId },
    overwrite: overwrite("role", id, held(READ | WRITE, look), 0n),
  }));
}

/** Staff by another right than a type's role, who would not see its channel. */
export function letOneIn(ticket: Ticket, who: Member, look: Look, config: Config): readonly Action[] {
  const isIn = staffRoles(typeOf(ticket.typeId, config), look).some((id) => who.roleIds.includes(id));
  return ticket.place === undefined || isIn ? [] : letIn(ticket, who.userId, look);
}

/** Only a channel that somebody was let into by name can be a ticket's: no other message is looked at further. */
export function mayBeTickets(channelId: string, look: Look): boolean {
  const channel = look.channel(channelId);
  if (channel === undefined) return true;
  return channel.type === PRIVATE_THREAD || (channel.type === TEXT && channel.overwrites.some(isMembers));
}

const isMembers = ({ type }: Overwrite): boolean => type === "member";

export function proposed(actions: readonly Action[], rule: string, why: string): readonly Effect[] {
  return actions.map((action) => propose(action, { rule, why, confidence: 1 }));
}
