import type { ButtonSpec, CommandOption, CommandSpec, ModalField, ModalSpec, PermissionName } from "#core";
import { LONGEST_ASK, LONGEST_TEXT } from "#core/knowledge/file";
import { words } from "./words.ts";

const STAFF: readonly PermissionName[] = ["MANAGE_MESSAGES"];

const name = (command: string) => ({ name: command });
const entry: CommandOption = {
  ...{ type: "text", name: "entry", description: words.every("option.entry"), required: true },
  autocomplete: true,
};
const optional = (option: "question" | "answer" | "also", maxLength: number): CommandOption => ({
  ...{ type: "text", name: option, description: words.every(`option.${option}`), maxLength },
});

export const COMMANDS: readonly CommandSpec[] = [
  {
    ...name("ask"),
    description: words.every("command.ask"),
    reply: "ephemeral",
    cooldown: { memberSeconds: 3 },
    options: [
      {
        ...{ type: "text", name: "question", description: words.every("option.ask") },
        ...{ required: true, minLength: 3, maxLength: 500 },
      },
    ],
  },
  {
    ...name("faq add"),
    description: words.every("command.add"),
    needs: STAFF,
    reply: "modal",
    opens: "entry",
    options: [],
  },
  {
    ...name("faq edit"),
    ...{ description: words.every("command.edit"), needs: STAFF, reply: "ephemeral" },
    options: [
      entry,
      optional("question", LONGEST_ASK),
      optional("answer", LONGEST_TEXT),
      optional("also", LONGEST_ASK),
    ],
  },
  {
    ...name("faq remove"),
    description: words.every("command.remove"),
    needs: STAFF,
    reply: "ephemeral",
    options: [entry],
  },
  {
    ...name("faq list"),
    ...{ description: words.every("command.list"), needs: STAFF, reply: "ephemeral" },
    options: [{ type: "text", name: "search", description: words.every("option.search"), maxLength: 200 }],
  },
  {
    ...name("faq import"),
    ...{ description: words.every("command.import"), needs: STAFF, reply: "ephemeral" },
    options: [{ type: "attachment", name: "file", description: words.every("option.file"), required: true }],
  },
  { ...name("faq gaps"), description: words.every("command.gaps"), needs: STAFF, reply: "ephemeral", options: [] },
  { ...name("consent give"), description: words.every("command.give"), reply: "ephemeral", options: [] },
  { ...name("consent revoke"), description: words.every("command.revoke"), reply: "ephemeral", options: [] },
  { ...name("consent show"), description: words.every("command.show"), reply: "ephemeral", options: [] },
  { ...name("Use in FAQ"), names: words.every("menu.take"), on: "message", needs: STAFF, reply: "ephemeral" },
];

export const BUTTONS: readonly ButtonSpec[] = [
  { ...name("helpful"), reply: "ephemeral" },
  { ...name("unhelpful"), reply: "ephemeral" },
  { ...name("human"), reply: "ephemeral", cooldown: { memberSeconds: 60 } },
  { ...name("send"), needs: STAFF, reply: "ephemeral" },
  { ...name("agree"), reply: "ephemeral" },
  { ...name("decline"), reply: "ephemeral" },
  { ...name("page"), needs: STAFF, reply: "update" },
  { ...name("gap"), needs: STAFF, reply: "ephemeral" },
  { ...name("fill"), needs: STAFF, reply: "modal", opens: "fill" },
  { ...name("take"), needs: STAFF, reply: "ephemeral" },
  { ...name("join"), needs: STAFF, reply: "ephemeral" },
  { ...name("dismiss"), needs: STAFF, reply: "ephemeral" },
];

const answerField: ModalField = {
  field: "paragraph",
  ...{ name: "answer", label: words.every("field.answer"), required: true, maxLength: LONGEST_TEXT },
};

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "entry", title: words.every("form.entry"), needs: STAFF, reply: "ephemeral" },
    fields: [
      {
        field: "short",
        name: "question",
        label: words.every("field.question"),
        required: true,
        maxLength: LONGEST_ASK,
      },
      answerField,
      { field: "paragraph", name: "also", label: words.every("field.also"), maxLength: 1_000 },
    ],
  },
  { name: "fill", title: words.every("form.fill"), needs: STAFF, reply: "ephemeral", fields: [answerField] },
];
