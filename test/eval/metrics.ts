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

export function shareRight(rows: readonly Classified[]): number {
  return rows.filter(({ label, answer }) => label === answer).length / rows.length;
}
