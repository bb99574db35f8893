import { textOf, type Link } from "../text/index.ts";
import { type Cues, cuesOf } from "./cues.ts";
import { type Grams, gramsOf, LONGEST } from "./grams.ts";
import { HEADS, type Head } from "./heads.ts";
import { CUE_VALUE, type Model, modelOf } from "./model.ts";

/** How sure the scorer is, from 0 to 1, by head; at 0.5 it thinks yes and no equally likely. */
export type Scores = Readonly<Record<Head, number>> & {
  /** Foul, hateful or harmful: the most certain of the three. */
  readonly toxicity: number;
};

const SILENT = -20;
const WIDTH = HEADS.length;
const sums = new Float64Array(WIDTH);

/** A text's scores. Pure: the same text and weights give the same numbers, in any process. */
export function scoreText(text: string, links?: readonly Link[]): Scores {
  const beginning = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const grams = gramsOf(beginning);
  return scored(grams, cuesOf(beginning, grams, links));
}

let last: { readonly event: object; readonly scores: Scores } | undefined;

/** The scores of an event's text, worked out once for all agents that ask in turn. */
export function scoreOf(event: { readonly text: string }): Scores {
  if (last?.event === event) return last.scores;
  const scores = scoreText(event.text, textOf(event).links);
  last = { event, scores };
  return scores;
}

function scored(grams: Grams, cues: Cues): Scores {
  const model = modelOf();
  addGrams(grams, model);
  for (let index = 0; index < cues.count; index++) {
    const first = cues.places[index]! * WIDTH;
    for (let head = 0; head < WIDTH; head++) sums[head]! += CUE_VALUE * model.cues[first + head]!;
  }
  // Where nothing is said, nobody is insulted: a lone link, picture or mark can only be spam.
  if (grams.count === 0) sums.fill(SILENT, 1);
  const [spam, insult, hate, harm, injection] = sums as unknown as readonly [number, number, number, number, number];
  return {
    spam: likelihood(spam),
    insult: likelihood(insult),
    hate: likelihood(hate),
    harm: likelihood(harm),
    injection: likelihood(injection),
    toxicity: likelihood(Math.max(insult, hate, harm)),
  };
}

/** Written out head by head: this loop is most of what a score costs. */
function addGrams({ count, places }: Grams, { grams, steps, biases }: Model): void {
  let [first, second, third, fourth, fifth] = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    const at = places[index]! * WIDTH;
    first += steps[grams[at]! + 128]!;
    second += steps[grams[at + 1]! + 384]!;
    third += steps[grams[at + 2]! + 640]!;
    fourth += steps[grams[at + 3]! + 896]!;
    fifth += steps[grams[at + 4]! + 1_152]!;
  }
  const length = 1 / Math.sqrt(Math.max(1, count));
  sums[0] = first * length + biases[0]!;
  sums[1] = second * length + biases[1]!;
  sums[2] = third * length + biases[2]!;
  sums[3] = fourth * length + biases[3]!;
  sums[4] = fifth * length + biases[4]!;
}

function likelihood(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}
