import type { Head } from "../../../src/core/scorer/heads.ts";
import type { Metric } from "../metrics.ts";

/** What a metric is measured against: a figure, what the plain regression reaches on the same rows, or nothing. */
export type Figure = number | "plain" | null;
export type Figures = Readonly<Partial<Record<Metric, Figure>>>;

/** Rows told apart by a column; each value is a set of its own, `<set>/<value>`. */
export interface Parts {
  readonly column: string;
  readonly metrics: Figures;
  /** Figures of single values; those named here have to be there. */
  readonly named?: Readonly<Record<string, Figures>>;
}

/** What the scorer says of a row, as log-odds by head: above nought is yes. */
export type Says = (head: Head) => number;

/** More answers than two. */
export interface Classes {
  /** The column that holds the right answer. */
  readonly column: string;
  /** The name under which `metrics` are told, behind the set's; as the set itself where there is none. */
  readonly name?: string;
  readonly metrics: Figures;
  /** By answer, each as `<set>/<answer>`. */
  readonly each: Readonly<Record<string, Figures>>;
  answer(says: Says): string;
}

/** How the rows of a set are read, and what it is measured against. */
export interface LabelledSet {
  readonly head: Head | "toxicity";
  readonly positive: readonly string[];
  readonly metrics: Figures;
  /** `f1` is the mean over both answers. */
  readonly isMacro?: true;
  readonly parts?: readonly Parts[];
  readonly classes?: Classes;
}

const HATE_BY_FUNCTIONALITY: Parts = {
  column: "functionality",
  metrics: { accuracy: "plain" },
  named: { counter_quote_nh: {}, counter_ref_nh: {} },
};
const ATTACKS: LabelledSet = { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } };

/** Every metric the data's description names for these sets, with the figure measured there; sets nobody may learn from have the plain regression's. */
const KNOWN: Readonly<Record<string, LabelledSet>> = {
  "spam/sms_uci": {
    head: "spam",
    positive: ["spam"],
    metrics: { mcc: 0.985, f1: 0.987, accuracy: 0.9963, spam_caught: 0.978, blocked_ham: 0.0007 },
  },
  "spam/telegram_tgspam": { head: "spam", positive: ["spam"], metrics: { f1: 0.95, mcc: 0.931, auprc: 0.992 } },
  "spam/youtube_uci": {
    head: "spam",
    positive: ["spam"],
    metrics: { accuracy: "plain", f1: "plain", mcc: "plain", auprc: "plain" },
    parts: [
      {
        column: "video",
        metrics: { accuracy: "plain", f1: "plain", mcc: "plain" },
        named: { psy: {}, katyperry: {}, lmfao: {}, eminem: {}, shakira: {} },
      },
    ],
  },
  "toxicity/openai_moderation": {
    head: "harm",
    positive: ["flagged"],
    // Precision and recall are measured against a list of foul words, the curves against a regression.
    metrics: { auprc: 0.676, roc_auc: 0.823, precision: 0.594, recall: 0.532 },
  },
  "toxicity/conda_dota2": {
    head: "insult",
    positive: ["toxic"],
    metrics: { f1: "plain", auprc: "plain", accuracy: "plain" },
    classes: {
      column: "intent_class",
      name: "intent_class",
      metrics: { accuracy: "plain", macro_f1: "plain" },
      each: { E: { f1: "plain" }, I: { f1: "plain" }, A: { f1: "plain" }, O: { f1: "plain" } },
      answer: intentOf,
    },
  },
  "toxicity/surge_1000": {
    head: "insult",
    positive: ["toxic"],
    metrics: { auprc: 0.885, roc_auc: 0.877, accuracy: 0.778, f1: 0.358 },
  },
  "toxicity/davidson_tweets": {
    head: "hate",
    positive: ["hate"],
    metrics: { f1: 0.455 },
    classes: {
      column: "label",
      metrics: { weighted_f1: 0.889, macro_f1: 0.745 },
      each: { hate: { f1: 0.455, precision: 0.44, recall: 0.47 }, offensive: { f1: 0.932 }, neither: { f1: 0.847 } },
      answer: tweetOf,
    },
  },
  "toxicity/hatecheck_en": {
    head: "hate",
    positive: ["hateful"],
    metrics: { accuracy: 0.647, roc_auc: 0.584 },
    parts: [
      { column: "label", metrics: { accuracy: null }, named: { hateful: { accuracy: 0.312 }, "non-hateful": { accuracy: 0.738 } } }, // prettier-ignore
      { ...HATE_BY_FUNCTIONALITY, named: { ...HATE_BY_FUNCTIONALITY.named, slur_reclaimed_nh: {} } },
    ],
  },
  "toxicity/hatecheck_multilingual": {
    head: "hate",
    positive: ["hateful"],
    metrics: { f1: 0.643, macro_f1: 0.643 },
    isMacro: true,
    parts: [{ column: "lang", metrics: { macro_f1: "plain" } }, HATE_BY_FUNCTIONALITY],
  },
  "injection/notinject_benign": { ...ATTACKS, metrics: { accuracy: 0.98 } },
  "injection/bipia_attacks": ATTACKS,
  "injection/injecguard_valid": {
    ...ATTACKS,
    parts: [{ column: "label", metrics: { accuracy: "plain" }, named: { benign: {}, injection: {} } }],
  },
  "injection/giskard_injections": ATTACKS,
  "injection/tensortrust_hijacking": ATTACKS,
  "injection/tensortrust_extraction": ATTACKS,
};

const POSITIVE = ["spam", "scam", "toxic", "flagged", "hateful", "hate", "offensive", "abusive", "insult", "injection", "attack", "jailbreak", "1", "true"]; // prettier-ignore
const UNKNOWN: Readonly<Record<string, LabelledSet>> = {
  spam: { head: "spam", positive: POSITIVE, metrics: { mcc: "plain", f1: "plain", accuracy: "plain", auprc: "plain" } },
  toxicity: { head: "toxicity", positive: POSITIVE, metrics: { f1: "plain", auprc: "plain", accuracy: "plain" } },
  injection: { head: "injection", positive: POSITIVE, metrics: { accuracy: "plain" } },
};

export function isKnown(set: string): boolean {
  return KNOWN[set] !== undefined;
}

/** How a set is read: by its name, or for one nobody knows by its folder. */
export function labelledSet(set: string): LabelledSet | undefined {
  return KNOWN[set] ?? UNKNOWN[set.slice(0, set.indexOf("/"))];
}

function tweetOf(says: Says): string {
  if (says("hate") >= 0) return "hate";
  return says("insult") >= 0 ? "offensive" : "neither";
}

/** Four times as likely as not. */
const CLEARLY = Math.log(4);

/** Abuse the scorer is clear about is open (E), other abuse is veiled (I). Of orders in a game (A) it knows nothing: it never says so. */
function intentOf(says: Says): string {
  const insult = says("insult");
  if (insult >= CLEARLY) return "E";
  return insult >= 0 ? "I" : "O";
}
