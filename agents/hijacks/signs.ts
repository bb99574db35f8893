import { tally, write, type Effect, type EventOf, type Look, type Values } from "#core";
import { hostOf, invitesIn, leadsTo, listedDomain, lookalikeOf, maskedIn, textOf, type Link } from "#core/text/index";
import { scoreOf } from "#core/scorer/index";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

/** What was edited may have become something else: it is looked at like what is new. */
export type Written = EventOf<"message.created" | "message.edited">;

const DAY = 86_400_000;
/** What a member posted on an earlier day is a habit of theirs; so many domains are remembered. */
const HABIT_MS = DAY;
const HABITS = 20;
/** Of a link that deceives, twice is enough. */
const FEW = 2;

export const COUNTERS = { here: { windowSeconds: 120 }, places: { windowSeconds: 120 } } as const;

/** Why, by the words' key and what stands in them: recorded in English, told in the guild's language. */
export interface Reason {
  readonly key: Extract<Parameters<typeof words.say>[1], `why.${string}`>;
  readonly values: Values;
  readonly confidence: number;
}

export interface Findings {
  readonly reason?: Reason;
  /** What is remembered of the message, whatever it is. */
  readonly noticed: readonly Effect[];
}

const NOTHING: Findings = { noticed: [] };

/** Read for every message: for most of them it ends with the first line, or because there is no link and no file. */
export function findingsOf(event: Written, look: Look, config: Config): Findings {
  const { author, at } = event;
  if (author.bot === true || author.joinedAt === undefined || at - author.joinedAt < config.memberDays * DAY)
    return NOTHING;
  const { links } = textOf(event);
  const calls = event.mentionsEveryone === true || /@(?:everyone|here)\b/.test(event.text);
  if (links.length === 0 && event.attachments.length === 0 && !calls) return NOTHING;
  const strange = strangeIn(links, author.userId, at, look, config);
  if (strange.length === 0 && links.length > 0) return NOTHING;
  const spread = spreadOf(event, strange, look);
  const reason = reasonFor({ event, strange, calls, channels: spread.channels }, look, config);
  const learnt =
    reason === undefined ? habitWith(strange, author.userId, at, look) : habitWithout(strange, author.userId, look);
  return { noticed: [...spread.tallies, ...learnt], ...(reason !== undefined && { reason }) };
}

/** Links that lead where this member never led anybody before today. */
function strangeIn(links: readonly Link[], userId: string, at: number, look: Look, config: Config): readonly Link[] {
  const familiar = setOf(config.familiar);
  const unfamiliar = links.flatMap(leadsTo).filter(({ host }) => listedDomain(host, familiar) === undefined);
  if (unfamiliar.length === 0) return [];
  const known = look.record("habit", userId)?.domains ?? {};
  return unfamiliar.filter(({ domain }) => !Object.hasOwn(known, domain) || at - known[domain]! < HABIT_MS);
}

interface Seen {
  readonly event: Written;
  readonly strange: readonly Link[];
  readonly calls: boolean;
  /** In how many channels the same was said lately, this one included. */
  readonly channels: number;
}

/**
 * A link that deceives needs little besides; any other must be spread as nobody spreads their own. Pictures alone are shown
 * round by people, too: they need one channel more, or a call to everybody.
 */
function reasonFor({ event, strange, calls, channels }: Seen, look: Look, config: Config): Reason | undefined {
  const lure =
    strange.map((link) => lureIn(link, look, config)).find((one) => one !== undefined) ?? maskIn(event, strange);
  const [link] = strange;
  const isSure = link !== undefined && scoreOf(event).spam >= config.sure;
  const name = lure ?? link?.domain ?? "";
  if (lure !== undefined && (isSure || calls || channels >= FEW))
    return { key: "why.lure", values: { name }, confidence: 0.98 };
  if (isSure && !isInvite(link) && channels >= FEW)
    return { key: "why.spam", values: { name, count: channels }, confidence: 0.95 };
  if (link !== undefined && !isInvite(link) && channels >= config.channels)
    return { key: "why.spread", values: { name, count: channels }, confidence: 0.9 };
  if ((calls && channels >= config.channels) || channels > config.channels)
    return { key: "why.copies", values: { count: channels }, confidence: 0.9 };
  return undefined;
}

function lureIn(link: Link, look: Look, config: Config): string | undefined {
  const own = listedDomain(link.host, setOf(config.domains));
  if (own !== undefined) return own;
  if (lookalikeOf(link) !== undefined) return link.domain;
  return config.lists.map((list) => look.listed(list, link.host).entry).find((entry) => entry !== undefined);
}

function maskIn(event: Written, strange: readonly Link[]): string | undefined {
  return strange.length === 0 ? undefined : maskedIn(event.text)?.leads;
}

const isInvite = (link: Link): boolean => invitesIn([link]).length > 0;

/** Texts are varied, where they lead is not: a link is followed by its domain, anything else by all of it. */
function spreadOf(event: Written, strange: readonly Link[], look: Look) {
  const [link] = strange;
  const files = event.attachments.map(({ name, size }) => `${name}/${size}`).join();
  const what = link !== undefined && !isInvite(link) ? link.domain : `${textOf(event).fingerprint}|${files}`;
  const said = `${event.author.userId}:${what}`;
  const here = `${said}:${event.channelId}`;
  const isFirst = look.count("here", here) === 0;
  const tallies = isFirst ? [tally("here", here), tally("places", said)] : [];
  return { channels: look.count("places", said) + (isFirst ? 1 : 0), tallies };
}

function habitWith(strange: readonly Link[], userId: string, at: number, look: Look): readonly Effect[] {
  const known = look.record("habit", userId)?.domains ?? {};
  const fresh = strange.filter((link) => !isInvite(link) && !Object.hasOwn(known, link.domain));
  if (fresh.length === 0) return [];
  const all = [...Object.entries(known), ...fresh.map(({ domain }) => [domain, at] as const)];
  const latest = all.sort(([, one], [, other]) => one - other).slice(-HABITS);
  return [write({ write: "record.put", record: "habit", key: userId, value: { domains: Object.fromEntries(latest) } })];
}

/** What was posted by somebody else is no habit of the member's. */
function habitWithout(strange: readonly Link[], userId: string, look: Look): readonly Effect[] {
  const known = look.record("habit", userId)?.domains;
  if (known === undefined) return [];
  const foreign = new Set(strange.map(({ domain }) => domain));
  const domains = Object.fromEntries(Object.entries(known).filter(([domain]) => !foreign.has(domain)));
  return [write({ write: "record.put", record: "habit", key: userId, value: { domains } })];
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(entries: readonly string[]): ReadonlySet<string> {
  const known = sets.get(entries) ?? new Set(entries.map((entry) => hostOf(entry) ?? entry));
  sets.set(entries, known);
  return known;
}

export function saidOf({ key, values }: Reason, locale = "en"): string {
  return words.say(locale, key, values);
}
