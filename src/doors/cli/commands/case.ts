import { type CaseEntry, type CaseFile, GuildhallError } from "#core";
import { Command } from "commander";
import { casesOf, cohortOf } from "../../../insight/cases.ts";
import { appealLinkCommand } from "./case-appeal.ts";
import { amendCommand } from "./case-amend.ts";
import { caseNumber } from "./case-number.ts";
import { whyOf } from "../../views/why.ts";
import { type Context, type GuildFlags, guildLeaf, print, printList, run, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { storyText } from "../story.ts";
import { table } from "../table.ts";
import { clean } from "../terminal.ts";
import { localIso } from "../time.ts";
import { limitNumber } from "./journal.ts";

interface ListFlags extends GuildFlags {
  readonly limit: number;
  readonly user?: string;
}

const COLUMNS = [
  { title: "CASE", cell: (file: CaseFile) => `#${file.number}`, right: true },
  { title: "OPENED", cell: (file: CaseFile) => localIso(file.openedAt) },
  { title: "MEASURE", cell: (file: CaseFile) => file.verb.replace("member.", "") },
  { title: "MEMBER", cell: (file: CaseFile) => file.userName, shrinks: true },
  { title: "BY", cell: (file: CaseFile) => file.decidedBy },
  { title: "OUTCOME", cell: (file: CaseFile) => file.outcome },
  { title: "REASON", cell: (file: CaseFile) => file.reason, shrinks: true },
];

export function caseCommand(context: Context): Command {
  const list = guildLeaf("list", "the newest cases")
    .option("--limit <number>", "how many", limitNumber, 30)
    .option("--user <id>", "of one member")
    .action(run(context, (flags: ListFlags) => listCases(context, flags)));
  const view = guildLeaf("view", "one case and why it came about")
    .argument("<number>", "the case's number", caseNumber)
    .action(run(context, (number: number, flags: GuildFlags) => viewCase(context, number, flags)));
  const examples = guildLeaf("examples", "cases that were overturned, as examples to measure rules by")
    .option("--limit <number>", "of so many of the newest cases", limitNumber, 1_000)
    .action(run(context, (flags: ListFlags) => exportExamples(context, flags)));
  return new Command("case")
    .description("measures taken against members")
    .addCommand(list)
    .addCommand(view)
    .addCommand(amendCommand(context, "note", "<number> <text>: note something, for staff"))
    .addCommand(amendCommand(context, "edit", "<number> <text>: put another reason; the old one stays readable"))
    .addCommand(amendCommand(context, "undo", "<number> <text>: take back what was done, and say why"))
    .addCommand(appealLinkCommand(context))
    .addCommand(examples);
}

async function listCases(context: Context, flags: ListFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const cases = await casesOf(guild, flags.limit, flags.user);
    printList(context, flags, cases, {
      none: "No cases.",
      some: () => table(context.terminal, COLUMNS, cases),
    });
    return EXIT.ok;
  });
}

async function viewCase(context: Context, number: number, flags: GuildFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const file = await guild.case(number);
    if (file === undefined) throw new GuildhallError("not-found", `there is no case #${number}`);
    const why = await whyOf(guild, file.eventId);
    const members = await cohortOf(guild, file);
    const told = { case: file, ...(members.length > 0 && { members }), ...(why === undefined ? {} : { why }) };
    print(context, flags, told, () => {
      const head = `Case #${number}: ${file.verb.replace("member.", "")} ${clean(file.userName)} (${file.outcome})\n`;
      const facts = `  opened ${localIso(file.openedAt)} by ${file.decidedBy}, rule ${file.rule}: ${clean(file.reason)}\n`;
      const since = file.entries.map((entry) => `  ${localIso(entry.at)} ${entryText(entry)}\n`).join("");
      const each = members.map(({ userId, name, outcome }) => `  ${outcome} ${clean(name)} (${userId})\n`).join("");
      return (
        head +
        facts +
        each +
        evidenceText(file) +
        since +
        (why === undefined ? "" : `\n${storyText(context.terminal, why)}`)
      );
    });
    return EXIT.ok;
  });
}

function entryText({ kind, name, text, to }: CaseEntry): string {
  const about = to === undefined ? clean(text ?? "") : `with #${to}`;
  return `${kind} by ${clean(name)}${about === "" ? "" : `: ${about}`}`;
}

function evidenceText({ evidence, evidenceUntil }: CaseFile): string {
  if (evidenceUntil === undefined) return "";
  if (evidence === undefined) return "  what was said is not kept any more\n";
  return `  said: ${clean(evidence.text)} (kept until ${localIso(evidenceUntil)})\n`;
}

/** A line each, in the shape of the labelled sets: what a rule took for an offence, and people did not. */
async function exportExamples(context: Context, flags: ListFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const cases = await guild.cases({ limit: flags.limit });
    const wrong = cases.filter(({ entries }) => entries.some(({ kind }) => kind === "overturned"));
    const files = await Promise.all(wrong.map(({ number }) => guild.case(number)));
    const examples = files.flatMap((file) =>
      file?.evidence === undefined
        ? []
        : [{ text: file.evidence.text, label: "ok", rule: file.rule, verb: file.verb, case: file.number }],
    );
    printList(context, flags, examples, {
      none: "No overturned case has its words any more.",
      some: () => examples.map((example) => JSON.stringify(example)).join("\n"),
    });
    return EXIT.ok;
  });
}
