import { HEADS, type Head } from "../../../src/core/scorer/heads.ts";
import { scoreText } from "../../../src/core/scorer/index.ts";
import { type Row, textIn } from "../folder/read.ts";
import { classMetric, type Metric, type Judged, rowMetric } from "../metrics.ts";
import { plainScores } from "../plain-regression.ts";
import { type Outcome, type Result, result } from "../result.ts";
import { type Classes, type Figures, isKnown, type LabelledSet, type Parts } from "./known.ts";

/** By head and row, as log-odds: a head says yes from nought on, which was fixed before any set was looked at. */
type Sums = (head: LabelledSet["head"]) => readonly number[];

interface Scored {
  readonly set: string;
  readonly rows: readonly Row[];
  readonly how: LabelledSet;
  readonly ours: Sums;
  readonly plain: Sums;
}

/** All metrics of a set, its parts and its classes; of a known set each is there or told as missing. */
export function scoreLabelled(set: string, how: LabelledSet, rows: readonly Row[]): Outcome {
  const scored: Scored = { set, rows, how, ...sumsOf(rows.map((row) => textIn(row, "text"))) };
  const all = rows.map((_, index) => index);
  const told = [
    binary(set, scored, all, how.metrics),
    ...(how.parts ?? []).map((parts) => byColumn(scored, parts)),
    ...(how.classes === undefined ? [] : [byClass(scored, how.classes)]),
  ];
  return {
    results: told.flatMap(({ results }) => results),
    missing: isKnown(set) ? told.flatMap(({ missing }) => missing) : [],
  };
}

function sumsOf(texts: readonly string[]): { ours: Sums; plain: Sums } {
  const scores = texts.map((text) => scoreText(text));
  return {
    ours: (head) => scores.map((score) => Math.log(score[head] / (1 - score[head]))),
    plain: kept((head) => plainScores(texts, head === "toxicity" ? "insult" : head)),
  };
}

function binary(set: string, { rows, how, ours, plain }: Scored, chosen: readonly number[], figures: Figures): Outcome {
  const judged = (sums: Sums): readonly Judged[] => {
    const said = sums(how.head);
    return chosen.map((index) => ({
      isPositive: how.positive.includes(String(rows[index]!["label"] ?? "")),
      score: said[index]!,
    }));
  };
  return measured(set, chosen.length, figures, (metric, isOurs) =>
    rowMetric(metric === "f1" && how.isMacro === true ? "macro_f1" : metric, judged(isOurs ? ours : plain)),
  );
}

function byColumn(scored: Scored, { column, metrics, named = {} }: Parts): Outcome {
  const groups = new Map<string, number[]>();
  scored.rows.forEach((row, index) => {
    const name = textIn(row, column);
    if (name !== "") groups.set(name, [...(groups.get(name) ?? []), index]);
  });
  const absent = Object.keys(named).filter((name) => !groups.has(name));
  const told = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, chosen]) => binary(`${scored.set}/${name}`, scored, chosen, { ...metrics, ...named[name] }));
  return {
    results: told.flatMap(({ results }) => results),
    missing: [
      ...(groups.size === 0 ? [`${scored.set}: ${names(metrics)} by ${column} needs that column`] : []),
      ...(groups.size === 0 ? [] : absent.map((name) => `${scored.set}/${name}: ${names(metrics)} needs rows whose ${column} is ${name}`)), // prettier-ignore
      ...told.flatMap(({ missing }) => missing),
    ],
  };
}

function byClass({ set, rows, ours, plain }: Scored, { column, name, metrics, each, answer }: Classes): Outcome {
  const chosen = rows.flatMap((row, index) => (textIn(row, column) === "" ? [] : [index]));
  if (chosen.length === 0)
    return { results: [], missing: [`${set}: ${names(metrics)} by ${column} needs that column`] };
  const answers = kept((sums: Sums) => {
    const said = Object.fromEntries(HEADS.map((head) => [head, sums(head)])) as Record<Head, readonly number[]>;
    return chosen.map((index) => ({
      label: textIn(rows[index]!, column),
      answer: answer((head) => said[head][index]!),
    }));
  });
  const of = (metric: Metric, isOurs: boolean, one?: string) =>
    classMetric(metric, answers(isOurs ? ours : plain), one);
  const whole = measured(name === undefined ? set : `${set}/${name}`, chosen.length, metrics, of);
  const single = Object.entries(each).map(([one, figures]) =>
    measured(`${set}/${one}`, chosen.length, figures, (metric, isOurs) => of(metric, isOurs, one)),
  );
  return {
    results: [whole, ...single].flatMap(({ results }) => results),
    missing: [whole, ...single].flatMap(({ missing }) => missing),
  };
}

/** Where there is nothing to measure (no row of one kind) that is said, rather than a figure made up. */
function measured(
  set: string,
  n: number,
  figures: Figures,
  value: (metric: Metric, isOurs: boolean) => number,
): Outcome {
  const results: Result[] = [];
  const missing: string[] = [];
  for (const [metric, figure] of Object.entries(figures) as [Metric, Figures[Metric]][]) {
    const ours = value(metric, true);
    if (!Number.isFinite(ours)) {
      missing.push(`${set}: ${metric} needs rows of every kind`);
      continue;
    }
    const baseline = figure === "plain" ? Number(value(metric, false).toFixed(4)) : (figure ?? null);
    results.push(result(set, metric, ours, n, baseline));
  }
  return { results, missing };
}

function names(figures: Figures): string {
  return Object.keys(figures).join(", ");
}

function kept<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}
