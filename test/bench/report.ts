import type { BenchResult } from "./run.ts";

/** What each part aims at; the ratio is ours to theirs. */
const AIMS = { road: "≥ 0.5", journal: "≥ 0.7", latency: "≤ 2", memory: "≤ 0.25" } as const;

/** The result for people: each part with its ratio and aim, then whatever else it has to say. */
export function tableOf(result: BenchResult): string {
  const lines: string[] = [];
  for (const part of ["road", "journal", "latency", "memory"] as const) {
    const figures = result[part];
    if (figures === undefined) continue;
    lines.push("", `${part}: ratio ${figures.ratio} (aim ${AIMS[part]})`);
    for (const [name, value] of Object.entries(figures)) {
      if (name !== "ratio") lines.push(`  ${name.replaceAll("_", " ").padEnd(28)} ${spoken(value)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function spoken(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}
