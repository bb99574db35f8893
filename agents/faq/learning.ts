import {
  type Effect,
  type EventOf,
  type KnowledgeSource,
  type Look,
  type Member,
  type MessageFacts,
  type PassageDraft,
  type SlowLook,
  write,
} from "#core";
import { parseFile, problemOf } from "#core/knowledge/file";
import type { Config } from "./config.ts";
import { askConsent, hasConsent, noted } from "./consent.ts";
import { messageSourceId, putSource, withdrawSource } from "./sources.ts";

type Said = Pick<MessageFacts, "channelId" | "messageId" | "text"> & { readonly author: Member };

interface Taking {
  readonly guildId: string;
  readonly at: number;
  /** Who brought it: `discord:<user id>`. */
  readonly by: string;
}

const THREADS: readonly number[] = [10, 11, 12];

/** A message of an author who agreed becomes knowledge. Of a post or a thread, its title is what is asked. */
export function takeMessage(said: Said, taking: Taking, look: Look): readonly Effect[] {
  const { channelId, messageId, author } = said;
  const passages = passagesIn(said, look);
  if (passages.length === 0) return [];
  const id = messageSourceId(messageId);
  const title = look.channel(channelId)?.name ?? "";
  const { guildId, at, by } = taking;
  const source: KnowledgeSource = { id, kind: "message", title, channelId, messageId, authorId: author.userId, by, at };
  const known = look.record("source", id) ?? { answers: [] };
  const value = { ...known, authorId: author.userId };
  return [
    ...putSource({ guildId, look }, source, passages),
    write({ write: "record.put", record: "source", key: id, value }),
    ...noted(look, author.userId, id, true),
  ];
}

function passagesIn({ channelId, text }: Said, look: Look): readonly PassageDraft[] {
  const channel = look.channel(channelId);
  if (channel !== undefined && THREADS.includes(channel.type)) return fit([{ asks: [channel.name], text }]);
  return fit(parseFile("markdown", text).passages);
}

function fit(passages: readonly PassageDraft[]): readonly PassageDraft[] {
  return passages.filter((passage) => problemOf(passage) === undefined);
}

/** In a channel whose messages are knowledge. */
export function learnFrom(event: EventOf<"message.created">, look: Look, config: Config): readonly Effect[] {
  if (!config.knowledge.channelIds.includes(event.channelId) || event.text === "") return [];
  if (!hasConsent(look, event.author.userId)) return [];
  return takeMessage(event, { guildId: event.guildId, at: event.at, by: `discord:${event.author.userId}` }, look);
}

/** What was taken says something else now: so does the house. */
export function relearn(event: EventOf<"message.edited">, look: Look): readonly Effect[] {
  if (look.record("source", messageSourceId(event.messageId)) === undefined) return [];
  const taken = takeMessage(
    event,
    { guildId: event.guildId, at: event.at, by: `discord:${event.author.userId}` },
    look,
  );
  return taken.length > 0 ? taken : unlearn(event.guildId, event.messageId, look);
}

export function unlearn(guildId: string, messageId: string, look: Look): readonly Effect[] {
  const id = messageSourceId(messageId);
  const known = look.record("source", id);
  if (known === undefined) return [];
  const forgotten = known.authorId === undefined ? [] : noted(look, known.authorId, id, false);
  return [...withdrawSource({ guildId, look }, id), ...forgotten];
}

/** Takes a message somebody pointed at, or asks its author first. `isTaken` tells which. */
export async function takePointed(
  place: { readonly channelId: string; readonly messageId: string; readonly said?: Said },
  taking: Taking,
  look: SlowLook,
): Promise<{ readonly isTaken: boolean; readonly isKnown: boolean; readonly effects: readonly Effect[] }> {
  const said = (await look.message(place.messageId)) ?? place.said;
  if (said === undefined) return { isTaken: false, isKnown: false, effects: [] };
  if (hasConsent(look, said.author.userId)) {
    const effects = takeMessage(said, taking, look);
    return { isTaken: effects.length > 0, isKnown: true, effects };
  }
  const { channelId, messageId } = place;
  const asked = askConsent(look, said.author, { channelId, messageId, now: taking.at });
  return { isTaken: false, isKnown: true, effects: asked };
}
