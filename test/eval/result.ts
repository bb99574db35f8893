/** One line of the evaluation: what was measured on which set, and what it is measured against. */
export interface Result {
  /** `<folder>/<file without ending>`; a part of a set has its name behind that. */
  readonly set: string;
  readonly metric: string;
  readonly value: number;
  readonly n: number;
  /** The measured figure of the data's description; for sets of others, of a plain logistic regression. Null where there is none. */
  readonly baseline: number | null;
  readonly better: "higher" | "lower";
  /** Present where the weights were trained on this very file: the value flatters, see the cross-validated one of `npm run train`. */
  readonly trained_on?: true;
}

/** What one set needs to be scored, and what came of it. */
export interface Outcome {
  readonly results: readonly Result[];
  /** Metrics that could not be had, each with what is missing. */
  readonly missing: readonly string[];
}

export interface Folders {
  readonly data: string;
  /** Labelled utterances that serve as knowledge. */
  readonly bank: string | undefined;
}

export const LOWER: ReadonlySet<string> = new Set([
  "blocked_ham",
  "humans_flagged",
  "joins_before_action",
  "alarms_outside_waves",
  "minutes_locked",
]);

export function result(set: string, metric: string, value: number, n: number, baseline: number | null): Result {
  return { set, metric, value: Number(value.toFixed(4)), n, baseline, better: LOWER.has(metric) ? "lower" : "higher" };
}
