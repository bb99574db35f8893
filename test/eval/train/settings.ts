import type { Head } from "../../../src/core/scorer/heads.ts";

export interface Setting {
  /** What a mistake costs: the inverse of regularisation. */
  readonly cost: number;
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

export const SETTINGS: Readonly<Record<Head, Setting>> = {
  spam: { cost: 100, sets: { ...TRADE, "spam/sms_uci": 4, "spam/telegram_tgspam": 2 } },
  insult: { cost: 20, sets: { ...LANGUAGE, "toxicity/davidson_tweets": 1 } },
  hate: { cost: 20, sets: { ...LANGUAGE, "toxicity/davidson_tweets": 1 } },
  harm: { cost: 40, sets: LANGUAGE },
  injection: { cost: 40, sets: { ...TRADE, "own/harmless": 1, "own/injection": 6 } },
};

/** A plain logistic regression to be measured against: no cues, no sets preferred. */
export const PLAIN: Setting = { cost: 40, sets: {} };
export const EPOCHS = 8;
