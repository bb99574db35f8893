import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SCORER_HASH } from "../../src/core/scorer/index.ts";
import { HEADER } from "../../src/core/scorer/weights.ts";
import { type Chat, realChat } from "./folder/chat.ts";
import { type DataFile, filesIn, FOLDERS, type Row, rowsOf, textIn } from "./folder/read.ts";
import type { Folders, Outcome, Result } from "./result.ts";
import { scoreIntents, scorePairs } from "./sets/faq.ts";
import { labelledSet } from "./sets/known.ts";
import { scoreLabelled } from "./sets/labelled.ts";
import { scoreLanguages } from "./sets/langid.ts";
import { scoreRaids } from "./sets/raids.ts";
import { AGAINST_CHAT, scoreAgainstChat, scoreDomains } from "./sets/scams.ts";
import { type Speed, speedOf } from "./speed.ts";

export interface Report {
  readonly scorer: string;
  readonly results: readonly Result[];
  /** Metrics of known sets that could not be had, and why. */
  readonly missing: readonly string[];
  readonly unreadable: readonly string[];
  readonly speed: Speed | undefined;
}

/** The one set of joins instead of texts; the waves derived from it are found again from the log itself. */
const JOINS = "discord/komodo_join_events";
/** Knowledge, vocabulary and oracles of other work: nothing is scored on them. */
const NO_METRIC: ReadonlySet<string> = new Set(["toxicity/ldnoobw_words", "faq/covid_faq_bank_multilingual"]);

export function evaluate(folders: Folders, tell: (line: string) => void): Report {
  const chat = once(() => realChat(folders.data));
  const results: Result[] = [];
  const missing: string[] = [];
  const unreadable: string[] = [];
  for (const file of FOLDERS.flatMap((folder) => filesIn(folders.data, folder))) {
    if ((file.set.startsWith("discord/") && file.set !== JOINS) || NO_METRIC.has(file.set)) continue;
    tell(file.set);
    try {
      const outcome = scored(file, rowsOf(file.path), folders, chat);
      results.push(...outcome.results.map((one) => marked(one, file)));
      missing.push(...outcome.missing);
    } catch (error) {
      unreadable.push(error instanceof Error ? error.message : String(error));
    }
  }
  unreadable.push(...chat().unreadable);
  return { scorer: SCORER_HASH, results, missing, unreadable, speed: speedOf(chat().texts) };
}

function scored(file: DataFile, rows: readonly Row[], folders: Folders, chat: () => Chat): Outcome {
  const [folder] = file.set.split("/");
  if (rows.length === 0) return { results: [], missing: [`${file.set}: no rows`] };
  if (file.set === JOINS)
    return needs(file, rows, ["ts", "event", "user_id", "account_created"]) ?? scoreRaids(file.set, rows);
  if (folder === "faq") return scoredQuestions(file, rows, folders);
  if (folder === "langid") return needs(file, rows, ["text", "label", "kind"]) ?? scoreLanguages(file.set, rows);
  if (rows[0]!["domain"] !== undefined && rows[0]!["text"] === undefined) {
    return scoreDomains(file.set, rows, !file.set.includes("shared_in_real_chat"));
  }
  return needs(file, rows, ["text", "label"]) ?? scoredTexts(file, rows, chat);
}

function scoredTexts({ set }: DataFile, rows: readonly Row[], chat: () => Chat): Outcome {
  const how = labelledSet(set);
  // A set of nothing but scams has no ham of its own: only against real chat does a figure mean anything.
  const isOneSided = set.startsWith("spam/") && rows.every((row) => row["label"] !== "ham");
  const labelled: Outcome =
    how === undefined || isOneSided ? { results: [], missing: [] } : scoreLabelled(set, how, rows);
  if (!AGAINST_CHAT.has(set) && !isOneSided) return labelled;
  const against = scoreAgainstChat(set, rows, chat());
  return {
    results: [...labelled.results, ...against.results],
    missing: [...labelled.missing, ...against.missing],
  };
}

function needs(file: DataFile, rows: readonly Row[], columns: readonly string[]): Outcome | undefined {
  const absent = columns.filter((column) => rows[0]![column] === undefined);
  return absent.length === 0
    ? undefined
    : { results: [], missing: [`${file.set}: no column ${absent.join(", ")} in ${file.path}`] };
}

function scoredQuestions(file: DataFile, rows: readonly Row[], { data, bank }: Folders): Outcome {
  const known = (name: string): readonly Row[] =>
    bank === undefined || !existsSync(join(bank, "faq", name)) ? [] : rowsOf(join(bank, "faq", name));
  const own = known(basename(file.path));
  if (rows[0]!["user_question"] !== undefined) return scorePairs(file.set, rows, own, answersIn(bank ?? data));
  const lacking = needs(file, rows, ["text", "label"]);
  if (lacking !== undefined) return lacking;
  if (bank !== undefined && own.length === 0) {
    return {
      results: [],
      missing: [`${file.set}: ${join(bank, "faq", basename(file.path))} is missing; it would be the knowledge`],
    };
  }
  return scoreIntents(file.set, rows, bank === undefined ? undefined : own);
}

/** Answers to frequently asked questions, by question: from any file that has both. */
function answersIn(root: string): ReadonlyMap<string, string> {
  const files = filesIn(root, "faq").filter(({ set }) => set.includes("faq_bank"));
  return new Map(
    files.flatMap(({ path }) =>
      rowsOf(path).map((row) => [textIn(row, "question").trim(), textIn(row, "answer")] as const),
    ),
  );
}

function marked(one: Result, file: DataFile): Result {
  const trained = HEADER.trainedOn.find(
    (source) => source.file === `${file.set}${file.path.slice(file.path.lastIndexOf("."))}`,
  );
  if (trained === undefined || file.set.startsWith("faq/")) return one;
  const sha256 = createHash("sha256").update(readFileSync(file.path)).digest("hex").slice(0, 16);
  return sha256 === trained.sha256 ? { ...one, trained_on: true } : one;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
