import { lookalikeOf } from "../../../src/core/text/index.ts";
import { scoreText } from "../../../src/core/scorer/index.ts";
import type { Chat } from "../folder/chat.ts";
import { type Row, textIn } from "../folder/read.ts";
import { recallAt } from "../metrics.ts";
import { plainScores } from "../plain-regression.ts";
import { type Outcome, result } from "../result.ts";

const SHARE = 0.005;
const METRIC = "recall_at_0.5pct_fpr";
const MEASURED: Readonly<Record<string, number>> = { "spam/discord_scams": 0.532, "spam/telegram_tgspam": 0.722 };
/** Sets of spam that live where Discord's chat would be their ham. */
export const AGAINST_CHAT: ReadonlySet<string> = new Set(Object.keys(MEASURED));

/** How much of the spam is found where at most one message in two hundred of real chat is taken for spam. */
export function scoreAgainstChat(set: string, rows: readonly Row[], chat: Chat): Outcome {
  if (chat.texts.length === 0) return { results: [], missing: [`${set}: ${METRIC} needs real chat under discord/`] };
  const spam = rows.filter((row) => row["label"] !== "ham").map((row) => textIn(row, "text"));
  if (spam.length === 0) return { results: [], missing: [`${set}: ${METRIC} needs spam`] };
  const scores = (texts: readonly string[]): readonly number[] => texts.map((text) => scoreText(text).spam);
  const value = recallAt(scores(spam), scores(chat.texts), SHARE);
  const baseline =
    MEASURED[set] ?? Number(recallAt(plainScores(spam, "spam"), plainScores(chat.texts, "spam"), SHARE).toFixed(4));
  return { results: [result(set, METRIC, value, spam.length, baseline)], missing: [] };
}

/** How many names of a list are told for imitations: the more the better for phishing, the fewer for what is shared in honest chat. */
export function scoreDomains(set: string, rows: readonly Row[], arePhishing: boolean): Outcome {
  const flagged = rows.filter((row) => lookalikeOf({ domain: textIn(row, "domain") }) !== undefined).length;
  const right = arePhishing ? flagged : rows.length - flagged;
  return { results: [result(set, "accuracy", right / rows.length, rows.length, null)], missing: [] };
}
