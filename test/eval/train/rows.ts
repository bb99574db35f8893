import type { Rows } from "../../../src/core/linear/logistic.ts";
import { CUES, cuesOf } from "../../../src/core/scorer/cues.ts";
import { BUCKETS, gramsOf } from "../../../src/core/scorer/grams.ts";
import { CUE_VALUE } from "../../../src/core/scorer/model.ts";
import type { Spread } from "./fit.ts";

export interface Shape {
  /** How much a cue weighs beside all n-grams of a text together (which have length 1). */
  readonly cueValue: number;
  readonly withCues: boolean;
}

/** The texts as sparse rows: n-grams first, cues behind them. */
export function rowsFrom(texts: readonly string[], shape: Shape): Rows {
  const starts = new Int32Array(texts.length + 1);
  let places = new Int32Array(1 << 22);
  let values = new Float32Array(1 << 22);
  let size = 0;
  const slot = new Map<number, number>();
  texts.forEach((text, row) => {
    starts[row] = size;
    slot.clear();
    const grams = gramsOf(text);
    const value = 1 / Math.sqrt(Math.max(1, grams.count));
    if (size + grams.count + CUES > places.length) {
      places = grown(places, Int32Array);
      values = grown(values, Float32Array);
    }
    for (let index = 0; index < grams.count; index++) {
      const place = grams.places[index]!;
      const known = slot.get(place);
      if (known !== undefined) values[known]! += value;
      else {
        slot.set(place, size);
        places[size] = place;
        values[size++] = value;
      }
    }
    if (!shape.withCues) return;
    const cues = cuesOf(text, grams);
    for (let index = 0; index < cues.count; index++) {
      places[size] = BUCKETS + cues.places[index]!;
      values[size++] = shape.cueValue;
    }
  });
  starts[texts.length] = size;
  return { starts, places: places.slice(0, size), values: values.slice(0, size) };
}

function grown<T extends Int32Array | Float32Array>(old: T, Kind: new (length: number) => T): T {
  const larger = new Kind(old.length * 2);
  larger.set(old);
  return larger;
}

/** The texts over all places there are, with their cues or without. */
export function spreadOf(texts: readonly string[], withCues: boolean): Spread {
  return { rows: rowsFrom(texts, { withCues, cueValue: CUE_VALUE }), buckets: BUCKETS };
}

/** The same texts over fewer places, which n-grams then share. */
export function narrowed({ rows }: Spread, buckets: number): Spread {
  const places = rows.places.map((place) => (place < BUCKETS ? place & (buckets - 1) : place - BUCKETS + buckets));
  return { rows: { ...rows, places }, buckets };
}

/** How rare each place is: rare ones say more. Applied to the rows here and to the weights afterwards. */
export function rarity(rows: Rows, chosen: Int32Array, buckets: number): Float32Array {
  const seen = new Float32Array(buckets + CUES);
  for (const row of chosen)
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) seen[rows.places[at]!]!++;
  return seen.map((count, place) => (place >= buckets ? 1 : Math.log((1 + chosen.length) / (1 + count)) / 4));
}

export function scaled(rows: Rows, by: Float32Array): Rows {
  return { ...rows, values: rows.values.map((value, at) => value * by[rows.places[at]!]!) };
}
