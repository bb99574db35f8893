import { textOf, type Link } from "../text/index.ts";
import { type Cues, cuesOf } from "./cues.ts";
import { type Grams, gramsOf, LONGEST } from "./grams.ts";
import { EXPERTS, HEADS, type Head, STYLES } from "./heads.ts";
import { CUE_VALUE, modelOf, type Table } from "./model.ts";

/** How sure the scorer is, from 0 to 1, by head; at 0.5 it thinks yes and no equally likely. */
export type Scores = Readonly<Record<Head, number>> & {
  /** Foul, hateful or harmful: the most certain of the three. */
  readonly toxicity: number;
};

const SILENT = -20;
/** So little of a style is none. */
export const ALIKE = 0.05;
const sums = new Float64Array(HEADS.length);
const likeness = new Float64Array(STYLES.length);
const said = new Float64Array(EXPERTS.length);
const ADDS_TO = EXPERTS.map(({ head }) => HEADS.indexOf(head));
const READS_LIKE = EXPERTS.map(({ style }) => STYLES.indexOf(style));

/** One line of a table and how much it counts. */
export interface Part {
  readonly table: Table;
  readonly column: number;
  readonly share: number;
}

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
  addUp(grams, cues);
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

/** The heads' sums; where a text reads like a style that somebody knows better, what those say is added to it. */
function addUp(grams: Grams, cues: Cues): void {
  const { heads, styles, experts } = modelOf();
  add(grams, cues, heads, sums);
  if (!likenessOf(grams, cues, styles)) return;
  addSlowly(grams, cues, experts, said);
  for (let at = 0; at < EXPERTS.length; at++) sums[ADDS_TO[at]!]! += likeness[READS_LIKE[at]!]! * said[at]!;
}

/** How far a text reads like each style, by their order: below `ALIKE` it is not at all. False where it reads like none. */
function likenessOf(grams: Grams, cues: Cues, styles: Table): boolean {
  add(grams, cues, styles, likeness);
  let isAny = false;
  for (let style = 0; style < likeness.length; style++) {
    const alike = likelihood(likeness[style]!);
    likeness[style] = alike < ALIKE ? 0 : alike;
    isAny ||= alike >= ALIKE;
  }
  return isAny;
}

/** Which lines make up a head's sum for a text, and how much each counts: for explaining. */
export function partsOf(grams: Grams, cues: Cues, head: Head): readonly Part[] {
  const { heads, styles, experts } = modelOf();
  likenessOf(grams, cues, styles);
  const others = EXPERTS.map((expert, column): Part => ({ table: experts, column, share: expert.head === head ? likeness[READS_LIKE[column]!]! : 0 })); // prettier-ignore
  return [{ table: heads, column: HEADS.indexOf(head), share: 1 }, ...others.filter(({ share }) => share > 0)];
}

/** Written out for five lines, as heads and styles are: this loop is most of what a score costs. */
function add({ count, places }: Grams, cues: Cues, table: Table, into: Float64Array): void {
  const { grams, steps, mask, biases } = table;
  let [first, second, third, fourth, fifth] = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    const at = (places[index]! & mask) * 5;
    first += steps[grams[at]! + 128]!;
    second += steps[grams[at + 1]! + 384]!;
    third += steps[grams[at + 2]! + 640]!;
    fourth += steps[grams[at + 3]! + 896]!;
    fifth += steps[grams[at + 4]! + 1_152]!;
  }
  const length = 1 / Math.sqrt(Math.max(1, count));
  into[0] = first * length + biases[0]!;
  into[1] = second * length + biases[1]!;
  into[2] = third * length + biases[2]!;
  into[3] = fourth * length + biases[3]!;
  into[4] = fifth * length + biases[4]!;
  addCues(cues, table, into);
}

/** For any number of lines; few texts come here. */
function addSlowly({ count, places }: Grams, cues: Cues, table: Table, into: Float64Array): void {
  const { grams, steps, mask, biases, width } = table;
  into.fill(0);
  for (let index = 0; index < count; index++) {
    const at = (places[index]! & mask) * width;
    for (let line = 0; line < width; line++) into[line]! += steps[line * 256 + grams[at + line]! + 128]!;
  }
  const length = 1 / Math.sqrt(Math.max(1, count));
  for (let line = 0; line < width; line++) into[line] = into[line]! * length + biases[line]!;
  addCues(cues, table, into);
}

function addCues(cues: Cues, table: Table, into: Float64Array): void {
  for (let index = 0; index < cues.count; index++) {
    const first = cues.places[index]! * table.width;
    for (let line = 0; line < table.width; line++) into[line]! += CUE_VALUE * table.cues[first + line]!;
  }
}

function likelihood(sum: number): number {
  return 1 / (1 + Math.exp(-sum));
}
