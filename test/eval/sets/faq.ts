import { type Entry, type Found, questionMatcher } from "../../../src/core/search/index.ts";
import { type Row, textIn } from "../folder/read.ts";
import { type Outcome, type Result, result } from "../result.ts";
import { foldOf, FOLDS } from "../train/fit.ts";

const OUT_OF_SCOPE = "__OOS__";

export type FaqMetric = "accuracy" | "in_scope_accuracy" | "oos_recall" | "mcc" | "hit_at_1" | "hit_at_5" | "mrr_at_10";
type Figures = Readonly<Partial<Record<FaqMetric, number>>>;

/** Measured figures; those of HINT3 as a whole are the means of its bots by their questions. */
const MEASURED: Readonly<Record<string, Figures>> = {
  "faq/banking77": { accuracy: 0.913, hit_at_1: 0.797, hit_at_5: 0.936, mrr_at_10: 0.857 },
  "faq/clinc150_oos": { in_scope_accuracy: 0.928, oos_recall: 0.187, hit_at_1: 0.832 },
  "faq/hint3_real_user_queries": { accuracy: 0.658, in_scope_accuracy: 0.595, oos_recall: 0.701, mcc: 0.506 },
  "faq/hint3_real_user_queries/curekart": { accuracy: 0.76, in_scope_accuracy: 0.602, oos_recall: 0.892, mcc: 0.613 },
  "faq/hint3_real_user_queries/powerplay11": {
    accuracy: 0.551,
    in_scope_accuracy: 0.571,
    oos_recall: 0.544,
    mcc: 0.366,
  },
  "faq/hint3_real_user_queries/sofmattress": {
    accuracy: 0.668,
    in_scope_accuracy: 0.61,
    oos_recall: 0.747,
    mcc: 0.584,
  },
  "faq/covid_faq_pairs_en": { hit_at_1: 0.517, hit_at_5: 0.754, mrr_at_10: 0.619 },
  "faq/covid_faq_pairs_de": { hit_at_1: 0.285, hit_at_5: 0.465, mrr_at_10: 0.361 },
};

interface Asked {
  readonly label: string;
  readonly found: Found;
}

/** Labelled questions asked of the bank's; without a bank each fifth is asked of the other four. */
export function scoreIntents(set: string, rows: readonly Row[], bank: readonly Row[] | undefined): Outcome {
  const asked = perBot(rows).map(([bot, own]) => {
    const known = bank === undefined ? undefined : bank.filter((row) => textIn(row, "bot") === bot);
    return [bot, known === undefined ? acrossFolds(own, rows) : ask(own, known)] as const;
  });
  const parts =
    asked.length < 2
      ? []
      : asked.flatMap(([bot, own]) => measured(`${set}/${bot}`, own, MEASURED[`${set}/${bot}`] ?? {}));
  const whole = asked.flatMap(([, own]) => own);
  const wanted = Object.keys(MEASURED[set] ?? {});
  const results = measured(set, whole, MEASURED[set] ?? {});
  const missing = wanted.filter((metric) => !results.some((one) => one.metric === metric)).map((metric) => `${set}: ${metric} needs rows labelled ${OUT_OF_SCOPE}`); // prettier-ignore
  return { results: [...results, ...parts], missing };
}

function perBot(rows: readonly Row[]): readonly (readonly [string, readonly Row[]])[] {
  const bots = [...new Set(rows.map((row) => textIn(row, "bot")))].sort();
  return bots.map((bot) => [bot, rows.filter((row) => textIn(row, "bot") === bot)]);
}

function ask(questions: readonly Row[], knowledge: readonly Row[]): readonly Asked[] {
  const ways = new Map<string, string[]>();
  for (const row of knowledge) {
    const label = textIn(row, "label");
    const known = ways.get(label);
    if (known === undefined) ways.set(label, [textIn(row, "text")]);
    else known.push(textIn(row, "text"));
  }
  const refused = ways.get(OUT_OF_SCOPE) ?? [];
  ways.delete(OUT_OF_SCOPE);
  const match = questionMatcher(
    [...ways].map(([id, texts]): Entry => ({ id, questions: texts })),
    refused,
  );
  return questions.map((row) => ({ label: textIn(row, "label"), found: match(textIn(row, "text")) }));
}

/**
 * Where the data has no question out of scope, other bots' questions take their place: as many as there are, told as such. One fold
 * of a large set is enough.
 */
