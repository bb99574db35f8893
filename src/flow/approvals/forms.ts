import { type Declared, type Modification, parseCustomId, readPress, type Press } from "#core";
import { minutesIn } from "./modify.ts";
import { spoken } from "./words.ts";

const NAME = "ap";
const LONGEST_REASON = 300;

/** Which buttons are on a card in Discord and which forms they open, said in the words in which agents say it. */
export const CARD_FORMS: Declared = {
  name: NAME,
  buttons: [
    ...["a", "e", "b", "d", "o"].map((name) => ({ name, reply: "update" as const })),
    { name: "r", reply: "modal", opens: "reject" },
    { name: "m", reply: "modal", opens: "modify" },
  ],
  modals: [
    {
      ...{ name: "reject", title: spoken("form.reject"), reply: "ephemeral" },
      fields: [
        {
          ...{ name: "reason", field: "paragraph", maxLength: LONGEST_REASON },
          ...{ label: spoken("form.why"), description: spoken("form.why.about") },
        },
      ],
    },
    {
      ...{ name: "modify", title: spoken("form.modify"), reply: "ephemeral" },
      fields: [
        {
          ...{ name: "action", field: "choice" },
          ...{ label: spoken("form.action"), description: spoken("form.action.about") },
          choices: [
            { name: spoken("option.kick"), value: "member.kick" },
            { name: spoken("form.timeout"), value: "member.timeout" },
            { name: spoken("option.warn"), value: "member.warn" },
          ],
        },
        {
          ...{ name: "length", field: "short", maxLength: 8, placeholder: "2h" },
          ...{ label: spoken("form.length"), description: spoken("form.length.about") },
        },
        {
          ...{ name: "reason", field: "paragraph", maxLength: LONGEST_REASON },
          ...{ label: spoken("form.reason"), description: spoken("form.reason.about") },
        },
      ],
    },
  ],
};

interface Used<T> {
  readonly approvalId: string;
  readonly said: T;
}

/** What a button of a card says; `form`: it has opened one, and what counts is that it is sent. */
export function pressOn(customId: string): Used<Press | "form"> | undefined {
  const id = parseCustomId(customId);
  const [approvalId, ...args] = id?.args ?? [];
  if (id?.agent !== NAME || approvalId === undefined) return undefined;
  const press = readPress([id.name, ...args].join("."));
  if (press === undefined) return undefined;
  return { approvalId, said: id.name === "r" || id.name === "m" ? "form" : press };
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

export type Filled =
  | { readonly answer: "reject"; readonly note: string }
  | { readonly answer: "modify"; readonly modification: Modification }
  /** A length nobody can read. */
  | { readonly answer: "unreadable" };

export function formOn(customId: string, fields: Fields): Used<Filled> | undefined {
  const id = parseCustomId(customId);
  const [approvalId] = id?.args ?? [];
  if (id?.agent !== NAME || approvalId === undefined) return undefined;
  if (id.name === "reject") return { approvalId, said: { answer: "reject", note: writtenIn(fields, "reason") } };
  return id.name === "modify" ? { approvalId, said: changeIn(fields) } : undefined;
}

const VERBS = ["member.kick", "member.timeout", "member.warn"] as const;

function changeIn(fields: Fields): Filled {
  const length = writtenIn(fields, "length").replaceAll(/\s/g, "");
  const minutes = minutesIn(length);
  if (length !== "" && minutes === undefined) return { answer: "unreadable" };
  const reason = writtenIn(fields, "reason");
  const chosen = VERBS.find((verb) => fields["action"]?.includes(verb));
  const verb = chosen ?? (minutes === undefined ? undefined : "member.timeout");
  const modification = {
    ...(verb === undefined ? {} : { verb }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(reason === "" ? {} : { reason }),
  };
  return { answer: "modify", modification };
}

function writtenIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value.trim() : "";
}
