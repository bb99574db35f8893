import { textOf, type Link } from "../text/index.ts";
import { type Cues, cuesOf } from "./cues.ts";
import { type Grams, gramsOf, LONGEST } from "./grams.ts";
import { HEADS, type Head } from "./heads.ts";
import { CUE_VALUE, modelOf } from "./model.ts";

/** How sure the scorer is, from 0 to 1, by head; at 0.5 it thinks yes and no equally likely. */
export type Scores = Readonly<Record<Head, number>> & {
  /** Foul, hateful or harmful: the most certain of the three. */
  readonly toxicity: number;
};

const sums = new Float64Array(HEADS.length);

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
  const width = HEADS.length;
  sums.fill(0);
  for (let index = 0; index < grams.count; index++) {
    const first = grams.places[index]! * width;
    for (let head = 0; head < width; head++) sums[head]! += model.steps[head]![model.grams[first + head]! + 128]!;
  }
  const length = 1 / Math.sqrt(Math.max(1, grams.count));
  for (let head = 0; head < width; head++) sums[head]! = sums[head]! * length + model.biases[head]!;
  for (let index = 0; index < cues.count; index++) {
    const first = cues.places[index]! * width;
    for (let head = 0; head < width; head++) sums[head]! += CUE_VALUE * model.cues[first + head]!;
  }
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

function likelihood(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}
