import type { ButtonSpec, CommandOption, CommandSpec, ModalField, ModalSpec } from "#core";
import { LONGEST_NAME, LONGEST_REPLY } from "./canned.ts";
import { LONGEST_DAYS } from "./stats.ts";
import { words } from "./words.ts";

type Verb = "transcript" | "stats" | "reply" | "draft" | "summary";
type RepliesVerb = "add" | "edit" | "remove" | "list";

const spoken = (verb: Verb) => ({
  name: `ticket ${verb}`,
  description: words.every(`command.${verb}`),
  reply: "ephemeral" as const,
});
const replies = (verb: RepliesVerb) => ({
  name: `ticket-replies ${verb}`,
  description: words.every(`command.replies-${verb}`),
  needs: ["MANAGE_GUILD" as const],
});

const number: CommandOption = { type: "integer", name: "number", description: words.every("option.number"), min: 1 };
const reply: CommandOption = {
  ...{ type: "text", name: "reply", description: words.every("option.reply"), required: true },
  ...{ maxLength: LONGEST_NAME, autocomplete: true },
};
const days: CommandOption = {
  ...{ type: "integer", name: "days", description: words.every("option.days"), min: 1, max: LONGEST_DAYS },
};

/** What is about the record of tickets, and what helps to answer them. A model is asked at most every few seconds. */
export const RECORD_COMMANDS: readonly CommandSpec[] = [
  { ...spoken("transcript"), cooldown: { memberSeconds: 5 }, options: [number] },
  { ...spoken("stats"), cooldown: { memberSeconds: 5 }, options: [days] },
  { ...spoken("reply"), options: [reply, number] },
  { ...spoken("draft"), cooldown: { memberSeconds: 10 }, options: [number] },
  { ...spoken("summary"), cooldown: { memberSeconds: 10 }, options: [number] },
  { ...replies("add"), reply: "modal", opens: "reply-add", options: [] },
  { ...replies("edit"), reply: "modal", opens: "reply-edit", options: [] },
  { ...replies("remove"), reply: "ephemeral", options: [reply] },
  { ...replies("list"), reply: "ephemeral", options: [] },
];

export const RECORD_BUTTONS: readonly ButtonSpec[] = [
  { name: "transcript", reply: "ephemeral", cooldown: { memberSeconds: 5 } },
  { name: "send", reply: "update" },
];

const replyFields: readonly ModalField[] = [
  {
    ...{ field: "short", name: "name", label: words.every("form.reply-name"), required: true },
    maxLength: LONGEST_NAME,
  },
  {
    ...{ field: "paragraph", name: "text", label: words.every("form.reply-text"), required: true },
    ...{ placeholder: words.every("form.reply-hint"), maxLength: LONGEST_REPLY },
  },
  { field: "short", name: "types", label: words.every("form.reply-types"), maxLength: 200 },
];

export const RECORD_MODALS: readonly ModalSpec[] = [
  { name: "reply-add", title: words.every("form.reply-add"), reply: "ephemeral", fields: replyFields },
  { name: "reply-edit", title: words.every("form.reply-edit"), reply: "ephemeral", fields: replyFields },
];
