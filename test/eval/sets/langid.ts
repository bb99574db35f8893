import { languageOf } from "../../../src/core/text/language.ts";
import { type Row, textIn } from "../folder/read.ts";
import { type Outcome, result } from "../result.ts";

const MEASURED: Readonly<Record<string, number>> = { sentence: 0.97, word_pair: 0.825, word: 0.652 };

export function scoreLanguages(set: string, rows: readonly Row[]): Outcome {
  const missing: string[] = [];
  const results = Object.entries(MEASURED).flatMap(([kind, baseline]) => {
    const some = rows.filter((row) => textIn(row, "kind") === kind);
    if (some.length === 0) {
      missing.push(`${set}: ${kind}_accuracy needs rows of kind ${kind}`);
      return [];
    }
    const right = some.filter((row) => languageOf(textIn(row, "text"))?.code === row["label"]).length;
    return [result(set, `${kind}_accuracy`, right / some.length, some.length, baseline)];
  });
  return { results, missing };
}
