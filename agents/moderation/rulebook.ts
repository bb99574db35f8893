import type { Look } from "#core";
import { RUNGS, type Config, type Rule } from "./config.ts";
import { holds, type Situation } from "./conditions.ts";
import { type Finding, type Hit, type NewMessage, type Writing } from "./findings.ts";
import { contentTrigger, pictureTrigger, type DeepTrigger } from "./triggers/files.ts";
import { inviteTrigger, linkTrigger, type LookingTrigger } from "./triggers/links.ts";
import {
  countingFor,
  duplicateTrigger,
  floodTrigger,
  mentionTrigger,
  type Counting,
  type Counts,
  type MassTrigger,
} from "./triggers/mass.ts";
import { attachmentTrigger, capitalsTrigger, emojiTrigger, lengthTrigger } from "./triggers/shape.ts";
import { patternTrigger, wordTrigger, type Trigger } from "./triggers/text.ts";

export type Source = Rule["reads"][number];

export interface Entry {
  readonly name: string;
  readonly rule: Rule;
  readonly plain: readonly Trigger[];
  readonly looking: readonly LookingTrigger[];
  readonly mass: readonly MassTrigger[];
  readonly deep: readonly DeepTrigger[];
}

/** A guild's rules, made ready once. */
export interface Rulebook {
  readonly counting: Counting;
  readonly by: Readonly<Record<Source, readonly Entry[]>>;
  /** Rules about what the files of new messages hold. */
  readonly deep: readonly Entry[];
}

const books = new WeakMap<Config, Rulebook>();

export function rulebookOf(config: Config): Rulebook {
  const known = books.get(config);
  if (known !== undefined) return known;
  const entries = Object.entries(config.rules)
    .filter(([, rule]) => rule.enabled)
    .map(([name, rule]) => entryOf(name, rule))
    // The harshest first: what it meets needs no other rule.
    .sort((one, other) => RUNGS.indexOf(other.rule.then.atLeast) - RUNGS.indexOf(one.rule.then.atLeast));
  const reading = (source: Source): readonly Entry[] => entries.filter(({ rule }) => rule.reads.includes(source));
  const book: Rulebook = {
    counting: countingFor(reading("messages").map(({ rule }) => rule)),
    by: {
      messages: reading("messages"),
      edits: reading("edits"),
      threads: reading("threads"),
      names: reading("names"),
    },
    deep: reading("messages").filter(({ deep }) => deep.length > 0),
  };
  books.set(config, book);
  return book;
}

function entryOf(name: string, rule: Rule): Entry {
  const { words, patterns, links, invites, mentions, capitals, emoji, length, flood, duplicates } = rule.when;
  const { attachments, pictures } = rule.when;
  const made = <C, T>(choices: C | undefined, make: (choices: C) => T | undefined): readonly T[] => {
    const trigger = choices === undefined ? undefined : make(choices);
    return trigger === undefined ? [] : [trigger];
  };
  return {
    name,
    rule,
    plain: [
      ...made(words, wordTrigger),
      ...made(patterns, patternTrigger),
      ...made(capitals, capitalsTrigger),
      ...made(emoji, emojiTrigger),
      ...made(length, lengthTrigger),
      ...made(attachments, attachmentTrigger),
    ],
    looking: [...made(links, linkTrigger), ...made(invites, inviteTrigger)],
    mass: [...made(mentions, mentionTrigger), ...made(flood, floodTrigger), ...made(duplicates, duplicateTrigger)],
    deep: [...made(attachments, contentTrigger), ...made(pictures, pictureTrigger)],
  };
}

/** What is read, and for a new message what was counted about it. */
export interface Reading {
  readonly source: Source;
  readonly writing: Writing;
  readonly situation: Situation;
  readonly mass?: { readonly event: NewMessage; readonly counts: Counts };
}

/** The rule that was broken: the harshest, and of those equally harsh the first. */
export function findingIn(reading: Reading, look: Look, config: Config): Finding | undefined {
  for (const entry of rulebookOf(config).by[reading.source]) {
    const hit = hitOf(entry, reading, look);
    if (hit === undefined || !applies(entry.rule, reading.situation, look, config)) continue;
    return findingOf(entry, hit);
  }
  return undefined;
}

export function findingOf({ name, rule }: Entry, hit: Hit): Finding {
  return { ...hit, rule: name, then: rule.then, ...(rule.about !== undefined && { about: rule.about }) };
}

function hitOf({ plain, looking, mass }: Entry, reading: Reading, look: Look): Hit | undefined {
  for (const trigger of plain) {
    const hit = trigger(reading.writing);
    if (hit !== undefined) return hit;
  }
  for (const trigger of looking) {
    const hit = trigger(reading.writing, look);
    if (hit !== undefined) return hit;
  }
  if (reading.mass === undefined) return undefined;
  for (const trigger of mass) {
    const hit = trigger(reading.mass.event, reading.mass.counts);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** Conditions are asked last: most messages break no rule, and then nobody's roles matter. */
export function applies({ only, unless }: Rule, situation: Situation, look: Look, config: Config): boolean {
  if (only !== undefined && !holds(only, situation, look, config)) return false;
  return unless === undefined || !holds(unless, situation, look, config);
}
