import { chance, type Line, type Rows, shuffle, trainLogistic } from "../linear/logistic.ts";
import { normalise } from "../text/index.ts";

/** How likely each label is for a question, each by itself: all may be low. In the order of `labels`. */
export interface Classifier {
  readonly labels: readonly string[];
  likelihoods(question: string): Float64Array;
}

const COST = 10;
const EPOCHS = 5;
/**
 * So many utterances are learnt from in all, over all labels: some seconds. A label learns from all of its own, from those of
 * others that are most like them, and from some of the rest, which count for all of it.
 */
const MOST_LEARNT = 400_000;
const FEWEST_OTHERS = 100;
/** Features that more utterances have tell nobody which ones are alike. */
const MOST_SHARING = 200;
/** A weight below this says nothing, and is not kept. */
const LEAST_WEIGHT = 0.01;

/** One line a label over the n-grams of the utterances: for banks in which labels have several utterances. */
export function classifier(
  utterances: readonly { readonly text: string; readonly label: string }[],
  most = MOST_LEARNT,
): Classifier {
  const labels = [...new Set(utterances.map(({ label }) => label))].sort();
  const vocabulary = new Map<string, number>();
  const texts = utterances.map(({ text }) => vectorOf(text, vocabulary, true));
  const rarity = raritiesOf(texts, vocabulary.size);
  const rows = rowsOf(texts, rarity);
  const others = othersFor(Math.max(FEWEST_OTHERS, Math.floor(most / labels.length)), rows, vocabulary.size);
  const lines = linesOf(labels.length, vocabulary.size);
  labels.forEach((label, number) => {
    const isPositive = Uint8Array.from(utterances, (utterance) => (utterance.label === label ? 1 : 0));
    const positives = isPositive.reduce((sum, one) => sum + one, 0);
    const lift = Math.sqrt((utterances.length - positives) / Math.max(1, positives)) / 2;
    const { chosen, standFor } = others(isPositive);
    const cost = new Float64Array(utterances.length);
    chosen.forEach((row, at) => (cost[row] = COST * (isPositive[row] === 1 ? Math.max(1, lift) : standFor[at]!)));
    const task = { rows, width: vocabulary.size, chosen, isPositive, cost, epochs: EPOCHS, leaveClear: true };
    lines.keep(number, trainLogistic(task));
  });
  const values = lines.all();
  return {
    labels,
    likelihoods(question) {
      const row = rowsOf([vectorOf(question, vocabulary, false)], rarity);
      return values(row).map((value) => 1 / (1 + Math.exp(-value)));
    },
  };
}

interface Lesson {
  readonly chosen: Int32Array;
  /** How many utterances each of the chosen counts for. */
  readonly standFor: Float64Array;
}

/** Which utterances a label learns from: all where there are few. */
function othersFor(room: number, rows: Rows, width: number): (isPositive: Uint8Array) => Lesson {
  const count = rows.starts.length - 1;
  const order = Int32Array.from({ length: count }, (_, index) => index);
  shuffle(order, chance(7));
  if (count <= 2 * room) return () => ({ chosen: order, standFor: new Float64Array(count).fill(1) });
  const sharing = sharingOf(rows, width);
  return (isPositive) => {
    const alike = alikeTo(isPositive, rows, sharing).slice(0, room / 2);
    const isAlike = new Set(alike);
    const own = order.filter((row) => isPositive[row] === 1);
    const rest = order.filter((row) => isPositive[row] !== 1 && !isAlike.has(row));
    const some = rest.slice(0, Math.ceil(room / 2));
    const chosen = Int32Array.from([...own, ...alike, ...some]);
    const each = rest.length / Math.max(1, some.length);
    return { chosen, standFor: Float64Array.from(chosen, (_, at) => (at < own.length + alike.length ? 1 : each)) };
  };
}

/** For each feature the utterances that have it, where they are few. */
function sharingOf({ starts, places }: Rows, width: number): readonly (readonly number[])[] {
  const having: number[][] = Array.from({ length: width }, () => []);
  for (let row = 0; row + 1 < starts.length; row++)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) having[places[at]!]!.push(row);
  return having.map((list) => (list.length > MOST_SHARING ? [] : list));
}

/** Utterances of others that share most with a label's own, the likest first. */
function alikeTo(
  isPositive: Uint8Array,
  { starts, places, values }: Rows,
  sharing: readonly (readonly number[])[],
): readonly number[] {
  const scores = new Float32Array(isPositive.length);
  isPositive.forEach((one, row) => {
    if (one !== 1) return;
    for (let at = starts[row]!; at < starts[row + 1]!; at++)
      for (const other of sharing[places[at]!]!) scores[other]! += values[at]!;
  });
  const found: number[] = [];
  scores.forEach((score, row) => {
    if (score > 0 && isPositive[row] !== 1) found.push(row);
  });
  return found.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** Lines by their features instead of by their labels: most features matter to few labels. */
function linesOf(labels: number, width: number) {
  const owners: number[][] = Array.from({ length: width }, () => []);
  const weights: number[][] = Array.from({ length: width }, () => []);
  const biases = new Float64Array(labels);
  return {
    keep(label: number, line: Line): void {
      biases[label] = line.bias;
      line.weights.forEach((weight, place) => {
        if (Math.abs(weight) < LEAST_WEIGHT) return;
        owners[place]!.push(label);
        weights[place]!.push(weight);
      });
    },
    /** What every line says of the one row. */
    all(): (row: Rows) => Float64Array {
      const packed = owners.map((list, place) => [Int32Array.from(list), Float32Array.from(weights[place]!)] as const);
      return ({ places, values }) => {
        const sums = biases.slice();
        places.forEach((place, at) => {
          const [of, weight] = packed[place]!;
          for (let index = 0; index < of.length; index++) sums[of[index]!]! += weight[index]! * values[at]!;
        });
        return sums;
      };
    },
  };
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
