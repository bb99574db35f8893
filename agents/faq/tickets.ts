import { consider, type Effect, type Look, type Member, Permission, type SlowLook, type Ticket, write } from "#core";
import { LONGEST_ASK, LONGEST_TEXT } from "#core/knowledge/file";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { askConsent, hasConsent, noted } from "./consent.ts";
import type { Scene } from "./mending.ts";
import { draftKey, entryId, questionId, withdrawSource } from "./sources.ts";

const topicOf = (number: number): string => questionId(`ticket-${number}`);
const entryOf = (number: number): string => entryId(`ticket-${number}`);
const MODERATES = Permission.MANAGE_THREADS | Permission.MANAGE_MESSAGES | Permission.ADMINISTRATOR;

function ticketIn(channelId: string, look: Look): Ticket | undefined {
  const number = look.record("ticketRef", channelId)?.number;
  const ticket = number === undefined ? undefined : look.record("ticket", String(number));
  return ticket?.threadId === channelId ? ticket : undefined;
}

function isWanted({ typeId, closed }: Ticket, { knowledge }: Config): boolean {
  const isOver = closed?.how === "asked" || closed?.how === "silence";
  return isOver && knowledge.ticketTypeIds.includes(typeId);
}

/** Something about a ticket's place has changed: it may be over, and of a type whose answers are worth keeping. Once each time. */
export function ticketClosed(channelId: string, at: number, look: Look, config: Config): readonly Effect[] {
  if (config.knowledge.ticketTypeIds.length === 0) return [];
  const ticket = ticketIn(channelId, look);
  if (ticket === undefined || !isWanted(ticket, config)) return [];
  const key = `faq/ticket/${ticket.number}`;
  const text = String(ticket.closed?.at);
  if (look.record("note", key)?.text === text) return [];
  return [
    write({ write: "record.put", record: "note", key, value: { text, at } }),
    consider({ do: "ticket", channelId }),
  ];
}

/** What was asked and what staff answered waits for staff as a draft, if whoever opened the ticket agreed; else they are asked. */
export function draftTicket(channelId: string, at: number, look: SlowLook, config: Config): readonly Effect[] {
  const ticket = ticketIn(channelId, look);
  if (ticket === undefined || !isWanted(ticket, config)) return [];
  const { number, userId, cardId } = ticket;
  const answer = staffsWords(ticket, channelId, look);
  if (answer === "" || look.record("source", entryOf(number)) !== undefined) return [];
  if (!hasConsent(look, userId))
    return cardId === undefined ? [] : askConsent(look, { userId }, { channelId, messageId: cardId, now: at });
  const id = topicOf(number);
  const source = { id, kind: "question", title: id, channelId, authorId: userId, by: `discord:${userId}`, at } as const;
  const passages = [{ asks: [excerpt(ticket.said.title, LONGEST_ASK)], text: "" }];
  return [
    write({ write: "knowledge.put", source, passages }),
    write({ write: "record.put", record: "note", key: draftKey(id), value: { text: answer, at } }),
    ...noted(look, userId, { taken: [id] }),
  ];
}

/** As far as the latest events of the guild tell. Of others in the thread only those who moderate, or agreed to be quoted. */
function staffsWords({ userId, claimedBy }: Ticket, channelId: string, look: Look): string {
  const isStaffs = (author: Member): boolean =>
    author.bot !== true &&
    author.userId !== userId &&
    (author.userId === claimedBy || moderates(author, look) || hasConsent(look, author.userId));
  const said = look.recent(channelId).filter(({ author, text }) => isStaffs(author) && text.trim() !== "");
  return excerpt(
    said
      .map(({ text }) => text.trim())
      .reverse()
      .join("\n\n"),
    LONGEST_TEXT,
  );
}

function moderates({ userId, roleIds }: Member, look: Look): boolean {
  if (userId === look.guild().ownerId) return true;
  return roleIds.some((id) => (BigInt(look.role(id)?.permissions ?? "0") & MODERATES) !== 0n);
}

/** Of a topic that came from a ticket: under which id its entry stands, and whose question it was. */
export interface FromTicket {
  readonly id: string;
  readonly authorId: string;
}

const TOPIC = /^question:ticket-(\d+)$/;

export function isFromTicket(topic: string): boolean {
  return TOPIC.test(topic);
}

export function fromTicket(topic: string, look: Look): FromTicket | undefined {
  const number = TOPIC.exec(topic)?.[1];
  const authorId = number === undefined ? undefined : look.record("ticket", number)?.userId;
  return authorId === undefined ? undefined : { id: entryOf(Number(number)), authorId };
}

/** What is noted when its entry goes in: it is theirs, and goes with their consent. */
export function publishedFrom(topic: string, { id, authorId }: FromTicket, look: Look): readonly Effect[] {
  return [
    write({ write: "record.put", record: "source", key: id, value: { answers: [], authorId } }),
    write({ write: "record.delete", record: "note", key: draftKey(topic) }),
    ...noted(look, authorId, { taken: [id], gone: [topic] }),
  ];
}

/** Staff made nothing of it. */
export function dismissedFrom(topic: string, { authorId }: FromTicket, look: Look): readonly Effect[] {
  const forgotten = write({ write: "record.delete", record: "note", key: draftKey(topic) });
  return [forgotten, ...noted(look, authorId, { gone: [topic] })];
}

/** Its thread was deleted, and with it what was said there: nothing of it is answered with any more. */
export function ticketErased(scene: Scene, channelId: string): readonly Effect[] {
  const { look } = scene;
  const ticket = ticketIn(channelId, look);
  if (ticket === undefined) return [];
  const { number, userId } = ticket;
  const known = look.record("consent", userId)?.sources ?? [];
  const gone = [topicOf(number), entryOf(number)].filter((id) => known.includes(id));
  if (gone.length === 0) return [];
  return [...gone.flatMap((id) => withdrawSource(scene, id)), ...noted(look, userId, { gone })];
}
