import { HEADER, TABLES } from "./weights.ts";

/** The weights of some lines over the same features, ready to be added up. */
export interface Table {
  /** How many lines there are: each feature has as many weights, one after the other. */
  readonly width: number;
  /** Which bits of an n-gram's place count: small tables let n-grams share. */
  readonly mask: number;
  readonly grams: Int8Array;
  /** What a stored step is worth: 256 for each line, from -128. Small weights are stored finer than large ones. */
  readonly steps: Float32Array;
  readonly cues: Float32Array;
  readonly biases: readonly number[];
}

/** Trained weights: of the heads, of what a text reads like, and of those who know one style better. */
export interface Model {
  readonly heads: Table;
  readonly styles: Table;
  readonly experts: Table;
}

/** A table as it is written: bytes as base64. */
export interface StoredTable {
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  readonly cues: string;
  readonly grams: string;
}

/** What one cue adds beside the n-grams, which together have length 1. */
export const CUE_VALUE = 0.08;

/** Changes with every training: a decision that carries it says which weights it was made with. */
export const SCORER_HASH: string = HEADER.hash;

let model: Model | undefined;

export function modelOf(): Model {
  return (model ??= {
    heads: tableOf(TABLES.heads),
    styles: tableOf(TABLES.styles),
    experts: tableOf(TABLES.experts),
  });
}

export function tableOf({ scales, biases, cues, grams }: StoredTable): Table {
  const width = scales.length;
  const weights = new Int8Array(bytesOf(grams).buffer);
  return {
    width,
    mask: weights.length / width - 1,
    grams: weights,
    steps: Float32Array.from(scales.flatMap((scale) => [...stepsOf(scale)])),
    cues: new Float32Array(bytesOf(cues).buffer),
    biases,
  };
}

function bytesOf(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** The weight of step `s` is the square of its share of 127, by the line's largest weight. */
export function stepsOf(scale: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, index) => {
    const share = (index - 128) / 127;
    return Math.sign(share) * share * share * scale;
  });
}
