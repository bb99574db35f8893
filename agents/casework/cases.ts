import {
  entryBy,
  isCohort,
  isUndone,
  propose,
  VERBS,
  write,
  type CaseFile,
  type Effect,
  type Look,
  type SlashCommand,
  type Use,
} from "#core";
import { answer, may, refusal } from "./answer.ts";
import { bannedBy, undoing } from "./cohorts.ts";
import type { CommandUsed } from "./commands.ts";
import { lessOnRecord, onBehalf } from "./measures.ts";
import { grew } from "./news.ts";
import * as option from "./options.ts";
import { pageOf } from "./pages.ts";
import { caseWords } from "./show.ts";
import { words } from "./words.ts";

type Verb = "view" | "list" | "edit" | "note" | "link" | "undo";

const command = (verb: Verb, options: SlashCommand["options"]): SlashCommand => ({
  name: `case ${verb}`,
  names: words.every(`command.case.${verb}`),
  description: words.every(`command.case.${verb}.about`),
  options,
  needs: ["MODERATE_MEMBERS"],
  reply: "ephemeral",
});

export const CASE_COMMANDS: readonly SlashCommand[] = [
  command("view", [option.number]),
  command("list", [option.someMember]),
  command("edit", [option.number, option.reason]),
  command("note", [option.number, option.text]),
  command("link", [option.number, option.other]),
  command("undo", [option.number, option.reason]),
];

type Answer = (event: CommandUsed, file: CaseFile, look: Look) => readonly Effect[];

const ANSWERS: Readonly<Record<string, Answer>> = {
  "case view": (event, file) => [shown(event, file)],
  "case edit": (event, file, look) =>
    added(event, file, look, { kind: "reason", text: option.textIn(event.options["reason"]) }),
  "case note": (event, file, look) =>
    added(event, file, look, { kind: "note", text: option.textIn(event.options["text"]) }),
  "case link": linked,
  "case undo": (event, file, look) => undo(event, file, look, option.textIn(event.options["reason"])),
};

export function answerCase(event: CommandUsed, look: Look): readonly Effect[] {
  if (event.command === "case list") {
    const member = option.memberIn(event.options["member"]);
    return [answer(event, pageOf(event, look, member?.userId, 1), { rule: "case-list", why: "asked for cases" })];
  }
  const respond = ANSWERS[event.command];
  if (respond === undefined) return [];
  const file = fileOf(event.options["case"], look);
  return file === undefined ? missing(event, event.options["case"]) : respond(event, file, look);
}

export function fileOf(number: unknown, look: Look): CaseFile | undefined {
  return typeof number === "number" && Number.isSafeInteger(number) ? look.cases({ number })[0] : undefined;
}

export function missing(event: Use, number: unknown): readonly Effect[] {
  return refusal(event, words.say(event.interaction.locale, "wrong.case", { number: String(number) }));
}

function shown(event: Use, file: CaseFile): Effect {
  return answer(event, caseWords(file, event.interaction.locale), {
    rule: "case-view",
    why: `asked for case ${file.number}`,
  });
}

/** Nothing is overwritten: a new reason stands beside the old one. */
function added(
  event: Use,
  file: CaseFile,
  look: Look,
  entry: Parameters<typeof entryBy>[1],
  more: readonly Effect[] = [],
): readonly Effect[] {
  const told = entryBy(event, entry);
  const after = { ...file, entries: [...file.entries, told] };
  const numbers = told.to === undefined ? [file.number] : [file.number, told.to];
  return [
    write({ write: "case.add", number: file.number, entry: told }),
    ...more,
    grew(numbers, event.at, look),
    shown(event, after),
  ];
}

function linked(event: CommandUsed, file: CaseFile, look: Look): readonly Effect[] {
  const other = fileOf(event.options["other"], look);
  if (other === undefined || other.number === file.number) return missing(event, event.options["other"]);
  const back = entryBy(event, { kind: "linked", to: file.number });
  return added(event, file, look, { kind: "linked", to: other.number }, [
    write({ write: "case.add", number: other.number, entry: back }),
  ]);
}

/** Takes back what was done. What cannot be taken back in the world is taken off the member's record. */
function undo(event: CommandUsed, file: CaseFile, look: Look, why: string): readonly Effect[] {
  const { locale } = event.interaction;
  if (isUndone(file)) return refusal(event, words.say(locale, "wrong.undone", { number: file.number }));
  if (isCohort(file) && bannedBy(file, look).length === 0) return refusal(event, words.say(locale, "wrong.cohort"));
  const action = undoing(file, look);
  const less = lessOnRecord(file, look);
  if (action === undefined) return added(event, file, look, { kind: "undone", text: why }, less);
  const reversal = onBehalf(event, action, "case-undo", why, { undoes: file.number });
  return may(event, VERBS[action.verb].needs) ? [reversal, ...less, grew([file.number], event.at, look)] : [reversal];
}

export const tell = (userId: string, text: string, rule: string): Effect =>
  propose(
    { verb: "member.tell", userId, words: { text } },
    { rule, why: "the member is told what came of it", confidence: 1 },
  );
