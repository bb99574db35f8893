import type { Head } from "../../../src/core/scorer/heads.ts";
import { scoreText, type Scores } from "../../../src/core/scorer/index.ts";
import { type Row, textIn } from "../folder/read.ts";
import {
  accuracy,
  auprc,
  type Classified,
  classF1,
  confusion,
  f1,
  type Judged,
  macroF1,
  mcc,
  weightedF1,
} from "../metrics.ts";
import { plainScores } from "../plain-regression.ts";
import { type Result, result } from "../result.ts";

/** Fixed before any set was looked at: a head says yes from here on. */
export const THRESHOLD = 0.5;

export type Metric = "accuracy" | "f1" | "mcc" | "auprc" | "weighted_f1";

/** How the rows of a set are read, and what it is measured against. Metrics without a figure of their own get the plain regression's. */
export interface LabelledSet {
  readonly head: Head | "toxicity";
  readonly positive: readonly string[];
  readonly metrics: Readonly<Partial<Record<Metric, number | "plain">>>;
  /** Three answers instead of two: weighted over all, and the F1 of the first. */
  readonly classes?: (scores: Scores) => string;
  /** F1 over both answers, in the mean. */
  readonly isMacro?: true;
}

export const LABELLED: Readonly<Record<string, LabelledSet>> = {
  "spam/sms_uci": { head: "spam", positive: ["spam"], metrics: { mcc: 0.985, f1: 0.987, accuracy: 0.9963 } },
  "spam/telegram_tgspam": { head: "spam", positive: ["spam"], metrics: { f1: 0.95, mcc: 0.931, auprc: 0.992 } },
  "spam/youtube_uci": {
    head: "spam",
    positive: ["spam"],
    metrics: { accuracy: "plain", f1: "plain", mcc: "plain", auprc: "plain" },
  },
  "toxicity/openai_moderation": { head: "harm", positive: ["flagged"], metrics: { auprc: 0.676 } },
  "toxicity/conda_dota2": {
    head: "insult",
    positive: ["toxic"],
    metrics: { f1: "plain", auprc: "plain", accuracy: "plain" },
  },
  "toxicity/surge_1000": { head: "insult", positive: ["toxic"], metrics: { auprc: 0.885, accuracy: 0.778 } },
  "toxicity/davidson_tweets": {
    head: "hate",
    positive: ["hate"],
    metrics: { weighted_f1: 0.889, f1: 0.455 },
    classes: tweetClass,
  },
  "toxicity/hatecheck_en": { head: "hate", positive: ["hateful"], metrics: { accuracy: 0.647 } },
  "toxicity/hatecheck_multilingual": { head: "hate", positive: ["hateful"], metrics: { f1: 0.643 }, isMacro: true },
  "injection/notinject_benign": { head: "injection", positive: ["injection"], metrics: { accuracy: 0.98 } },
  "injection/bipia_attacks": { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } },
  "injection/injecguard_valid": { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } },
  "injection/giskard_injections": { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } },
  "injection/tensortrust_hijacking": { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } },
  "injection/tensortrust_extraction": { head: "injection", positive: ["injection"], metrics: { accuracy: "plain" } },
};

const POSITIVE = ["spam", "scam", "toxic", "flagged", "hateful", "hate", "offensive", "abusive", "insult", "injection", "attack", "jailbreak", "1", "true"]; // prettier-ignore
const UNKNOWN: Readonly<Record<string, LabelledSet>> = {
  spam: { head: "spam", positive: POSITIVE, metrics: { mcc: "plain", f1: "plain", accuracy: "plain", auprc: "plain" } },
  toxicity: { head: "toxicity", positive: POSITIVE, metrics: { f1: "plain", auprc: "plain", accuracy: "plain" } },
  injection: { head: "injection", positive: POSITIVE, metrics: { accuracy: "plain" } },
};

/** How a set is read: by its name, or for one nobody knows by its folder. */
export function labelledSet(set: string): LabelledSet | undefined {
  return LABELLED[set] ?? UNKNOWN[set.slice(0, set.indexOf("/"))];
}

function tweetClass({ hate, insult }: Scores): string {
  if (hate >= THRESHOLD) return "hate";
  return insult >= THRESHOLD ? "offensive" : "neither";
}

export function scoreLabelled(set: string, how: LabelledSet, rows: readonly Row[]): readonly Result[] {
  const texts = rows.map((row) => textIn(row, "text"));
  const labels = rows.map((row) => String(row["label"] ?? ""));
  const scores = texts.map((text) => scoreText(text));
  const judged = (value: (index: number) => number): readonly Judged[] =>
    labels.map((label, index) => ({ isPositive: how.positive.includes(label), score: value(index) }));
  const ours = judged((index) => scores[index]![how.head]);
  const plain = once(() => {
    const sums = plainScores(texts, how.head === "toxicity" ? "insult" : how.head);
    return judged((index) => sums[index]!);
  });
  const classes =
    how.classes === undefined
      ? undefined
      : labels.map((label, index) => ({ label, answer: how.classes!(scores[index]!) }));
  return (Object.entries(how.metrics) as [Metric, number | "plain"][]).flatMap(([metric, figure]) => {
    const value = measured(metric, ours, THRESHOLD, how, classes);
    // Without a positive or a negative row there is no curve: nothing is measured rather than something made up.
    if (!Number.isFinite(value)) return [];
    const baseline = figure === "plain" ? Number(measured(metric, plain(), 0, how, undefined).toFixed(4)) : figure;
    return [result(set, metric, value, rows.length, baseline)];
  });
}

function measured(
  metric: Metric,
  rows: readonly Judged[],
  threshold: number,
  how: LabelledSet,
  classes: readonly Classified[] | undefined,
): number {
  const table = confusion(rows, threshold);
  switch (metric) {
    case "accuracy":
      return accuracy(table);
    case "mcc":
      return mcc(table);
    case "auprc":
      return auprc(rows);
    case "weighted_f1":
      return classes === undefined ? Number.NaN : weightedF1(classes);
    case "f1":
      if (classes !== undefined) return classF1(classes, how.positive[0]!);
      return how.isMacro === true ? macroF1(asClasses(rows, threshold)) : f1(table);
  }
}

function asClasses(rows: readonly Judged[], threshold: number): readonly Classified[] {
  return rows.map(({ isPositive, score }) => ({ label: String(isPositive), answer: String(score >= threshold) }));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
