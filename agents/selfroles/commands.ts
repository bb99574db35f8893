import { type ButtonSpec, type CommandOption, type ModalSpec, type SlashCommand } from "#core";
import { words } from "./words.ts";

export const MOST_ROLES = 20;
export const LONGEST_TITLE = 100;
export const LONGEST_TEXT = 1_000;
/** How many of a panel's roles somebody may have, as the form offers it. */
export const LIMITS = ["any", "one", "most-2", "most-3", "most-5"] as const;
export const STYLES = ["buttons", "select", "reactions"] as const;

const spoken = (verb: "panel" | "change" | "list" | "remove") => ({
  name: `selfroles ${verb}`,
  names: words.every(`command.${verb}`),
  description: words.every(`about.${verb}`),
  needs: ["MANAGE_ROLES"] as const,
});

const number: CommandOption = {
  ...{ type: "integer", name: "number", names: words.every("option.number"), min: 1, required: true },
  ...{ description: words.every("option.number.about"), autocomplete: true },
};

export const COMMANDS: readonly SlashCommand[] = [
  {
    ...spoken("panel"),
    options: [
      {
        ...{ type: "channel", name: "channel", names: words.every("option.channel") },
        ...{ description: words.every("option.channel.about"), channels: ["text", "announcement"] },
      },
      {
        ...{ type: "role", name: "required", names: words.every("option.required") },
        description: words.every("option.required.about"),
      },
    ],
    reply: "modal",
    opens: "panel",
  },
  { ...spoken("change"), options: [number], reply: "modal", opens: "change" },
  { ...spoken("list"), options: [], reply: "ephemeral" },
  { ...spoken("remove"), options: [number], reply: "ephemeral" },
];

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "toggle", reply: "ephemeral" },
  { name: "pick", reply: "ephemeral" },
];

const choices = (prefix: "limit" | "style", values: readonly string[]) =>
  values.map((value) => ({
    name: words.every((prefix === "limit" ? `limit.${value}` : `style.${value}`) as "limit.any"),
    value,
  }));

const keep = { description: words.every("form.keep") };

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "panel", title: words.every("form.title"), reply: "ephemeral", needs: ["MANAGE_ROLES"] },
    fields: [
      {
        ...{ field: "short", name: "title", label: words.every("form.name"), required: true },
        maxLength: LONGEST_TITLE,
      },
      { field: "paragraph", name: "text", label: words.every("form.text"), maxLength: LONGEST_TEXT },
      { field: "role", name: "roles", label: words.every("form.roles"), required: true, atMost: MOST_ROLES },
      {
        ...{ field: "choice", name: "limit", label: words.every("form.limit"), required: true },
        choices: choices("limit", LIMITS),
      },
      {
        ...{ field: "choice", name: "style", label: words.every("form.style"), required: true },
        choices: choices("style", STYLES),
      },
    ],
  },
  {
    ...{ name: "change", title: words.every("form.change"), reply: "ephemeral", needs: ["MANAGE_ROLES"] },
    fields: [
      { field: "short", name: "title", label: words.every("form.name"), maxLength: LONGEST_TITLE, ...keep },
      {
        ...{ field: "paragraph", name: "text", label: words.every("form.text"), maxLength: LONGEST_TEXT },
        description: words.every("form.keep-text"),
      },
      { field: "role", name: "roles", label: words.every("form.roles"), atMost: MOST_ROLES, ...keep },
      { field: "choice", name: "limit", label: words.every("form.limit"), choices: choices("limit", LIMITS), ...keep },
    ],
  },
];
