import { type Line, type Rows, trainLogistic, valueOf } from "../../../src/core/linear/logistic.ts";
import type { Expert, Head, Style } from "../../../src/core/scorer/heads.ts";
import { CUES } from "../../../src/core/scorer/cues.ts";
import type { Example } from "./examples.ts";
import { rarity, scaled } from "./rows.ts";
import { EXPERT, EXPERT_LEAN, READS_LIKE, type Setting, STYLE } from "./settings.ts";

/** Texts as rows, and over how many places their n-grams are spread. */
export interface Spread {
  readonly rows: Rows;
  readonly buckets: number;
}

type Counts = (row: number) => boolean;

/** Weights that can be put on plain rows: how rare a place is, is in them already. */
export function fit(examples: readonly Example[], spread: Spread, head: Head, setting: Setting, counts: Counts): Line {
  const isAsked = (row: number): boolean => examples[row]!.is[head] !== undefined && counts(row);
  return fitted(examples, spread, setting, isAsked, (row) => examples[row]!.is[head] === true);
}

/** Tells the texts of one style from all others. */
export function fitStyle(examples: readonly Example[], spread: Spread, style: Style, counts: Counts): Line {
  const { set, lean } = READS_LIKE[style];
  const line = fitted(examples, spread, STYLE, counts, (row) => examples[row]!.set === set);
  return { weights: line.weights, bias: line.bias + lean };
}

/** Learns a head's verdict from the texts of one style alone. */
export function fitExpert(examples: readonly Example[], spread: Spread, { style, head }: Expert, counts: Counts): Line {
  const isOfStyle = (row: number): boolean => examples[row]!.set === READS_LIKE[style].set && counts(row);
  const line = fit(examples, spread, head, EXPERT, isOfStyle);
  return { weights: line.weights, bias: line.bias + (EXPERT_LEAN[head] ?? 0) };
}

function fitted(
  examples: readonly Example[],
  { rows, buckets }: Spread,
  setting: Setting,
  counts: Counts,
  isYes: (row: number) => boolean,
): Line {
  const chosen = Int32Array.from(examples.flatMap((_, row) => (counts(row) ? [row] : [])));
  const isPositive = Uint8Array.from(examples, (_, row) => (isYes(row) ? 1 : 0));
  const base = Float64Array.from(examples, ({ set }) => setting.sets[set] ?? 1);
  let [positive, negative] = [0, 0];
  for (const row of chosen) {
    if (isPositive[row] === 1) positive += base[row]!;
    else negative += base[row]!;
  }
  const lift = (negative / Math.max(positive, 1e-9)) ** setting.balance;
  const cost = base.map((weight, row) => setting.cost * weight * (isPositive[row] === 1 ? lift : 1));
  const width = buckets + CUES;
  const rare = rarity(rows, chosen, buckets);
  const line = trainLogistic({ rows: scaled(rows, rare), width, chosen, isPositive, cost, epochs: setting.epochs });
  return { weights: line.weights.map((weight, place) => weight * rare[place]!), bias: line.bias };
}

export { valueOf };

export const FOLDS = 5;

export function foldOf(group: string): number {
  let hash = 7;
  for (let at = 0; at < group.length; at++) hash = Math.imul(hash ^ group.charCodeAt(at), 0x9e3779b1) ^ (hash >>> 13);
  return (hash >>> 0) % FOLDS;
}
