import { type Line, type Rows, trainLogistic, valueOf } from "../../../src/core/linear/logistic.ts";
import type { Head } from "../../../src/core/scorer/heads.ts";
import type { Example } from "./examples.ts";
import { rarity, scaled, WIDTH } from "./rows.ts";
import { EPOCHS, type Setting } from "./settings.ts";

/** Weights that can be put on plain rows: how rare a place is, is in them already. */
export function fit(
  examples: readonly Example[],
  rows: Rows,
  head: Head,
  setting: Setting,
  counts: (row: number) => boolean,
): Line {
  const chosen = Int32Array.from(
    examples.flatMap((example, row) => (example.is[head] !== undefined && counts(row) ? [row] : [])),
  );
  const isPositive = Uint8Array.from(examples, (example) => (example.is[head] === true ? 1 : 0));
  const base = Float64Array.from(examples, ({ set }) => setting.sets[set] ?? 1);
  let [positive, negative] = [0, 0];
  for (const row of chosen) {
    if (isPositive[row] === 1) positive += base[row]!;
    else negative += base[row]!;
  }
  // Half way between "as they come" and "both kinds count the same".
  const lift = Math.sqrt(negative / Math.max(positive, 1e-9));
  const cost = base.map((weight, row) => setting.cost * weight * (isPositive[row] === 1 ? lift : 1));
  const rare = rarity(rows, chosen);
  const line = trainLogistic({ rows: scaled(rows, rare), width: WIDTH, chosen, isPositive, cost, epochs: EPOCHS });
  return { weights: line.weights.map((weight, place) => weight * rare[place]!), bias: line.bias };
}

export { valueOf };

export const FOLDS = 5;

export function foldOf(group: string): number {
  let hash = 7;
  for (let at = 0; at < group.length; at++) hash = Math.imul(hash ^ group.charCodeAt(at), 0x9e3779b1) ^ (hash >>> 13);
  return (hash >>> 0) % FOLDS;
}
