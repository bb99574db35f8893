/** What can be measured on labelled rows. */
export type Metric =
  | "accuracy"
  | "f1"
  | "macro_f1"
  | "weighted_f1"
  | "precision"
  | "recall"
  | "mcc"
  | "auprc"
  | "roc_auc"
  | "spam_caught"
  | "blocked_ham";

/** One judged row: what it is, and how sure the scorer was that it is positive. */
export interface Judged {
  readonly isPositive: boolean;
  readonly score: number;
}

export interface Confusion {
  readonly hits: number;
  readonly misses: number;
  readonly alarms: number;
  readonly passes: number;
}

export function confusion(rows: readonly Judged[], threshold: number): Confusion {
  let [hits, misses, alarms, passes] = [0, 0, 0, 0];
  for (const { isPositive, score } of rows) {
    if (isPositive) score >= threshold ? hits++ : misses++;
    else score >= threshold ? alarms++ : passes++;
  }
  return { hits, misses, alarms, passes };
}

export function accuracy({ hits, misses, alarms, passes }: Confusion): number {
  return (hits + passes) / (hits + misses + alarms + passes);
}

export function f1({ hits, misses, alarms }: Confusion): number {
  return hits === 0 ? 0 : (2 * hits) / (2 * hits + misses + alarms);
}

export function mcc({ hits, misses, alarms, passes }: Confusion): number {
  const below = Math.sqrt((hits + alarms) * (hits + misses) * (passes + alarms) * (passes + misses));
  return below === 0 ? 0 : (hits * passes - alarms * misses) / below;
}

/** Average precision: the area under precision over recall, ties taken together. */
export function auprc(rows: readonly Judged[]): number {
  const sorted = [...rows].sort((a, b) => b.score - a.score);
  const positives = rows.filter(({ isPositive }) => isPositive).length;
  let [hits, seen, area] = [0, 0, 0];
  for (let at = 0; at < sorted.length;) {
    let gained = 0;
    const { score } = sorted[at]!;
    for (; at < sorted.length && sorted[at]!.score === score; at++, seen++) if (sorted[at]!.isPositive) gained++;
    hits += gained;
    area += (gained / positives) * (hits / seen);
  }
  return positives === 0 ? Number.NaN : area;
}

/** The chance that a positive row lies above a negative one; ties count half. */
export function rocAuc(rows: readonly Judged[]): number {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  let [below, won] = [0, 0];
  for (let at = 0; at < sorted.length;) {
    let [positives, negatives] = [0, 0];
    const { score } = sorted[at]!;
    for (; at < sorted.length && sorted[at]!.score === score; at++) sorted[at]!.isPositive ? positives++ : negatives++;
    won += positives * (below + negatives / 2);
    below += negatives;
  }
  return won / (below * (rows.length - below));
}

/** A metric of yes and no; log-odds say yes from nought on. NaN where rows of one kind are lacking and it would mean nothing. */
export function rowMetric(metric: Metric, rows: readonly Judged[]): number {
  const table = confusion(rows, 0);
  const { hits, misses, alarms, passes } = table;
  if (metric === "accuracy") return accuracy(table);
  if (hits + misses === 0 || alarms + passes === 0) return Number.NaN;
  switch (metric) {
    case "mcc":
      return mcc(table);
    case "auprc":
      return auprc(rows);
    case "roc_auc":
      return rocAuc(rows);
    case "precision":
      return hits === 0 ? 0 : hits / (hits + alarms);
    case "recall":
    case "spam_caught":
      return hits / (hits + misses);
    case "blocked_ham":
      return alarms / (alarms + passes);
    case "f1":
      return f1(table);
    case "macro_f1":
    case "weighted_f1":
      return classMetric(
        metric,
        rows.map(({ isPositive, score }) => ({ label: String(isPositive), answer: String(score >= 0) })),
      );
  }
}

/** A metric of many answers, or of one of them; NaN where no row has that one. */
export function classMetric(metric: Metric, rows: readonly Classified[], one?: string): number {
  if (one !== undefined) {
    if (!rows.some(({ label }) => label === one)) return Number.NaN;
    const judged = rows.map(({ label, answer }) => ({ isPositive: label === one, score: answer === one ? 1 : -1 }));
    return rowMetric(metric, judged);
  }
  switch (metric) {
    case "accuracy":
      return rows.filter(({ label, answer }) => label === answer).length / rows.length;
    case "macro_f1":
      return macroF1(rows);
    case "weighted_f1":
      return weightedF1(rows);
    default:
      return Number.NaN;
  }
}

/** The lowest threshold at which at most this share of the ham is taken for spam. */
export function thresholdAt(ham: readonly number[], share: number): number {
  const sorted = [...ham].sort((a, b) => b - a);
  const allowed = Math.floor(sorted.length * share);
  const highestRefused = sorted[allowed];
  return highestRefused === undefined ? Number.NEGATIVE_INFINITY : highestRefused;
}

/** Which share of the positives lies above what so few of the ham reach. */
export function recallAt(positives: readonly number[], ham: readonly number[], share: number): number {
  const threshold = thresholdAt(ham, share);
  return positives.filter((score) => score > threshold).length / positives.length;
}

export interface Classified {
  readonly label: string;
  readonly answer: string;
}

export function classF1(rows: readonly Classified[], name: string): number {
  let [hits, misses, alarms] = [0, 0, 0];
  for (const { label, answer } of rows) {
    if (label === name && answer === name) hits++;
    else if (label === name) misses++;
    else if (answer === name) alarms++;
  }
  return f1({ hits, misses, alarms, passes: 0 });
}

export function weightedF1(rows: readonly Classified[]): number {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const count = (name: string): number => rows.filter(({ label }) => label === name).length;
  return labels.reduce((sum, name) => sum + classF1(rows, name) * count(name), 0) / rows.length;
}

export function macroF1(rows: readonly Classified[]): number {
  const labels = [...new Set(rows.map(({ label }) => label))];
  return labels.reduce((sum, name) => sum + classF1(rows, name), 0) / labels.length;
}
