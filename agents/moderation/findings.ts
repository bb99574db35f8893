import type { Attachment, EventOf, Member, Values } from "#core";
import type { TextFacts } from "#core/text/index";
import type { Rule, Rung } from "./config.ts";
import { words } from "./words.ts";

/** What a rule reads, wherever it stands. */
export interface Writing {
  readonly at: number;
  readonly text: string;
  readonly facts: TextFacts;
  /** Of what was cut because it is longer than Discord allows, what it was before. */
  readonly length: number;
  readonly attachments: readonly Attachment[];
  /** Where it stands; a name stands nowhere. */
  readonly channelId?: string;
  readonly author: Member;
}

export type NewMessage = EventOf<"message.created">;
export type MessageEvent = EventOf<"message.created" | "message.edited">;

/** What one of a rule's triggers met: which, by which facts, how sure. */
export interface Hit {
  /** The reason's name in the catalogue, behind `why.`. */
  readonly reason: string;
  readonly facts: Values;
  readonly confidence: number;
}

/** A rule that was broken. */
export interface Finding extends Hit {
  readonly rule: string;
  readonly then: Measures;
  /** The rule in the community's words. */
  readonly about?: string;
}

export type Measures = Rule["then"];

/** What is listed cannot be a coincidence; what is read through a disguise, guessed or counted can. */
export const EXACT = 1;
export const UNMASKED = 0.97;
export const COUNTED = 0.95;
export const GUESSED = 0.9;

/** The reason in one clause. What is recorded is in English, whatever the member is told in. */
export function whyOf({ reason, facts }: Hit, locale = "en"): string {
  return words.say(locale, `why.${reason}` as Parameters<typeof words.say>[1], facts);
}

const HARSHNESS: Readonly<Record<Rung, number>> = { report: 0, delete: 1, warn: 2, timeout: 3, kick: 4, ban: 5 };

export function harsher(one: Rung, other: Rung): Rung {
  return HARSHNESS[one] >= HARSHNESS[other] ? one : other;
}

export function milder(one: Rung, other: Rung): Rung {
  return HARSHNESS[one] <= HARSHNESS[other] ? one : other;
}
