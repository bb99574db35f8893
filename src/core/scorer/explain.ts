import { excerpt, linksIn } from "../text/index.ts";
import { type Cues, cuesOf, cueText } from "./cues.ts";
import { type Grams, gramsOf, LONGEST } from "./grams.ts";
import type { Head } from "./heads.ts";
import { CUE_VALUE } from "./model.ts";
import { type Part, partsOf } from "./score.ts";

/** One thing that spoke for a head's verdict. */
export interface Reason {
  /** In words a moderator reads: "says “free nitro”" or "names a sum of money". */
  readonly says: string;
  /** Its part in all that spoke for the verdict, from 0 to 1. */
  readonly share: number;
}

const LONGEST_QUOTE = 60;

/** What weighed most for a head, the heaviest first. Slower than a score: ask when there is something to explain. */
export function explain(text: string, head: Head, most = 4): readonly Reason[] {
  const beginning = text.slice(0, LONGEST);
  const grams = gramsOf(beginning);
  const cues = cuesOf(beginning, grams, linksIn(beginning));
  const parts = partsOf(grams, cues, head);
  const weighed = [...wordWeights(grams, parts), ...cueWeights(cues, parts)].filter(([, weight]) => weight > 0);
  const total = weighed.reduce((sum, [, weight]) => sum + weight, 0);
  return weighed
    .sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1))
    .slice(0, most)
    .map(([says, weight]) => ({ says, share: weight / total }));
}

type Weighed = readonly [says: string, weight: number];

function cueWeights(cues: Cues, parts: readonly Part[]): readonly Weighed[] {
  return [...cues.places.subarray(0, cues.count)].flatMap((place) => {
    const says = cueText(place);
    if (says === undefined) return [];
    const weight = parts.reduce(
      (sum, { table, column, share }) => sum + share * table.cues[place * table.width + column]!,
      0,
    );
    return [[says, CUE_VALUE * weight] as const];
  });
}

/** Each n-gram's weight goes to the words it lies in; neighbours that weigh together are quoted together. */
function wordWeights(grams: Grams, parts: readonly Part[]): readonly Weighed[] {
  const length = 1 / Math.sqrt(Math.max(1, grams.count));
  const weights = new Float64Array(grams.words);
  for (let index = 0; index < grams.count; index++) {
    const weight = parts.reduce((sum, part) => sum + weightOf(part, grams.places[index]!), 0);
    const words = wordsUnder(grams, grams.from[index]!, grams.from[index]! + grams.span[index]!);
    for (const word of words) weights[word]! += (weight * length) / words.length;
  }
  return quotes(grams, weights);
}

function weightOf({ table, column, share }: Part, place: number): number {
  const step = table.grams[(place & table.mask) * table.width + column]!;
  return share * table.steps[column * 256 + step + 128]!;
}

function wordsUnder(grams: Grams, from: number, to: number): readonly number[] {
  let low = 0;
  let high = grams.words - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (grams.wordTo[middle]! > from) high = middle;
    else low = middle + 1;
  }
  const found: number[] = [];
  for (let word = low; word < grams.words && grams.wordFrom[word]! < to; word++) found.push(word);
  return found;
}

function quotes(grams: Grams, weights: Float64Array): readonly Weighed[] {
  const heaviest = Math.max(...weights, 0);
  const found: Weighed[] = [];
  for (let word = 0; word < grams.words; word++) {
    if (weights[word]! < heaviest / 4 || weights[word]! <= 0) continue;
    const first = word;
    let weight = weights[word]!;
    while (word + 1 < grams.words && weights[word + 1]! >= heaviest / 4) weight += weights[++word]!;
    found.push([
      `says “${excerpt(grams.text.slice(grams.wordFrom[first], grams.wordTo[word]), LONGEST_QUOTE)}”`,
      weight,
    ]);
  }
  return found;
}
