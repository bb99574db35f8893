import type { Head, Style } from "../../../src/core/scorer/heads.ts";

export interface Setting {
  /** What a mistake costs: the inverse of regularisation. */
  readonly cost: number;
  /** 0 takes the kinds as they come, 1 lets both count the same. */
  readonly balance: number;
  readonly epochs: number;
  /** How much a set counts beside others; 1 where nothing is said. Fixed by cross-validation on the permitted sets. */
  readonly sets: Readonly<Record<string, number>>;
}

const LANGUAGE: Setting["sets"] = {
  "faq/banking77": 0.1,
  "faq/clinc150_oos": 0.1,
  "toxicity/davidson_tweets": 0.1,
  "toxicity/openai_moderation": 4,
  "toxicity/surge_1000": 3,
  "toxicity/ldnoobw_words": 0.2,
  "own/harmless": 3,
  "own/insult": 3,
  "own/hate": 3,
  "own/harm": 4,
};

const TRADE: Setting["sets"] = {
  "faq/banking77": 0.3,
  "faq/clinc150_oos": 0.3,
  "toxicity/davidson_tweets": 0.5,
  "own/harmless": 3,
  "own/spam": 2,
  "own/injection": 2,
};

/** Harm is no matter of manners: what is merely foul teaches nothing about it. */
const HARM: Setting["sets"] = {
  ...LANGUAGE,
  "toxicity/davidson_tweets": 0.001,
  "toxicity/surge_1000": 0.001,
  "toxicity/ldnoobw_words": 0.001,
  "toxicity/hatecheck_en": 0.2,
  "toxicity/hatecheck_multilingual": 0.2,
  "toxicity/openai_moderation": 6,
  "own/harmless": 1,
  "own/harm": 12,
};

const INSULT: Setting["sets"] = {
  ...LANGUAGE,
  "faq/banking77": 0.3,
  "faq/clinc150_oos": 0.3,
  "toxicity/davidson_tweets": 1,
  "toxicity/surge_1000": 6,
  "own/harmless": 6,
};

const USUAL = { balance: 0.5, epochs: 8 };

export const SETTINGS: Readonly<Record<Head, Setting>> = {
  spam: { ...USUAL, cost: 100, balance: 0.8, sets: { ...TRADE, "spam/sms_uci": 4, "spam/telegram_tgspam": 2 } },
  insult: { ...USUAL, cost: 10, sets: INSULT },
  hate: { ...USUAL, cost: 5, balance: 0.65, sets: { ...LANGUAGE, "toxicity/davidson_tweets": 1 } },
  harm: { ...USUAL, cost: 40, sets: HARM },
  injection: {
    ...USUAL,
    cost: 40,
    sets: { ...TRADE, "own/harmless": 1, "own/injection": 12, "injection/notinject_benign": 8 },
  },
};

/** Where a style is learnt from, and how much readier to see it than its texts are frequent (in log-odds). */
export const READS_LIKE: Readonly<Record<Style, { readonly set: string; readonly lean: number }>> = {
  "text message": { set: "spam/sms_uci", lean: 0 },
  advertisement: { set: "spam/telegram_tgspam", lean: 0 },
  tweet: { set: "toxicity/davidson_tweets", lean: 0 },
  comment: { set: "toxicity/surge_1000", lean: 1 },
  post: { set: "toxicity/openai_moderation", lean: 0 },
};

export const STYLE: Setting = {
  cost: 20,
  balance: 0.5,
  epochs: 5,
  sets: { "faq/banking77": 0.3, "faq/clinc150_oos": 0.3 },
};
export const EXPERT: Setting = { cost: 10, balance: 1, epochs: 12, sets: {} };
/** So much readier (in log-odds) is an expert to say yes: heads hold back for chat's sake, where such texts are rare. */
export const EXPERT_LEAN: Readonly<Partial<Record<Head, number>>> = { spam: 0.5 };

/** A plain logistic regression to be measured against: no cues, no sets preferred, no styles. */
export const PLAIN: Setting = { ...USUAL, cost: 40, sets: {} };
