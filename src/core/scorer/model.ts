import { CUE_WEIGHTS, GRAM_WEIGHTS, HEADER } from "./weights.ts";
import { HEADS } from "./heads.ts";

/** Trained weights, ready to be added up. */
export interface Model {
  /** Of all n-grams, one after the other: each has as many as there are heads. */
  readonly grams: Int8Array;
  /** What a stored step is worth: 256 for each head, from -128. Small weights are stored finer than large ones. */
  readonly steps: Float32Array;
  readonly cues: Float32Array;
  readonly biases: readonly number[];
}

/** What one cue adds beside the n-grams, which together have length 1. */
export const CUE_VALUE = 0.08;

/** Changes with every training: a decision that carries it says which weights it was made with. */
export const SCORER_HASH: string = HEADER.hash;

let model: Model | undefined;

export function modelOf(): Model {
  return (model ??= decoded());
}

function decoded(): Model {
  const cues = bytesOf(CUE_WEIGHTS);
  return {
    grams: new Int8Array(bytesOf(GRAM_WEIGHTS).buffer),
    steps: Float32Array.from(HEADS.flatMap((_, head) => [...stepsOf(HEADER.scales[head]!)])),
    cues: new Float32Array(cues.buffer),
    biases: HEADER.biases,
  };
}

function bytesOf(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** The weight of step `s` is the square of its share of 127, by the head's largest weight. */
export function stepsOf(scale: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, index) => {
    const share = (index - 128) / 127;
    return Math.sign(share) * share * share * scale;
  });
}
