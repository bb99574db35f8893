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
import { type Scene, sceneOf } from "./mending.ts";
import { messageSourceId, putSource, withdrawSource } from "./sources.ts";

export type Said = Pick<MessageFacts, "channelId" | "messageId" | "text"> & { readonly author: Member };

export interface Taking {
  readonly guildId: string;
  readonly at: number;
  /** Who brought it: `discord:<user id>`. */
  readonly by: string | ((said: Said) => string);
}

const THREADS: readonly number[] = [10, 11, 12];

/** A message of an author who agreed becomes knowledge. Of a post or a thread, its title is what is asked. */
export function takeMessage(said: Said, taking: Taking, look: Look): readonly Effect[] {
  return takeAll([said], taking, look);
}

/** Several at once: what is taken of one author is noted together, since each note replaces the one before. */
export function takeAll(messages: readonly Said[], taking: Taking, look: Look): readonly Effect[] {
  const byId = new Map(messages.map((said) => [said.messageId, said]));
  const taken = [...byId.values()].filter((said) => passagesIn(said, look).length > 0);
  const authors = [...new Set(taken.map(({ author }) => author.userId))];
  return [
    ...taken.flatMap((said) => put(said, taking, look)),
    ...authors.flatMap((userId) => {
      const own = taken.filter(({ author }) => author.userId === userId);
      const ids = own.map(({ messageId }) => messageSourceId(messageId));
      return noted(look, userId, { taken: ids });
    }),
  ];
}

function put(said: Said, { guildId, at, by }: Taking, look: Look): readonly Effect[] {
  const { channelId, messageId, author } = said;
  const id = messageSourceId(messageId);
  const title = look.channel(channelId)?.name ?? "";
  const from = { channelId, messageId, authorId: author.userId, by: typeof by === "string" ? by : by(said), at };
  const source: KnowledgeSource = { id, kind: "message", title, ...from };
  const known = look.record("source", id) ?? { answers: [] };
  return [
    ...putSource({ guildId, look, at }, source, passagesIn(said, look)),
    write({ write: "record.put", record: "source", key: id, value: { ...known, authorId: author.userId } }),
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
  return taken.length > 0 ? taken : unlearn(sceneOf(event, look), event.messageId);
}

export function unlearn(scene: Scene, messageId: string): readonly Effect[] {
  const { look } = scene;
  const id = messageSourceId(messageId);
  const known = look.record("source", id);
  if (known === undefined) return [];
  const forgotten = known.authorId === undefined ? [] : noted(look, known.authorId, { gone: [id] });
  return [...withdrawSource(scene, id), ...forgotten];
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
