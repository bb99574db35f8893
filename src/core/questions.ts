import type { z } from "zod";

/** A closed question to a model: what may come back is what the schema allows, and the agent's code decides. */
export interface Question<T> {
  readonly prompt: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: z.ZodType<T>;
}

/** What came of asking: also of asking a witness, or for vectors. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly model: string; readonly receipt?: Receipt }
  /** `llm.exhausted`: nobody answers this question, and why. The agent falls back on its rules; the decision says so. */
  | { readonly ok: false; readonly code: "llm.exhausted"; readonly why: Exhausted; readonly receipt?: Receipt };

/**
 * *no-provider* none is configured · *budget* the guild's or the plan's limit is reached · *deadline* the question's time
 * ran out · *all-failed* every model of the chain failed or answered outside of the schema.
 */
export type Exhausted = "no-provider" | "budget" | "deadline" | "all-failed";

/** How an answer came about, kept with it in the journal. What was spent is booked by the commit of the decision it led to. */
export interface Receipt {
  readonly promptHash: string;
  readonly milliseconds: number;
  /** The same question had just been asked: this answer cost nothing. */
  readonly reused?: true;
  /** Every request a provider charges for, of attempts whose answer was of no use as well. */
  readonly spent: readonly Spending[];
}

export interface Spending {
  readonly model: string;
  readonly prompt: string;
  /** When it was asked, by the clock of the process that asked. */
  readonly at: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a US dollar, by the configured prices. */
  readonly microdollars: number;
  /** The tokens are our own count: the provider did not say, or its answer never came. */
  readonly estimated?: true;
}

/** What a witness may find. Every provider's own names are brought to these: an agent never learns which of them spoke. */
export const HARMS = [
  "harassment",
  "hate",
  "threat",
  "sexual",
  "sexual-minors",
  "self-harm",
  "violence",
  "illicit",
] as const;
export type Harm = (typeof HARMS)[number];

/** What a witness says of one text: a score of 0 to 1 for every harm, and which of them it would call one. */
export interface Findings {
  readonly flagged: readonly Harm[];
  readonly scores: Readonly<Record<Harm, number>>;
}

/** A text as a point among others: what means the same lies near. Of length 1, so that a product is the likeness. */
export type Vector = readonly number[];

/** From −1 to 1: how alike two texts are, by vectors of the same model. */
export function likeness(a: Vector, b: Vector): number {
  return a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0);
}

/** Texts to be turned into vectors. What looks for something and what is to be found are not always treated alike. */
export interface Embedding {
  readonly texts: readonly string[];
  readonly as: "question" | "passage";
}
