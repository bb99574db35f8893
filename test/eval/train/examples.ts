import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, reveal } from "../../../src/core/text/index.ts";
import { HEADS, type Head } from "../../../src/core/scorer/heads.ts";
import { disguised } from "./disguise.ts";
import { variant } from "./variants.ts";
import { type Row, rowsOf, textIn } from "../folder/read.ts";

/** One text to learn from: what each head shall say of it, where anything is known. */
export interface Example {
  readonly set: string;
  readonly text: string;
  readonly is: Partial<Record<Head, boolean>>;
  /** Texts of one group never stand on both sides of a fold: same words, same template. */
  readonly group: string;
}

type Labels = Partial<Record<Head, boolean>>;

/** Says nothing against anybody and sells nothing. */
const HARMLESS: Labels = { spam: false, insult: false, hate: false, harm: false, injection: false };

interface Source {
  readonly set: string;
  readonly file: string;
  labels(row: Row): Labels | undefined;
  readonly text?: string;
  readonly template?: string;
}

const isSpam = (row: Row): Labels => ({ spam: row["label"] !== "ham", injection: false });

/** The sets one may learn from, and nothing else: the licence of each allows it. */
export const SOURCES: readonly Source[] = [
  { set: "spam/sms_uci", file: "spam/sms_uci.jsonl", labels: isSpam },
  { set: "spam/telegram_tgspam", file: "spam/telegram_tgspam.jsonl", labels: isSpam },
  {
    set: "spam/discord_scams",
    file: "spam/discord_scams.jsonl",
    // Rows of public bots come without a licence: for evaluation only.
    labels: (row) => (/^(?:almostSouji\/|Erisa\/)/.test(textIn(row, "source")) ? isSpam(row) : undefined),
  },
  {
    set: "toxicity/davidson_tweets",
    file: "toxicity/davidson_tweets.jsonl",
    labels: ({ label }) => ({
      spam: false,
      injection: false,
      insult: label !== "neither",
      hate: label === "hate",
      harm: label !== "neither",
    }),
  },
  {
    set: "toxicity/surge_1000",
    file: "toxicity/surge_1000.jsonl",
    labels: ({ label }) => (label === "ok" ? HARMLESS : { spam: false, injection: false, insult: true, harm: true }),
  },
  { set: "toxicity/openai_moderation", file: "toxicity/openai_moderation.jsonl", labels: moderated },
  {
    set: "toxicity/hatecheck_en",
    file: "toxicity/hatecheck_en.jsonl",
    labels: hatecheck,
    template: "templ",
  },
  {
    set: "toxicity/hatecheck_multilingual",
    file: "toxicity/hatecheck_multilingual.jsonl",
    labels: hatecheck,
    template: "templ",
  },
  {
    set: "toxicity/ldnoobw_words",
    file: "toxicity/ldnoobw_words.csv",
    text: "word",
    labels: () => ({ insult: true, harm: true, spam: false }),
  },
  { set: "injection/notinject_benign", file: "injection/notinject_benign.jsonl", labels: () => HARMLESS },
  { set: "faq/banking77", file: "faq/banking77.jsonl", labels: () => HARMLESS },
  { set: "faq/clinc150_oos", file: "faq/clinc150_oos.jsonl", labels: () => HARMLESS },
];

function hatecheck({ label }: Row): Labels {
  const hateful = label === "hateful";
  return { spam: false, injection: false, hate: hateful, harm: hateful, ...(hateful ? { insult: true } : {}) };
}

function moderated(row: Row): Labels {
  const labels = (row["labels"] ?? {}) as Record<string, number>;
  const flagged = row["label"] === "flagged";
  const hateful = labels["H"] === 1 || labels["H2"] === 1 || labels["HR"] === 1;
  return { spam: false, injection: false, harm: flagged, hate: hateful, ...(flagged ? {} : { insult: false }) };
}

export interface Material {
  readonly examples: readonly Example[];
  readonly missing: readonly string[];
}

/** Every text one may learn from under `root`, and the sentences of our own that lie beside this file. */
export function examplesIn(root: string): Material {
  const missing: string[] = [];
  const examples = SOURCES.flatMap((source) => {
    const path = join(root, source.file);
    if (existsSync(path)) return rowsOf(path).flatMap((row) => exampleOf(source, row));
    missing.push(source.file);
    return [];
  });
  return { examples: [...withoutRepeats(examples), ...ownExamples()], missing };
}

function exampleOf(source: Source, row: Row): readonly Example[] {
  const text = textIn(row, source.text ?? "text");
  const is = source.labels(row);
  if (text === "" || is === undefined) return [];
  const group = source.template === undefined ? groupOf(text) : `${source.set}:${String(row[source.template])}`;
  return [{ set: source.set, text, is, group }];
}

function groupOf(text: string): string {
  return fingerprint(reveal(text).replace(/\p{N}+/gu, "0"));
}

function withoutRepeats(examples: readonly Example[]): readonly Example[] {
  const seen = new Set<string>();
  return examples.filter((example) => {
    const key = `${example.set}:${example.text}`;
    return !seen.has(key) && seen.add(key);
  });
}

const OWN = join(import.meta.dirname, "..", "own");

/** One pattern a line, each read in several ways; the file's name says what it is: `harmless.txt`, or a head's name. */
function ownExamples(): readonly Example[] {
  return readdirSync(OWN)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .flatMap((name) => {
      const kind = name.slice(0, -".txt".length);
      const is = ownLabels(kind);
      const lines = readFileSync(join(OWN, name), "utf8").split("\n");
      const patterns = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
      return patterns.flatMap((pattern, line) =>
        readings(kind, pattern, line).map((text) => ({ set: `own/${kind}`, text, is, group: `${kind}:${line}` })),
      );
    });
}

const MOST_VARIANTS = 12;

/** As many as there are choices, within reason. */
function variantsOf(pattern: string, line: number): readonly string[] {
  const choices = (pattern.match(/[|{]/g)?.length ?? 0) + 1;
  const wanted = Math.min(MOST_VARIANTS, choices);
  return [...new Set(Array.from({ length: wanted }, (_, index) => variant(pattern, line * 1_000 + index)))];
}

/** One reading in six of what is unwanted comes in disguise. */
function readings(kind: string, pattern: string, line: number): readonly string[] {
  const plain = variantsOf(pattern, line);
  if (kind === "harmless") return plain;
  return plain.map((text, index) => (index % 6 === 5 ? disguised(text, line + index) : text));
}

function ownLabels(kind: string): Labels {
  if (kind === "harmless") return HARMLESS;
  const head = HEADS.find((name) => name === kind);
  if (head === undefined) throw new Error(`own/${kind}.txt: there is no head of that name`);
  // What is spam may be rude, and what is rude may be hateful: only what was meant is said.
  return head === "spam"
    ? { spam: true, injection: false }
    : { [head]: true, ...(head === "injection" ? {} : { spam: false }) };
}
