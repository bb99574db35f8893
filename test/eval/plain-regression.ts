import { HEADS, type Head } from "../../src/core/scorer/heads.ts";
import { tableOf } from "../../src/core/scorer/model.ts";
import { TABLES } from "./baseline/weights.ts";
import { rowsFrom } from "./train/rows.ts";

/** What a plain logistic regression, trained on the permitted sets only, says of texts: above nought is yes. */
export function plainScores(texts: readonly string[], head: Head): readonly number[] {
  const at = HEADS.indexOf(head);
  const { grams, steps, width, biases } = tableOf(TABLES.heads);
  const { starts, places, values } = rowsFrom(texts, { withCues: false, cueValue: 0 });
  return texts.map((_, row) => {
    let sum = biases[at]!;
    for (let index = starts[row]!; index < starts[row + 1]!; index++) {
      sum += values[index]! * steps[at * 256 + grams[places[index]! * width + at]! + 128]!;
    }
    return sum;
  });
}
