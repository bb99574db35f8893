import { BUCKETS } from "../../src/core/scorer/grams.ts";
import { HEADS, type Head } from "../../src/core/scorer/heads.ts";
import { stepsOf } from "../../src/core/scorer/model.ts";
import { GRAM_WEIGHTS, HEADER } from "./baseline/weights.ts";
import { rowsFrom } from "./train/rows.ts";

/** What a plain logistic regression, trained on the permitted sets only, says of texts: above nought is yes. */
export function plainScores(texts: readonly string[], head: Head): readonly number[] {
  const at = HEADS.indexOf(head);
  const bytes = Buffer.from(GRAM_WEIGHTS, "base64");
  const grams = new Int8Array(bytes.buffer, bytes.byteOffset, BUCKETS * HEADS.length);
  const steps = stepsOf(HEADER.scales[at]!);
  const { starts, places, values } = rowsFrom(texts, { withCues: false, cueValue: 0 });
  return texts.map((_, row) => {
    let sum = HEADER.biases[at]!;
    for (let index = starts[row]!; index < starts[row + 1]!; index++) {
      sum += values[index]! * steps[grams[places[index]! * HEADS.length + at]! + 128]!;
    }
    return sum;
  });
}
