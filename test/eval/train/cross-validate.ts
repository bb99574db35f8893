import { HEADS, type Head } from "../../../src/core/scorer/heads.ts";
import { realChat } from "../folder/chat.ts";
import {
  accuracy,
  auprc,
  classF1,
  confusion,
  f1,
  type Judged,
  macroF1,
  mcc,
  recallAt,
  weightedF1,
} from "../metrics.ts";
import type { Example } from "./examples.ts";
import { FOLDS, foldOf } from "./fit.ts";
import { mixtureFrom, saysOf, type Spreads, spreads, storedMixture } from "./mixture.ts";

interface Judgement {
  /** By head and row: what those weights say that have not seen the row's group. */
  readonly sums: Readonly<Record<Head, Float64Array>>;
  /** What each fold's weights say of real chat, as to spam. */
  readonly ham: readonly (readonly number[])[];
  readonly folds: readonly number[];
}

/** Every text judged by weights that have seen nothing like it: the figures one may expect on texts of the same kind. */
export function crossValidated(examples: readonly Example[], texts: Spreads, root: string): readonly string[] {
  const judgement = judged(examples, texts, root);
  return ["cross-validated, by groups of like texts:", ...lines(examples, judgement)];
}

function judged(examples: readonly Example[], texts: Spreads, root: string): Judgement {
  const folds = examples.map(({ group }) => foldOf(group));
  const chat = realChat(root).texts;
  const chatTexts = spreads(chat);
  const sums = Object.fromEntries(HEADS.map((head) => [head, new Float64Array(examples.length)])) as Record<
    Head,
    Float64Array
  >;
  const ham = Array.from({ length: FOLDS }, (_, fold) => {
    const mixture = storedMixture(
      mixtureFrom(examples, texts, (row) => folds[row] !== fold),
      texts,
    );
    for (const head of HEADS)
      for (let row = 0; row < examples.length; row++)
        if (folds[row] === fold) sums[head][row] = saysOf(mixture, texts, row, head);
    return chat.map((_, row) => saysOf(mixture, chatTexts, row, "spam"));
  });
  return { sums, ham, folds };
}

function lines(examples: readonly Example[], { sums, ham, folds }: Judgement): readonly string[] {
  const rowsOf = (set: string): readonly number[] =>
    examples.flatMap((example, row) => (example.set === set ? [row] : []));
  const told: string[] = [];
  const tell = (set: string, metric: string, value: number): number =>
    told.push([set, metric, value.toFixed(3)].join("  "));
  const judge = (set: string, head: Head): readonly Judged[] =>
    rowsOf(set).map((row) => ({ isPositive: examples[row]!.is[head] === true, score: sums[head][row]! }));
  for (const set of ["spam/sms_uci", "spam/telegram_tgspam"]) {
    const rows = judge(set, "spam");
    tell(set, "mcc", mcc(confusion(rows, 0)));
    tell(set, "f1", f1(confusion(rows, 0)));
    tell(set, "accuracy", accuracy(confusion(rows, 0)));
    tell(set, "auprc", auprc(rows));
  }
  for (const set of ["spam/discord_scams", "spam/telegram_tgspam"]) {
    const spam = rowsOf(set).filter((row) => examples[row]!.is.spam === true);
    const found = ham.map((chat, fold) => {
      const own = spam.filter((row) => folds[row] === fold).map((row) => sums.spam[row]!);
      return recallAt(own, chat, 0.005) * own.length;
    });
    tell(set, "recall_at_0.5pct_fpr", found.reduce((sum, hits) => sum + hits, 0) / spam.length);
  }
  const chats = ham.flat();
  tell("discord (real chat)", "taken for spam", chats.filter((sum) => sum >= 0).length / chats.length);
  tell("toxicity/openai_moderation", "auprc", auprc(judge("toxicity/openai_moderation", "harm")));
  tell("toxicity/surge_1000", "auprc", auprc(judge("toxicity/surge_1000", "insult")));
  tell("toxicity/surge_1000", "accuracy", accuracy(confusion(judge("toxicity/surge_1000", "insult"), 0)));
  const tweets = rowsOf("toxicity/davidson_tweets").map((row) => ({
    label: tweet(examples[row]!),
    answer: sums.hate[row]! >= 0 ? "hate" : sums.insult[row]! >= 0 ? "offensive" : "neither",
  }));
  tell("toxicity/davidson_tweets", "weighted_f1", weightedF1(tweets));
  tell("toxicity/davidson_tweets", "f1", classF1(tweets, "hate"));
  tell("toxicity/hatecheck_en", "accuracy", accuracy(confusion(judge("toxicity/hatecheck_en", "hate"), 0)));
  const many = judge("toxicity/hatecheck_multilingual", "hate");
  const answers = many.map(({ isPositive, score }) => ({ label: String(isPositive), answer: String(score >= 0) }));
  tell("toxicity/hatecheck_multilingual", "f1", macroF1(answers));
  const benign = confusion(judge("injection/notinject_benign", "injection"), 0);
  tell("injection/notinject_benign", "accuracy", accuracy(benign));
  return told;
}

function tweet({ is }: Example): string {
  if (is.hate === true) return "hate";
  return is.insult === true ? "offensive" : "neither";
}
