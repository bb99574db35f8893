import type { EventOf, FormOpening, ModalField, Ticket } from "#core";
import { excerpt, plain } from "#core/text/index";
import type { Config, TicketType } from "./config.ts";
import { LONGEST_ANSWER, LONGEST_SHORT } from "./question-config.ts";
import { typeOf } from "./staff.ts";

/** The fields of the form that is being opened; undefined for the one every type has. */
export function formFields({ form, args }: FormOpening, config: Config): readonly ModalField[] | undefined {
  if (form !== "form") return undefined;
  return typeOf(args[0] ?? "", config)?.questions?.map(
    ({ id, label, about, placeholder, long, required, min, max }) => ({
      ...{ field: long ? "paragraph" : "short", name: id, label, required },
      ...(about !== undefined && { description: about }),
      ...(placeholder !== undefined && { placeholder }),
      ...(min !== undefined && min > 0 && { minLength: min }),
      maxLength: max ?? (long ? LONGEST_ANSWER : LONGEST_SHORT),
    }),
  );
}

type Fields = EventOf<"modal.submitted">["fields"];

/**
 * What the form said. A form that was open while the guild changed its questions is taken as it was filled in: nothing that
 * somebody wrote is lost for it, and who could say nothing is named by the type.
 */
export function saidIn(fields: Fields, type: TicketType, label: string): Ticket["said"] {
  const answers = (type.questions ?? [])
    .map((one) => ({ label: one.label, text: excerpt(fieldOf(fields, one.id), LONGEST_ANSWER) }))
    .filter(({ text }) => text !== "");
  const [subject, details] = [fieldOf(fields, "subject"), fieldOf(fields, "details")];
  if (answers.length === 0) {
    const left = Object.keys(fields)
      .map((name) => fieldOf(fields, name))
      .filter((text) => text !== "");
    const text = subject === "" && details === "" ? left.join("\n") : details;
    return { title: excerpt(firstLine(subject === "" ? (left[0] ?? label) : subject), 80), text: excerpt(text, 1_500) };
  }
  return { title: excerpt(firstLine(answers[0]!.text), 80), text: "", answers };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}

function fieldOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value.trim() : "";
}

/** Members' words are no markup, and every line of theirs is marked as theirs. */
export function quoted(text: string): string {
  return text === ""
    ? ""
    : plain(text)
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n");
}

/** So much of a card is left for what the form said: Discord takes 4,096 characters in all. */
const ROOM = 3_000;

/** The form's answers under their questions: whole where there is room for that, otherwise each cut alike. */
export function saidText({ text, answers }: Ticket["said"]): string {
  if (answers === undefined) return quoted(text);
  const cut = (longest: number) =>
    answers.map((one) => `**${plain(one.label)}**\n${quoted(excerpt(one.text, longest))}`).join("\n");
  return [LONGEST_ANSWER, 600, 400, 250, 120].map(cut).find((whole) => whole.length <= ROOM) ?? cut(60);
}
