import { lookalikeOf } from "../../../src/core/text/index.ts";
import { scoreText } from "../../../src/core/scorer/index.ts";
import type { Chat } from "../folder/chat.ts";
import { type Row, textIn } from "../folder/read.ts";
import { recallAt } from "../metrics.ts";
import { plainScores } from "../plain-regression.ts";
import { type Outcome, result } from "../result.ts";

/** Of real chat at most so much is taken for spam. */
const SHARES = { recall_at_1pct_fpr: 0.01, "recall_at_0.5pct_fpr": 0.005, "recall_at_0.1pct_fpr": 0.001 } as const;
type Share = keyof typeof SHARES;
type Figures = Readonly<Partial<Record<Share, number>>>;
const NAMES = Object.keys(SHARES) as Share[];

const PHRASES: Figures = { recall_at_1pct_fpr: 0.616, "recall_at_0.5pct_fpr": 0.532, "recall_at_0.1pct_fpr": 0.293 };
const MEASURED: Readonly<Record<string, Figures>> = {
  "spam/discord_scams": PHRASES,
  "spam/discord_scams/phrase": PHRASES,
  "spam/discord_scams/message": { recall_at_1pct_fpr: 0.571 },
  "spam/telegram_tgspam": { recall_at_1pct_fpr: 0.861, "recall_at_0.5pct_fpr": 0.722, "recall_at_0.1pct_fpr": 0.292 },
};
/** Sets of spam that live where Discord's chat would be their ham. */
export const AGAINST_CHAT: ReadonlySet<string> = new Set(["spam/discord_scams", "spam/telegram_tgspam"]);
/** Kinds of rows that are told on their own as well. */
const KINDS: Readonly<Record<string, readonly string[]>> = { "spam/discord_scams": ["message", "phrase"] };

/** How much of the spam is found where hardly any message of real chat is taken for spam. */
export function scoreAgainstChat(set: string, rows: readonly Row[], chat: Chat): Outcome {
  const metrics = NAMES.join(", ");
  if (chat.texts.length === 0) return { results: [], missing: [`${set}: ${metrics} need real chat under discord/`] };
  const ham = scores(chat.texts);
  const plainHam = plainScores(chat.texts, "spam");
  const spam = rows.filter((row) => row["label"] !== "ham");
  const kinds = KINDS[set] ?? [];
  const parts = kinds.map((kind) => [`${set}/${kind}`, spam.filter((row) => textIn(row, "kind") === kind)] as const);
  const told = [[set, spam] as const, ...parts].map(([name, some]): Outcome => {
    if (some.length === 0) return { results: [], missing: [`${name}: ${metrics} need such spam`] };
    const texts = some.map((row) => textIn(row, "text"));
    const [ours, plain] = [scores(texts), plainScores(texts, "spam")];
    const figure = (metric: Share): number | null =>
      MEASURED[name] === undefined
        ? Number(recallAt(plain, plainHam, SHARES[metric]).toFixed(4))
        : (MEASURED[name][metric] ?? null);
    const results = NAMES.map((metric) =>
      result(name, metric, recallAt(ours, ham, SHARES[metric]), some.length, figure(metric)),
    );
    return { results, missing: [] };
  });
  return { results: told.flatMap(({ results }) => results), missing: told.flatMap(({ missing }) => missing) };
}

function scores(texts: readonly string[]): readonly number[] {
  return texts.map((text) => scoreText(text).spam);
}

/** How many names of a list are told for imitations: the more the better for phishing, the fewer for what is shared in honest chat. */
export function scoreDomains(set: string, rows: readonly Row[], arePhishing: boolean): Outcome {
  const flagged = rows.filter((row) => lookalikeOf({ domain: textIn(row, "domain") }) !== undefined).length;
  const right = arePhishing ? flagged : rows.length - flagged;
  return { results: [result(set, "accuracy", right / rows.length, rows.length, null)], missing: [] };
}
