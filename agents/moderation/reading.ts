import type { Action, EventOf, Look } from "#core";
import { textOf } from "#core/text/index";
import { isIn } from "./conditions.ts";
import type { Config } from "./config.ts";
import type { MessageEvent, NewMessage, Writing } from "./findings.ts";
import type { Offence } from "./measures.ts";
import type { Reading } from "./rulebook.ts";
import { countsOf, type Counting } from "./triggers/mass.ts";
import { words } from "./words.ts";

export function writingOf(event: MessageEvent): Writing {
  const { at, text, attachments, channelId, author, fullLength } = event;
  return { at, text, facts: textOf(event), length: fullLength ?? text.length, attachments, channelId, author };
}

export function situationOf({ at, author, channelId }: MessageEvent): Reading["situation"] {
  return { at, member: author, channelId };
}

/** Every new message is counted, also one that is removed: a flood does not end by being answered. */
export function newReading(
  event: NewMessage,
  look: Look,
  counting: Counting,
): Reading & { mass: NonNullable<Reading["mass"]> } {
  const counts = countsOf(event, look, counting);
  return { source: "messages", writing: writingOf(event), situation: situationOf(event), mass: { event, counts } };
}

/** An edit is read again for what it says now; it is no new message, so nothing is counted. */
export function editReading(event: EventOf<"message.edited">): Reading {
  return { source: "edits", writing: writingOf(event), situation: situationOf(event) };
}

export function offenceIn(event: MessageEvent): Offence {
  const { id: eventId, at, author, text, messageId, channelId } = event;
  const removal: readonly Action[] = [{ verb: "message.delete", channelId, messageId, author }];
  return { eventId, at, member: author, text, about: messageId, removal, channelId, messageId };
}

const FORUM = 15;

/** A forum's post: its first message carries the thread's id, and tells whose the title is. */
export function postTitle(event: MessageEvent, look: Look): string | undefined {
  if (event.kind !== "message.created" || event.messageId !== event.channelId) return undefined;
  const thread = look.channel(event.channelId);
  return isForum(thread?.parentId, look) ? thread?.name : undefined;
}

export function isForum(channelId: string | undefined, look: Look): boolean {
  return channelId !== undefined && look.channel(channelId)?.type === FORUM;
}

/** The title alone, as if it had been written. */
export function titleReading(event: MessageEvent, title: string): Reading {
  const writing = {
    ...writingOf(event),
    text: title,
    facts: textOf({ text: title }),
    length: title.length,
    attachments: [],
  };
  return { source: "threads", writing, situation: situationOf(event) };
}

/** With its title a post goes as a whole: the message is taken, the title replaced, the thread closed. */
export function offenceInTitle(event: MessageEvent, title: string, look: Look): Offence {
  const offence = offenceIn(event);
  const name = words.say(look.guild().locale, "title.removed");
  const closing = { verb: "thread.edit", channelId: event.channelId, name, archived: true, locked: true } as const;
  return { ...offence, text: title, removal: [...offence.removal, closing] };
}

type ThreadEvent = EventOf<"thread.created" | "thread.updated">;

/** A thread's title, of whose author nothing but an id is known: no measure can be taken without knowing who they are. */
export function threadReading({ at, thread }: ThreadEvent): Reading {
  const author = { userId: thread.thread?.ownerId ?? "0", name: "", roleIds: [] };
  const { name: text, id: channelId } = thread;
  const writing = { at, text, facts: textOf({ text }), length: text.length, attachments: [], channelId, author };
  return { source: "threads", writing, situation: { at, member: author, channelId } };
}

type MemberEvent = EventOf<"member.joined" | "member.updated">;

/** What others see of a member: the nickname, or the account's name where there is none. */
export function nameReading({ at, member }: MemberEvent): Reading {
  const { name: text } = member;
  const writing = { at, text, facts: textOf({ text }), length: text.length, attachments: [], author: member };
  return { source: "names", writing, situation: { at, member } };
}

export function offenceInName(event: MemberEvent, look: Look): Offence {
  const { id: eventId, at, member } = event;
  const nickname = words.say(look.guild().locale, "name.replaced");
  const removal: readonly Action[] = [{ verb: "member.nickname", member, nickname, was: member.name }];
  return { eventId, at, member, text: member.name, about: `name:${member.name.slice(0, 80)}`, removal };
}

/** Where and for whom no rule applies at all. */
export function isExempt({ member, channelId }: Reading["situation"], look: Look, config: Config): boolean {
  if (config.exemptRoleIds.length > 0 && config.exemptRoleIds.some((id) => member.roleIds.includes(id))) return true;
  return isIn(channelId, config.exemptChannelIds, look);
}
