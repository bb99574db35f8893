import { scoreText } from "../../src/core/scorer/index.ts";

export interface Speed {
  readonly messages: number;
  readonly median_us: number;
  readonly p99_us: number;
  readonly longest_us: number;
}

const LONGEST_MESSAGE = 2_000;

/** A turn given to another process is no cost of ours: the quickest of so many runs of a message counts. */
const RUNS = 3;

/** What one score costs on these texts, each on its own, after a warm-up. Depends on the machine. */
export function speedOf(texts: readonly string[]): Speed | undefined {
  const messages = texts.filter((text) => text.length > 0 && text.length <= LONGEST_MESSAGE).slice(0, 20_000);
  if (messages.length === 0) return undefined;
  for (const text of messages.slice(0, 4_000)) scoreText(text);
  const times = messages.map((text) => Math.min(...Array.from({ length: RUNS }, () => cost(text))));
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Number(times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1));
  return { messages: messages.length, median_us: at(0.5), p99_us: at(0.99), longest_us: at(1) };
}

function cost(text: string): number {
  const before = process.hrtime.bigint();
  scoreText(text);
  return Number(process.hrtime.bigint() - before) / 1_000;
}
