import { type Effect, type EventOf, type Look, type SlowLook, write } from "#core";
import type { Config } from "./config.ts";
import { askConsent, hasConsent } from "./consent.ts";
import { type Said, takeAll, type Taking } from "./learning.ts";
import { messageSourceId } from "./sources.ts";

type Message = EventOf<"message.created">;

const HOUR = 3_600_000;
/** A channel full of old pins must not become a channel full of questions to their authors. */
const MOST_ASKED = 3;
const MOST_CHANNELS = 20;

const noteKey = (channelId: string): string => `faq/pins/${channelId}`;

function served({ answerIn, knowledge }: Config): readonly string[] {
  return knowledge.pins ? [...new Set([...answerIn, ...knowledge.channelIds])] : [];
}

/** The first message in a channel that is no question: what was pinned there before has to be looked up. Nothing where it was. */
export function pinsWait({ channelId, at }: Message, look: Look, config: Config): readonly Effect[] {
  if (!served(config).includes(channelId)) return [];
  const key = noteKey(channelId);
  const known = look.record("note", key);
  const isTried = known !== undefined && (known.text === "taken" || at < known.at + HOUR);
  return isTried ? [] : [write({ write: "record.put", record: "note", key, value: { text: "waits", at } })];
}

/** Old pins become knowledge where their authors agreed; a few of the others are asked. Where Discord is silent it waits an hour. */
export async function takePins(event: Message, look: SlowLook): Promise<readonly Effect[]> {
  const { guildId, channelId, at } = event;
  const pins = await look.pins(channelId);
  if (pins === undefined) return [];
  const value = { text: "taken", at };
  const effects = [write({ write: "record.put", record: "note", key: noteKey(channelId), value })];
  const taken: Said[] = [];
  const asked = new Set<string>();
  for (const { messageId, authorId, bot } of pins) {
    if (bot === true || look.record("source", messageSourceId(messageId)) !== undefined) continue;
    const said = hasConsent(look, authorId) ? await look.pinned(channelId, messageId) : undefined;
    if (said !== undefined) taken.push(said);
    else if (asked.size < MOST_ASKED && !asked.has(authorId)) {
      const question = askConsent(look, { userId: authorId }, { channelId, messageId, now: at });
      if (question.length > 0) asked.add(authorId);
      effects.push(...question);
    }
  }
  return [...effects, ...takeAll(taken, { guildId, at, by: byAuthor }, look)];
}

const byAuthor: Taking["by"] = ({ author }) => `discord:${author.userId}`;

/** What somebody who just agreed has pinned in the channels that are served. */
export async function pinsOf(userId: string, look: SlowLook, config: Config): Promise<readonly Said[]> {
  const found: Said[] = [];
  for (const channelId of served(config).slice(0, MOST_CHANNELS)) {
    for (const { messageId, authorId, bot } of (await look.pins(channelId)) ?? []) {
      if (authorId !== userId || bot === true || look.record("source", messageSourceId(messageId)) !== undefined)
        continue;
      const said = await look.pinned(channelId, messageId);
      if (said !== undefined) found.push(said);
    }
  }
  return found;
}
