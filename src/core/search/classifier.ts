import { chance, type Line, type Rows, shuffle, trainLogistic, valueOf } from "../linear/logistic.ts";
import { normalise } from "../text/index.ts";

/** How likely each label is for a question, each by itself: all may be low. In the order of `labels`. */
export interface Classifier {
  readonly labels: readonly string[];
  likelihoods(question: string): Float64Array;
}

const COST = 10;
const EPOCHS = 5;
/** A label's line learns from all of its utterances and at most so many of others: more cost time and add little. */
const MOST_OTHERS = 20_000;

/** One line a label over the n-grams of the utterances: for banks in which labels have several utterances. */
export function classifier(utterances: readonly { readonly text: string; readonly label: string }[]): Classifier {
  const labels = [...new Set(utterances.map(({ label }) => label))].sort();
  const vocabulary = new Map<string, number>();
  const texts = utterances.map(({ text }) => vectorOf(text, vocabulary, true));
  const rarity = raritiesOf(texts, vocabulary.size);
  const rows = rowsOf(texts, rarity);
  const others = someOf(utterances.length);
  const lines = labels.map((label): Line => {
    const isPositive = Uint8Array.from(utterances, (utterance) => (utterance.label === label ? 1 : 0));
    const chosen = others.filter((row, index) => index < MOST_OTHERS || isPositive[row] === 1);
    const positives = isPositive.reduce((sum, one) => sum + one, 0);
    const lift = Math.sqrt((utterances.length - positives) / Math.max(1, positives)) / 2;
    const cost = Float64Array.from(isPositive, (one) => (one === 1 ? COST * Math.max(1, lift) : COST));
    return trainLogistic({ rows, width: vocabulary.size, chosen, isPositive, cost, epochs: EPOCHS, leaveClear: true });
  });
  return {
    labels,
    likelihoods(question) {
      const row = rowsOf([vectorOf(question, vocabulary, false)], rarity);
      return Float64Array.from(lines, (line) => 1 / (1 + Math.exp(-valueOf(row, 0, line))));
    },
  };
}

function someOf(count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  shuffle(order, chance(7));
  return order;
}

type Block = readonly number[];

/** Words with their pairs, and character n-grams: each kind weighs the same, however many there are of it. */
type Vector = readonly [words: Block, grams: Block];

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

function vectorOf(text: string, vocabulary: Map<string, number>, learn: boolean): Vector {
  const words: string[] = normalise(text).match(WORD) ?? [];
  const place = (feature: string): number | undefined => {
    const known = vocabulary.get(feature);
    if (known !== undefined || !learn) return known;
    vocabulary.set(feature, vocabulary.size);
    return vocabulary.size - 1;
  };
  const known = (features: readonly string[]): Block =>
    [...new Set(features)].flatMap((feature) => place(feature) ?? []);
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  return [known([...words, ...pairs]), known(words.flatMap(gramsIn))];
}

function gramsIn(word: string): readonly string[] {
  const padded = `_${word}_`;
  const grams: string[] = [];
  for (let length = 2; length <= 4; length++) {
    for (let at = 0; at + length <= padded.length; at++) grams.push(`#${padded.slice(at, at + length)}`);
  }
  return grams;
}

function raritiesOf(texts: readonly Vector[], width: number): Float32Array {
  const seen = new Float32Array(width);
  for (const blocks of texts) for (const block of blocks) for (const place of block) seen[place]!++;
  return seen.map((count) => 1 + Math.log((1 + texts.length) / (1 + count)));
}

function rowsOf(texts: readonly Vector[], rarity: Float32Array): Rows {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach(([words, grams], row) => (starts[row + 1] = starts[row]! + words.length + grams.length));
  const places = new Int32Array(starts[texts.length]!);
  const values = new Float32Array(places.length);
  texts.forEach((blocks, row) => {
    let at = starts[row]!;
    for (const block of blocks) {
      const length = Math.sqrt(block.reduce((sum, place) => sum + rarity[place]! ** 2, 0)) || 1;
      for (const place of block) {
        places[at] = place;
        values[at++] = rarity[place]! / length;
      }
    }
  });
  return { starts, places, values };
}
