import type { Report } from "./run.ts";

/** The report for a reader: one line a figure, and what has to be known to read it. */
export function tableOf({ results, speed }: Report, withoutBank: boolean): string {
  const lines = results.map(({ set, metric, value, n, baseline, better, trained_on }) => {
    const ahead = baseline !== null && (better === "higher" ? value >= baseline : value <= baseline);
    const mark = baseline === null ? " " : ahead ? "+" : "-";
    const told = [
      set.padEnd(44),
      metric.padEnd(22),
      value.toFixed(3),
      mark,
      (baseline?.toFixed(3) ?? "").padStart(5),
      String(n).padStart(7),
    ];
    return `${told.join("  ")}${trained_on === true ? "  (trained on these rows)" : ""}`;
  });
  const notes = [
    "",
    "+ at or above the baseline, - below it",
    ...(withoutBank
      ? [
          "no --bank: each fifth of a labelled bank was asked of the other four; other bots' questions served as out of scope",
        ]
      : []),
    ...(results.some(({ trained_on }) => trained_on)
      ? ["rows the weights were trained on flatter: `npm run train` prints the cross-validated figures"]
      : []),
    ...(speed === undefined
      ? []
      : [
          `a score costs ${speed.median_us} µs in the median, ${speed.p99_us} µs at p99 (${speed.messages} messages of real chat)`,
        ]),
  ];
  return `${[...lines, ...notes].join("\n")}\n`;
}