function acrossFolds(rows: readonly Row[], all: readonly Row[]): readonly Asked[] {
  const folds = rows.length > 5_000 ? [0] : Array.from({ length: FOLDS }, (_, fold) => fold);
  const asked = folds.flatMap((fold) => {
    const isAsked = (row: Row): boolean => foldOf(textIn(row, "text")) === fold;
    const strangers =
      rows.length === all.length ? [] : all.filter((row) => row["bot"] !== rows[0]!["bot"] && isAsked(row));
    const questions = [...rows.filter(isAsked), ...strangers.map((row) => ({ ...row, label: OUT_OF_SCOPE }))];
    return ask(
      questions,
      rows.filter((row) => !isAsked(row)),
    );
  });
  return asked;
}

function measured(set: string, asked: readonly Asked[], figures: Figures): readonly Result[] {
  const inScope = asked.filter(({ label }) => label !== OUT_OF_SCOPE);
  const outside = asked.filter(({ label }) => label === OUT_OF_SCOPE);
  const first = ({ found }: Asked): string | undefined => found.ranked[0]?.id;
  const answer = (one: Asked): string => (one.found.answers ? (first(one) ?? OUT_OF_SCOPE) : OUT_OF_SCOPE);
  const share = (some: readonly Asked[], isRight: (one: Asked) => boolean): number =>
    some.filter(isRight).length / some.length;
  const add = (metric: FaqMetric, value: number, n: number): Result =>
    result(set, metric, value, n, figures[metric] ?? null);
  const ranks = [
    add(
      "hit_at_1",
      share(inScope, (one) => first(one) === one.label),
      inScope.length,
    ),
    add(
      "hit_at_5",
      share(inScope, (one) => reciprocal(one) >= 0.2),
      inScope.length,
    ),
    add("mrr_at_10", inScope.reduce((sum, one) => sum + reciprocal(one), 0) / inScope.length, inScope.length),
  ];
  if (outside.length === 0)
    return [
      add(
        "accuracy",
        share(inScope, (one) => first(one) === one.label),
        inScope.length,
      ),
      ...ranks,
    ];
  return [
    add(
      "accuracy",
      share(asked, (one) => answer(one) === one.label),
      asked.length,
    ),
    add(
      "in_scope_accuracy",
      share(inScope, (one) => answer(one) === one.label),
      inScope.length,
    ),
    add(
      "oos_recall",
      share(outside, (one) => answer(one) === OUT_OF_SCOPE),
      outside.length,
    ),
    add("mcc", manyClassMcc(asked.map((one) => [one.label, answer(one)])), asked.length),
    ...ranks,
  ];
}

function reciprocal({ found, label }: Asked): number {
  const rank = found.ranked.findIndex(({ id }) => id === label);
  return rank === -1 ? 0 : 1 / (rank + 1);
}

/** Matthews' coefficient over any number of answers (Gorodkin); with two it is the usual one. */
export function manyClassMcc(pairs: readonly (readonly [label: string, answer: string])[]): number {
  const labels = new Map<string, number>();
  const answers = new Map<string, number>();
  let right = 0;
  for (const [label, answer] of pairs) {
    labels.set(label, (labels.get(label) ?? 0) + 1);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    if (label === answer) right++;
  }
  const n = pairs.length;
  const both = [...labels].reduce((sum, [name, count]) => sum + count * (answers.get(name) ?? 0), 0);
  const squares = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + count * count, 0);
  const below = Math.sqrt((n * n - squares(answers)) * (n * n - squares(labels)));
  return below === 0 ? 0 : (right * n - both) / below;
}

/** Users' questions asked of the frequently asked ones; what the bank knows of those (answers, other wordings) is knowledge. */
export function scorePairs(
  set: string,
  rows: readonly Row[],
  bankPairs: readonly Row[],
  answers: ReadonlyMap<string, string>,
): Outcome {
  const asked = rows.filter((row) => Number(row["label"]) === 1);
  const ids = [...new Set(rows.map((row) => textIn(row, "faq_question")))];
  const entries = ids.map((id): Entry => {
    const others = bankPairs.filter((row) => textIn(row, "faq_question") === id && Number(row["label"]) === 1);
    const answer = answers.get(id.trim());
    return {
      id,
      questions: [id, ...others.map((row) => textIn(row, "user_question"))],
      ...(answer === undefined ? {} : { answer }),
    };
  });
  const match = questionMatcher(entries);
  const found = asked.map((row) => ({
    label: textIn(row, "faq_question"),
    found: match(textIn(row, "user_question")),
  }));
  const results = measured(set, found, MEASURED[set] ?? {}).filter(({ metric }) => metric !== "accuracy");
  return { results, missing: asked.length === 0 ? [`${set}: no pair is labelled 1`] : [] };
}
