import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type Passage, titleOf } from "#core";
import { kindOfFile, LARGEST_FILE, MOST_PASSAGES, parseFile, type RowMistake } from "#core/knowledge/file";
import { Command } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, printList, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";
import { localIso } from "../time.ts";
import { seconds } from "./approval.ts";
import { entryCommands } from "./faq-entries.ts";
import { handIn, NOT_YET, type WaitFlags } from "./hand-in.ts";
import { limitNumber } from "./journal.ts";

interface ListFlags extends GuildFlags {
  readonly gaps?: boolean;
  readonly limit: number;
}

const COLUMNS = [
  { title: "SOURCE", cell: ({ source }: Passage) => source.id },
  { title: "V", cell: ({ version }: Passage) => String(version), right: true },
  { title: "GIVEN", cell: ({ source }: Passage) => localIso(source.at) },
  { title: "BY", cell: ({ source }: Passage) => source.by },
  { title: "ASKS", cell: (passage: Passage) => titleOf(passage).replace(/\s+/g, " ").slice(0, 60) },
];

const MISTAKES: Readonly<Record<RowMistake["what"], string>> = {
  "no-answer": "there is no answer",
  "no-question": "there is no question",
  "too-long": "the question or the answer is too long",
  "too-many": `a file is read up to ${MOST_PASSAGES} answers; split it here`,
  quote: "a quotation mark is never closed",
  columns: "a row needs a question and an answer",
  nothing: "there is nothing in the file",
};

/** What the house may answer from. With --json a list is an export: all there is of every passage. */
export function faqCommand(context: Context): Command {
  const list = guildLeaf("list", "what the guild is answered from")
    .option("--gaps", "what was asked and nobody could answer instead")
    .option("--limit <number>", "how many passages", limitNumber, 1_000)
    .action(run(context, (flags: ListFlags) => listPassages(context, flags)));
  const give = guildLeaf("import", "take over answers from a Markdown or CSV file; one of the same name is replaced")
    .argument("<file>", "a .md, .txt or .csv file")
    .option("--wait <seconds>", "how long to wait for the house to take it", seconds, 10)
    .action(run(context, (file: string, flags: WaitFlags) => importFile(context, file, flags)));
  const faq = new Command("faq").description("what the house answers from").addCommand(list).addCommand(give);
  for (const command of entryCommands(context)) faq.addCommand(command);
  return faq;
}

async function listPassages(context: Context, flags: ListFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const passages = await guild.passages({ of: flags.gaps === true ? "questions" : "knowledge", limit: flags.limit });
    printList(context, flags, passages, {
      none: flags.gaps === true ? "Nothing waits for an answer." : "Nothing is known yet: try faq import.",
      some: () => table(context.terminal, COLUMNS, passages),
    });
    return EXIT.ok;
  });
}

async function importFile(context: Context, file: string, flags: WaitFlags): Promise<number> {
  const name = basename(file);
  const { passages, mistakes } = parseFile(kindOf(name), textOf(file));
  for (const { line, what } of mistakes) context.terminal.err(`${name}:${line} ${MISTAKES[what]}\n`);
  if (passages.length === 0) {
    context.terminal.err("Nothing was taken.\n");
    return EXIT.failed;
  }
  return withGuild(context, flags, async (guild, store) => {
    const given = { kind: "knowledge.given", name, passages } as const;
    const isTaken = await handIn(context, { guild, store, wait: flags.wait }, given);
    const report = { file: name, passages: passages.length, mistakes, taken: isTaken };
    print(
      context,
      flags,
      report,
      () => `${passages.length} answers ${isTaken ? "taken from" : "handed in of"} ${name}\n`,
    );
    if (!isTaken) context.terminal.err(NOT_YET);
    return isTaken && mistakes.length === 0 ? EXIT.ok : EXIT.partly;
  });
}

function kindOf(name: string): "csv" | "markdown" {
  const kind = kindOfFile(name);
  if (kind !== undefined) return kind;
  throw new UsageError(`${name} is neither Markdown (.md, .txt) nor CSV (.csv)`);
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE) throw new UsageError(`${file} has ${size} bytes; at most ${LARGEST_FILE} are read`);
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}
