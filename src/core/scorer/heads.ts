/** What a text is judged for. The order is part of the weights: append only, and train again. */
export const HEADS = ["spam", "insult", "hate", "harm", "injection"] as const;

/**
 * `spam` sells, lures or defrauds · `insult` is foul or offensive · `hate` is against people for what they are · `harm` is sexual,
 * violent or about hurting oneself · `injection` speaks to a model instead of people.
 */
export type Head = (typeof HEADS)[number];

/** What a text may read like. In each of these the same words weigh a little differently; chat is none of them. Append only. */
export const STYLES = ["text message", "advertisement", "tweet", "comment", "post"] as const;
export type Style = (typeof STYLES)[number];

/** Who knows one style better than the heads do: it adds to a head's verdict as far as a text reads like that style. */
export interface Expert {
  readonly style: Style;
  readonly head: Head;
}

export const EXPERTS: readonly Expert[] = [
  { style: "text message", head: "spam" },
  { style: "advertisement", head: "spam" },
  { style: "tweet", head: "insult" },
  { style: "tweet", head: "hate" },
  { style: "comment", head: "insult" },
  { style: "post", head: "harm" },
];
