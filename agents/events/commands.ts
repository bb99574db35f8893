import { type ButtonSpec, type Choice, type CommandOption, type CommandSpec, type ModalSpec } from "#core";
import { REPEATS } from "#core/calendar/index";
import { words } from "./words.ts";

type Verb =
  | "create"
  | "plan"
  | "list"
  | "show"
  | "edit"
  | "cancel"
  | "cohost"
  | "attendance"
  | "export"
  | "remind"
  | "timezone"
  | "calendar";

const spoken = (verb: Verb) => ({
  name: `event ${verb}`,
  description: words.every(`command.${verb}`),
  reply: "ephemeral" as const,
});

const text = (name: TextOption, maxLength: number, required = false) =>
  ({ type: "text", name, description: words.every(`option.${name}`), maxLength, required }) as const;
type TextOption = "title" | "when" | "location" | "about" | "duration" | "zone";

const number = {
  ...{ type: "integer", name: "number", description: words.every("option.number") },
  ...{ min: 1, required: true, autocomplete: true },
} as const satisfies CommandOption;
const channel: CommandOption = { type: "channel", name: "channel", description: words.every("option.channel") };
const capacity: CommandOption = {
  ...{ type: "integer", name: "capacity", description: words.every("option.capacity"), min: 0, max: 100_000 },
};
const following: CommandOption = { type: "boolean", name: "following", description: words.every("option.following") };
const member: CommandOption = {
  type: "member",
  name: "member",
  description: words.every("option.member"),
  required: true,
};

/** What an event can repeat by in one word; an RRULE can be written instead. */
export const REPEAT_CHOICES: readonly Choice[] = REPEATS.map((value) => ({
  name: words.every(`repeat.${value}`),
  value,
}));

export const COMMANDS: readonly CommandSpec[] = [
  { ...spoken("create"), reply: "modal", opens: "create", options: [] },
  {
    ...{ ...spoken("plan"), cooldown: { memberSeconds: 3 } },
    options: [
      ...[text("title", 100, true), text("when", 100, true), channel, text("location", 100), text("about", 1_000)],
      ...[text("duration", 30), capacity],
      { type: "text", name: "repeat", description: words.every("option.repeat"), maxLength: 200, autocomplete: true },
      { type: "role", name: "role", description: words.every("option.role") },
      {
        type: "channel",
        name: "announce",
        description: words.every("option.announce"),
        channels: ["text", "announcement", "thread"],
      },
    ],
  },
  { ...spoken("list"), options: [] },
  { ...spoken("show"), options: [number] },
  {
    ...spoken("edit"),
    options: [
      ...[number, text("title", 100), text("when", 100), text("duration", 30), channel, text("location", 100)],
      ...[text("about", 1_000), capacity, following],
    ],
  },
  { ...spoken("cancel"), options: [number, following] },
  { ...spoken("cohost"), options: [number, member] },
  { ...spoken("attendance"), options: [number] },
  { ...spoken("export"), options: [number] },
  {
    ...spoken("remind"),
    options: [
      number,
      {
        ...{ type: "integer", name: "minutes", description: words.every("option.minutes") },
        ...{ min: 0, max: 10_080, required: true },
      },
    ],
  },
  { ...spoken("timezone"), options: [{ ...text("zone", 60, true), autocomplete: true }] },
  {
    ...spoken("calendar"),
    options: [
      {
        ...{ type: "text", name: "whose", description: words.every("option.whose") },
        choices: (["mine", "guild"] as const).map((value) => ({ name: words.every(`whose.${value}`), value })),
      },
      { type: "boolean", name: "reset", description: words.every("option.reset") },
    ],
  },
];

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "going", reply: "ephemeral" },
  { name: "maybe", reply: "ephemeral" },
  { name: "no", reply: "ephemeral" },
  { name: "file", reply: "ephemeral" },
  { name: "post", reply: "ephemeral" },
  { name: "more", reply: "modal", opens: "more" },
  { name: "drop", reply: "ephemeral" },
  { name: "zone", reply: "ephemeral" },
];

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "create", title: words.every("form.title"), reply: "ephemeral" },
    fields: [
      { name: "title", field: "short", label: words.every("option.title"), maxLength: 100, required: true },
      {
        ...{ name: "when", field: "short", label: words.every("option.when"), maxLength: 100, required: true },
        placeholder: words.every("form.when.hint"),
      },
      { name: "channel", field: "channel", label: words.every("option.channel"), atMost: 1 },
      { name: "location", field: "short", label: words.every("option.location"), maxLength: 100 },
      { name: "about", field: "paragraph", label: words.every("option.about"), maxLength: 1_000 },
    ],
  },
  {
    ...{ name: "more", title: words.every("form.title"), reply: "ephemeral" },
    fields: [
      { name: "duration", field: "short", label: words.every("option.duration"), maxLength: 30 },
      { name: "capacity", field: "short", label: words.every("option.capacity"), maxLength: 6 },
      { name: "repeat", field: "choice", label: words.every("option.repeat"), choices: REPEAT_CHOICES, atMost: 1 },
      { name: "going", field: "role", label: words.every("option.role"), atMost: 1 },
      { name: "maybe", field: "role", label: words.every("option.role-maybe"), atMost: 1 },
    ],
  },
];

/** Asked of whoever has named none: one for nearly every clock there is. All others are found by `/event timezone`. */
export const ZONE_CHOICES = [
  ...["Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York"],
  ...["America/Bogota", "America/Santiago", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "UTC"],
  ...["Europe/London", "Europe/Lisbon", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Athens"],
  ...["Africa/Lagos", "Europe/Moscow", "Asia/Dubai", "Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai"],
  ...["Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"],
] as const;
