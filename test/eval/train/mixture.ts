import type { Line } from "../../../src/core/linear/logistic.ts";
import { EXPERTS, HEADS, type Head, STYLES } from "../../../src/core/scorer/heads.ts";
import { ALIKE } from "../../../src/core/scorer/score.ts";
import type { Example } from "./examples.ts";
import { fit, fitExpert, fitStyle, type Spread, valueOf } from "./fit.ts";
import { narrowed, spreadOf } from "./rows.ts";
import { SETTINGS } from "./settings.ts";
import { stored } from "./weights-file.ts";

/** The lines of all tables, in the order in which they are written. */
export interface Mixture {
  readonly heads: readonly Line[];
  readonly styles: readonly Line[];
  readonly experts: readonly Line[];
}

/** How finely n-grams are told apart: to tell a style needs the least. */
const STYLE_BUCKETS = 1 << 16;
const EXPERT_BUCKETS = 1 << 17;

/** The same texts for each of the tables. */
export interface Spreads {
  readonly heads: Spread;
  readonly styles: Spread;
  readonly experts: Spread;
}

export function spreads(texts: readonly string[]): Spreads {
  const heads = spreadOf(texts, true);
  return { heads, styles: narrowed(heads, STYLE_BUCKETS), experts: narrowed(heads, EXPERT_BUCKETS) };
}

export function mixtureFrom(examples: readonly Example[], texts: Spreads, counts: (row: number) => boolean): Mixture {
  return {
    heads: HEADS.map((head) => fit(examples, texts.heads, head, SETTINGS[head], counts)),
    styles: STYLES.map((style) => fitStyle(examples, texts.styles, style, counts)),
    experts: EXPERTS.map((expert) => fitExpert(examples, texts.experts, expert, counts)),
  };
}

/** As it will be once stored. */
export function storedMixture({ heads, styles, experts }: Mixture, texts: Spreads): Mixture {
  return {
    heads: heads.map((line) => stored(line, texts.heads.buckets)),
    styles: styles.map((line) => stored(line, texts.styles.buckets)),
    experts: experts.map((line) => stored(line, texts.experts.buckets)),
  };
}

/** What a mixture says of a text for one head, the way the scorer adds it up. */
export function saysOf(mixture: Mixture, texts: Spreads, row: number, head: Head): number {
  const own = valueOf(texts.heads.rows, row, mixture.heads[HEADS.indexOf(head)]!);
  return EXPERTS.reduce((sum, expert, at) => {
    if (expert.head !== head) return sum;
    const style = mixture.styles[STYLES.indexOf(expert.style)]!;
    const alike = 1 / (1 + Math.exp(-valueOf(texts.styles.rows, row, style)));
    return alike < ALIKE ? sum : sum + alike * valueOf(texts.experts.rows, row, mixture.experts[at]!);
  }, own);
}
