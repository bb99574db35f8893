import { TICKET_PRIORITIES, type ButtonSpec, type CommandOption, type CommandSpec, type ModalSpec } from "#core";
import { HANDLING_COMMANDS } from "./handling.ts";
import { RECORD_BUTTONS, RECORD_COMMANDS, RECORD_MODALS } from "./record-commands.ts";
import { words } from "./words.ts";

const spoken = (verb: Verb) => ({
  name: `ticket ${verb}`,
  description: words.every(`command.${verb}`),
  reply: "ephemeral" as const,
});
type Verb =
  "panel" | "open" | "close" | "reopen" | "claim" | "unclaim" | "transfer" | "add" | "remove" | "priority" | "list";

const member: CommandOption = {
  ...{ type: "member", name: "member", description: words.every("option.member"), required: true },
};
const number: CommandOption = { type: "integer", name: "number", description: words.every("option.number"), min: 1 };

export const COMMANDS: readonly CommandSpec[] = [
  {
    ...{ ...spoken("panel"), needs: ["MANAGE_GUILD"], cooldown: { guildSeconds: 5 } },
    options: [{ type: "channel", name: "channel", description: words.every("option.channel"), channels: ["text"] }],
  },
  { ...spoken("open"), options: [] },
  {
    ...spoken("close"),
    options: [{ type: "text", name: "reason", description: words.every("option.reason"), maxLength: 300 }, number],
  },
  { ...spoken("reopen"), options: [number] },
  { ...spoken("claim"), options: [number] },
  { ...spoken("unclaim"), options: [number] },
  { ...spoken("transfer"), options: [member, number] },
  { ...spoken("add"), options: [member, number] },
  { ...spoken("remove"), options: [member, number] },
  {
    ...spoken("priority"),
    options: [
      {
        ...{ type: "text", name: "priority", description: words.every("option.priority"), required: true },
        choices: TICKET_PRIORITIES.map((value) => ({ name: words.every(`priority.${value}`), value })),
      },
      number,
    ],
  },
  { ...spoken("list"), options: [] },
  ...HANDLING_COMMANDS,
  ...RECORD_COMMANDS,
];

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "open", reply: "modal", opens: "form" },
  { name: "claim", reply: "update" },
  { name: "unclaim", reply: "update" },
  { name: "close", reply: "ephemeral" },
  { name: "confirm", reply: "update" },
  { name: "reopen", reply: "ephemeral" },
  { name: "rate", reply: "modal", opens: "rate" },
  ...RECORD_BUTTONS,
];

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "form", title: words.every("form.title"), reply: "ephemeral", cooldown: { memberSeconds: 5 } },
    fields: [
      {
        ...{ field: "short", name: "subject", label: words.every("form.subject"), required: true },
        ...{ minLength: 3, maxLength: 80 },
      },
      {
        ...{ field: "paragraph", name: "details", label: words.every("form.details"), required: true },
        ...{ placeholder: words.every("form.details.hint"), maxLength: 1_500 },
      },
    ],
  },
  {
    ...{ name: "rate", title: words.every("form.rate"), reply: "ephemeral" },
    fields: [{ field: "paragraph", name: "comment", label: words.every("form.comment"), maxLength: 1_000 }],
  },
  ...RECORD_MODALS,
];
