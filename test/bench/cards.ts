import { drawRankCard } from "../../src/adapters/discord/drawing/rank-card/draw.ts";
import { median, quantile, rounded } from "./bench.ts";

const NAMES = [
  "Ada Lovelace",
  "A name so long that nobody reads it to its end",
  "محمد بن عبد الله",
  "Ada 🦊🔥",
  "日本語テスト",
];

export interface CardsBench {
  readonly cards: number;
  /** The first of each name, when its letters are loaded. */
  readonly first_ms: readonly number[];
  readonly p50_ms: number;
  readonly p95_ms: number;
}

/** `npm run bench -- cards [--json]`: rank cards, from the data to the PNG. */
export async function benchCards(count: number): Promise<CardsBench> {
  const times: number[] = [];
  for (let index = 0; index < count + NAMES.length; index++) {
    const started = performance.now();
    await drawRankCard({
      ...{ userId: "4711", username: "ada", name: NAMES[index % NAMES.length]!, level: `Level ${index}` },
      ...{ points: `${index * 100} points`, place: "Place 24 of 1025", share: (index % 100) / 100 },
      ...{ progress: "34 / 100", accent: 0x5865f2, caption: "", alt: "" },
    });
    times.push(performance.now() - started);
  }
  const later = times.slice(NAMES.length);
  return {
    cards: count,
    first_ms: times.slice(0, NAMES.length).map((each) => rounded(each, 1)),
    p50_ms: rounded(median(later), 1),
    p95_ms: rounded(quantile(later, 0.95), 1),
  };
}
