import type { EventOf, Look, Values } from "#core";
import { hostOf, listedDomain, textOf, wordMatcher, type WordMatcher } from "#core/text/index";
import type { Config, Rung } from "./config.ts";
import { words } from "./words.ts";

export type MessageEvent = EventOf<"message.created"> | EventOf<"message.edited">;
export type NewMessage = EventOf<"message.created">;

export type Rule =
  "blocked-link" | "blocked-word" | "mention-spam" | "message-flood" | "duplicate-flood" | "duplicate-wave";

/** A message that breaks a rule: which, by which facts, how sure, and the mildest measure. */
export interface Finding {
  readonly rule: Rule;
  readonly facts: Values;
  readonly confidence: number;
  readonly atLeast: Rung;
}

/** Windows belong to the counters, not to the guild: a window that changes would change what was counted already. */
export const COUNTERS = {
  messages: { windowSeconds: 10 },
  copies: { windowSeconds: 120 },
  spreaders: { windowSeconds: 120 },
} as const;

/** What is counted can be a coincidence; what is listed cannot. */
const EXACT = 1;
const COUNTED = 0.95;

interface Lists {
  readonly word: WordMatcher;
  readonly domains: ReadonlySet<string>;
}

const compiled = new WeakMap<Config, Lists>();

function listsOf(config: Config): Lists {
  const before = compiled.get(config);
  if (before !== undefined) return before;
  const lists: Lists = {
    word: wordMatcher(config.blockedWord.words),
    domains: new Set(config.blockedLink.domains.map((entry) => hostOf(entry) ?? entry)),
  };
  compiled.set(config, lists);
  return lists;
}

export function blockedLink(event: MessageEvent, config: Config): Finding | undefined {
  const { domains } = listsOf(config);
  if (domains.size === 0) return undefined;
  for (const link of textOf(event).links) {
    const listed = listedDomain(link.host, domains);
    if (listed === undefined) continue;
    return { rule: "blocked-link", facts: { domain: listed }, confidence: EXACT, atLeast: config.blockedLink.atLeast };
  }
  return undefined;
}

export function blockedWord(event: MessageEvent, config: Config): Finding | undefined {
  const word = listsOf(config).word(textOf(event).normalised);
  if (word === undefined) return undefined;
  return { rule: "blocked-word", facts: { word }, confidence: EXACT, atLeast: config.blockedWord.atLeast };
}

export function mentionSpam(event: NewMessage, config: Config): Finding | undefined {
  const mentioned = new Set([...event.mentionedUserIds, ...event.mentionedRoleIds]);
  mentioned.delete(event.author.userId);
  if (mentioned.size < config.mentionSpam.mentions) return undefined;
  return {
    rule: "mention-spam",
    facts: { count: mentioned.size },
    confidence: COUNTED,
    atLeast: config.mentionSpam.atLeast,
  };
}

/** The reason in one clause. What is recorded is in English, whatever the member is told in. */
export function whyOf({ rule, facts }: Finding, locale = "en"): string {
  return words.say(locale, `why.${rule}`, facts);
}

/** One read, and this message itself on top. */
export function messageFlood(event: NewMessage, look: Look, config: Config): Finding | undefined {
  const messages = look.count("messages", event.author.userId) + 1;
  if (messages < config.messageFlood.messages) return undefined;
  return {
    rule: "message-flood",
    facts: { count: messages, seconds: COUNTERS.messages.windowSeconds },
    confidence: COUNTED,
    atLeast: config.messageFlood.atLeast,
  };
}

/** How often this member has said the same, and how many members have: `undefined` where the text is too short to tell. */
export interface Copies {
  readonly key: string;
  readonly own: number;
  readonly members: number;
}

export function copiesOf(event: NewMessage, look: Look, config: Config): Copies | undefined {
  const { normalised } = textOf(event);
  const shortest = Math.min(config.duplicateFlood.minimumLength, config.duplicateWave.minimumLength);
  if (normalised.length < shortest) return undefined;
  const key = textOf(event).fingerprint;
  const before = look.count("copies", `${event.author.userId}:${key}`);
  // A member spreads a text once, with the first copy: the count of spreaders is a count of members.
  return { key, own: before + 1, members: look.count("spreaders", key) + (before === 0 ? 1 : 0) };
}

export function duplicateFlood(event: NewMessage, copies: Copies, config: Config): Finding | undefined {
  if (copies.own < config.duplicateFlood.copies) return undefined;
  if (textOf(event).normalised.length < config.duplicateFlood.minimumLength) return undefined;
  return {
    rule: "duplicate-flood",
    facts: { count: copies.own },
    confidence: COUNTED,
    atLeast: config.duplicateFlood.atLeast,
  };
}

export function duplicateWave(event: NewMessage, copies: Copies, config: Config): Finding | undefined {
  if (copies.members < config.duplicateWave.members) return undefined;
  if (textOf(event).normalised.length < config.duplicateWave.minimumLength) return undefined;
  return {
    rule: "duplicate-wave",
    facts: { count: copies.members },
    confidence: COUNTED,
    atLeast: config.duplicateWave.atLeast,
  };
}
