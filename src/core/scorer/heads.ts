/** What a text is judged for. The order is part of the weights: append only, and train again. */
export const HEADS = ["spam", "insult", "hate", "harm", "injection"] as const;

/**
 * `spam` sells, lures or defrauds · `insult` is foul or offensive · `hate` is against people for what they are · `harm` is sexual,
 * violent or about hurting oneself · `injection` speaks to a model instead of people.
 */
export type Head = (typeof HEADS)[number];
