import { type ButtonSpec, type CommandOption, type ModalField, type ModalSpec, type SlashCommand } from "#core";
import { REPEATS } from "#core/calendar/recurrence";
import { LONGEST_TEXT, LONGEST_TITLE } from "./checking.ts";
import { words } from "./words.ts";

export const LONGEST_TOPIC = 500;

const spoken = (verb: "new" | "draft" | "list" | "edit" | "correct" | "cancel") => ({
  name: `announce ${verb}`,
  names: words.every(`command.${verb}`),
  description: words.every(`about.${verb}`),
  needs: ["MANAGE_MESSAGES"] as const,
});

const number: CommandOption = {
  ...{ type: "integer", name: "number", names: words.every("option.number") },
  ...{ description: words.every("option.number.about"), required: true, min: 1, autocomplete: true },
};

export const COMMANDS: readonly SlashCommand[] = [
  {
    ...spoken("new"),
    options: [
      {
        ...{ type: "role", name: "call", names: words.every("option.call") },
        description: words.every("option.call.about"),
      },
      {
        ...{ type: "boolean", name: "crosspost", names: words.every("option.crosspost") },
        description: words.every("option.crosspost.about"),
      },
    ],
    reply: "modal",
    opens: "compose",
  },
  {
    ...spoken("draft"),
    options: [
      {
        ...{ type: "text", name: "topic", names: words.every("option.topic"), required: true },
        ...{ description: words.every("option.topic.about"), minLength: 3, maxLength: LONGEST_TOPIC },
      },
    ],
    reply: "ephemeral",
    cooldown: { memberSeconds: 10 },
  },
  { ...spoken("list"), options: [], reply: "ephemeral" },
  { ...spoken("edit"), options: [number], reply: "ephemeral" },
  { ...spoken("correct"), options: [number], reply: "ephemeral" },
  { ...spoken("cancel"), options: [number], reply: "ephemeral" },
];

const needs = ["MANAGE_MESSAGES"] as const;

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "pick", reply: "update", needs },
  { name: "send", reply: "update", needs },
  { name: "cross", reply: "update", needs },
  { name: "discard", reply: "update", needs },
  { name: "reword", reply: "modal", opens: "reword", needs },
  { name: "retime", reply: "modal", opens: "retime", needs },
  { name: "approve", reply: "update", needs },
  { name: "reject", reply: "update", needs },
];

const title: ModalField = {
  ...{ field: "short", name: "title", label: words.every("form.title"), maxLength: LONGEST_TITLE },
};
const text: ModalField = {
  ...{ field: "paragraph", name: "text", label: words.every("form.text"), maxLength: LONGEST_TEXT },
};
const when: ModalField = {
  ...{ field: "short", name: "when", label: words.every("form.when"), maxLength: 100 },
  ...{ placeholder: words.every("form.when.hint"), description: words.every("form.when.about") },
};
const repeat: ModalField = {
  ...{ field: "choice", name: "repeat", label: words.every("form.repeat") },
  choices: REPEATS.map((value) => ({ name: words.every(`repeat.${value}`), value })),
};

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "compose", title: words.every("form.compose"), reply: "ephemeral", needs },
    fields: [
      title,
      { ...text, required: true },
      {
        ...{ field: "channel", name: "channels", label: words.every("form.channels"), required: true, atMost: 10 },
      },
      when,
      repeat,
    ],
  },
  {
    ...{ name: "reword", title: words.every("form.reword"), reply: "update", needs },
    fields: [
      { ...title, description: words.every("form.keep") },
      { ...text, description: words.every("form.keep") },
      {
        ...{ field: "short", name: "picture", label: words.every("form.picture"), maxLength: 1_000 },
        ...{ description: words.every("form.picture.about"), placeholder: "https://" },
      },
    ],
  },
  {
    ...{ name: "retime", title: words.every("form.retime"), reply: "update", needs },
    fields: [
      when,
      repeat,
      {
        ...{ field: "short", name: "rule", label: words.every("form.rule"), maxLength: 200 },
        placeholder: "FREQ=MONTHLY;BYDAY=1FR",
      },
    ],
  },
];
