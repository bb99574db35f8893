import { consider, tally, write, type Effect, type EventOf, type Look } from "#core";
import { linksIn } from "#core/text/index";
import { z } from "zod";
import type { Config } from "./config.ts";

type Message = EventOf<"message.created">;

/** What the fast half hands to the slow one: which of the two questions is to be asked. */
export const aboutSchema = z.strictObject({ ask: z.enum(["reply", "encourage"]) });

export const COUNTERS = {
  /** Messages of the house's own, to know a reply to one. */
  own: { windowSeconds: 600 },
  replies: { windowSeconds: 600 },
} as const;

const MINUTE_MS = 60_000;

/** Spoken to, by mention or in reply: each member and each channel has its share, so that nobody talks the bot to death. */
export function spokenTo(event: Message, look: Look, config: Config): readonly Effect[] {
  const { reply } = config;
  if (!reply.enabled || !isAddressed(event, look)) return [];
  const member = `member:${event.author.userId}`;
  const channel = `channel:${event.channelId}`;
  const isEnough =
    look.count("replies", member) >= reply.perMember || look.count("replies", channel) >= reply.perChannel;
  return isEnough ? [] : [tally("replies", member), tally("replies", channel), consider({ ask: "reply" })];
}

function isAddressed(event: Message, look: Look): boolean {
  const botUserId = look.guild().botUserId;
  if (botUserId !== undefined && event.mentionedUserIds.includes(botUserId)) return true;
  return event.replyToMessageId !== undefined && look.count("own", event.replyToMessageId) > 0;
}

/**
 * Something shared where the guild asked for encouragement. The pause begins with the question, not with the answer: a busy
 * channel must not line up behind a slow model.
 */
export function shared(event: Message, look: Look, { encourage }: Config): readonly Effect[] {
  if (!encourage.channelIds.includes(event.channelId)) return [];
  if (event.replyToMessageId !== undefined) return [];
  if (event.text.length < encourage.minimumLength && event.attachments.length === 0) return [];
  const key = `companion/${event.channelId}`;
  const last = look.record("note", key)?.at;
  if (last !== undefined && event.at - last < encourage.cooldownMinutes * MINUTE_MS) return [];
  const value = { text: "encouraged", at: event.at };
  return [write({ write: "record.put", record: "note", key, value }), consider({ ask: "encourage" })];
}

/** Whatever a member talked it into, the bot links to nothing, calls nobody and asks for no secret. */
export function isHarmless(line: string): boolean {
  if (/@(everyone|here)\b|<[@#:a]|\b(password|token|2fa|seed phrase|private key)\b/i.test(line)) return false;
  return linksIn(line).length === 0;
}
