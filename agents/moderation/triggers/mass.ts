import { tally, type Effect, type Look } from "#core";
import { gistsOf, textOf } from "#core/text/index";
import type { Rule, Triggers } from "../config.ts";
import { COUNTED, type Hit, type NewMessage } from "../findings.ts";

/** Windows belong to the counters, not to the guild: a window that changes would change what was counted already. */
export const COUNTERS = {
  messages: { windowSeconds: 10 },
  minute: { windowSeconds: 60 },
  copies: { windowSeconds: 120 },
  spreaders: { windowSeconds: 120 },
  here: { windowSeconds: 120 },
  places: { windowSeconds: 120 },
} as const;

/** What of a guild's rules has to be counted: what no rule asks for costs nothing. */
export interface Counting {
  readonly tenSeconds: boolean;
  readonly minute: boolean;
  /** Shorter texts are never counted as copies. */
  readonly exactFrom: number;
  readonly alikeFrom: number;
  readonly channels: boolean;
}

export function countingFor(rules: readonly Rule[]): Counting {
  const floods = rules.flatMap(({ when }) => when.flood ?? []);
  const duplicates = rules.flatMap(({ when }) => when.duplicates ?? []);
  const from = (alike: boolean): number =>
    Math.min(Infinity, ...duplicates.filter((one) => one.alike === alike).map((one) => one.minimumLength));
  return {
    tenSeconds: floods.some(({ seconds }) => seconds === 10),
    minute: floods.some(({ seconds }) => seconds === 60),
    exactFrom: from(false),
    alikeFrom: from(true),
    channels: duplicates.some(({ channels }) => channels !== undefined),
  };
}

/** How often this member has said the same, in how many channels, and how many members have; this message included. */
interface Copies {
  readonly own: number;
  readonly members: number;
  readonly channels: number;
}

/** Everything that is counted about one new message: what stands, and what is to be tallied. */
export interface Counts {
  readonly messages: number;
  readonly minute: number;
  readonly exact: Copies;
  readonly alike: Copies;
  readonly length: number;
  readonly tallies: readonly Effect[];
}

const NONE: Copies = { own: 0, members: 0, channels: 0 };

/** Read before anything is decided, so that each message costs the same few reads, whatever it says. */
export function countsOf(event: NewMessage, look: Look, counting: Counting): Counts {
  const { userId } = event.author;
  const { normalised } = textOf(event);
  const tallies: Effect[] = [];
  const plain = (counter: "messages" | "minute"): number => {
    tallies.push(tally(counter, userId));
    return look.count(counter, userId) + 1;
  };
  const messages = counting.tenSeconds ? plain("messages") : 0;
  const minute = counting.minute ? plain("minute") : 0;
  const keys = normalised.length >= counting.alikeFrom ? gistsOf(normalised) : [];
  return {
    messages,
    minute,
    exact:
      normalised.length >= counting.exactFrom
        ? copiesOf(event, look, textOf(event).fingerprint, counting, tallies)
        : NONE,
    alike: keys.map((key) => copiesOf(event, look, `~${key}`, counting, tallies)).reduce(mostOf, NONE),
    length: normalised.length,
    tallies,
  };
}

function copiesOf(event: NewMessage, look: Look, key: string, counting: Counting, tallies: Effect[]): Copies {
  const { userId } = event.author;
  const before = look.count("copies", `${userId}:${key}`);
  tallies.push(tally("copies", `${userId}:${key}`));
  // A member spreads a text once, with the first copy: the count of spreaders is a count of members.
  const members = look.count("spreaders", key) + (before === 0 ? 1 : 0);
  if (before === 0) tallies.push(tally("spreaders", key));
  const channels = counting.channels ? channelsOf(event, look, key, tallies) : 0;
  return { own: before + 1, members, channels };
}

function channelsOf(event: NewMessage, look: Look, key: string, tallies: Effect[]): number {
  const text = `${event.author.userId}:${key}`;
  const here = `${text}:${event.channelId}`;
  const isFirst = look.count("here", here) === 0;
  if (isFirst) tallies.push(tally("here", here), tally("places", text));
  return look.count("places", text) + (isFirst ? 1 : 0);
}

function mostOf(one: Copies, other: Copies): Copies {
  return {
    own: Math.max(one.own, other.own),
    members: Math.max(one.members, other.members),
    channels: Math.max(one.channels, other.channels),
  };
}

export type MassTrigger = (event: NewMessage, counts: Counts) => Hit | undefined;

export function mentionTrigger({ names, everyone }: NonNullable<Triggers["mentions"]>): MassTrigger {
  return (event) => {
    if (everyone && (event.mentionsEveryone === true || /@(?:everyone|here)\b/.test(event.text)))
      return { reason: "everyone", facts: {}, confidence: COUNTED };
    if (event.mentionedUserIds.length + event.mentionedRoleIds.length < names) return undefined;
    const mentioned = new Set([...event.mentionedUserIds, ...event.mentionedRoleIds]);
    mentioned.delete(event.author.userId);
    const count = mentioned.size;
    return count < names ? undefined : { reason: "mentions", facts: { count }, confidence: COUNTED };
  };
}

export function floodTrigger({ messages: most, seconds }: NonNullable<Triggers["flood"]>): MassTrigger {
  return (_event, { messages, minute }) => {
    const count = seconds === 10 ? messages : minute;
    return count < most ? undefined : { reason: "flood", facts: { count, seconds }, confidence: COUNTED };
  };
}

export function duplicateTrigger(choices: NonNullable<Triggers["duplicates"]>): MassTrigger {
  const { copies = Infinity, members = Infinity, channels = Infinity, minimumLength, alike } = choices;
  const hit = (reason: string, count: number): Hit => ({ reason, facts: { count }, confidence: COUNTED });
  return (_event, counts) => {
    if (counts.length < minimumLength) return undefined;
    const said = alike ? counts.alike : counts.exact;
    if (said.members >= members) return hit("copies-members", said.members);
    if (said.channels >= channels) return hit("copies-channels", said.channels);
    return said.own >= copies ? hit("copies", said.own) : undefined;
  };
}
