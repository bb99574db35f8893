import { BOARD_WINDOWS, type ButtonSpec, type CommandOption, type SlashCommand } from "#core";
import { words } from "./words.ts";

/** More than anybody has; a slip of the hand must not make numbers nobody can read. */
export const MOST_POINTS = 100_000_000;

const member = {
  name: "member",
  names: words.every("option.member"),
  description: words.every("option.member.about"),
  type: "member",
} as const satisfies CommandOption;

const points = {
  name: "points",
  names: words.every("option.points"),
  description: words.every("option.points.about"),
  type: "integer",
  min: 0,
  max: MOST_POINTS,
  required: true,
} as const satisfies CommandOption;

const window = {
  name: "window",
  names: words.every("option.window"),
  description: words.every("option.window.about"),
  type: "text",
  choices: BOARD_WINDOWS.map((value) => ({ name: words.every(`window.${value}`), value })),
} as const satisfies CommandOption;

const shown = {
  name: "shown",
  names: words.every("option.shown"),
  description: words.every("option.shown.about"),
  type: "boolean",
  required: true,
} as const satisfies CommandOption;

const file = {
  name: "file",
  names: words.every("option.file"),
  description: words.every("option.file.about"),
  type: "attachment",
  required: true,
} as const satisfies CommandOption;

const mode = {
  name: "mode",
  names: words.every("option.mode"),
  description: words.every("option.mode.about"),
  type: "text",
  required: true,
  choices: (["set", "add"] as const).map((value) => ({ name: words.every(`mode.${value}`), value })),
} as const satisfies CommandOption;

const staff = (verb: "give" | "take" | "set"): SlashCommand => ({
  name: `xp ${verb}`,
  names: words.every(`command.xp.${verb}`),
  description: words.every(`about.xp.${verb}`),
  options: [{ ...member, required: true }, points],
  needs: ["MANAGE_GUILD"],
  reply: "ephemeral",
});

export const COMMANDS: readonly SlashCommand[] = [
  {
    name: "rank",
    names: words.every("command.rank"),
    description: words.every("command.rank.about"),
    options: [member],
    cooldown: { memberSeconds: 5 },
    reply: "public",
  },
  {
    name: "leaderboard view",
    names: words.every("command.leaderboard-view"),
    description: words.every("command.leaderboard-view.about"),
    options: [window],
    cooldown: { memberSeconds: 5 },
    reply: "public",
  },
  {
    name: "leaderboard me",
    names: words.every("command.leaderboard-me"),
    description: words.every("command.leaderboard-me.about"),
    options: [shown],
    cooldown: { memberSeconds: 60 },
    reply: "ephemeral",
  },
  {
    name: "achievements",
    names: words.every("command.achievements"),
    description: words.every("command.achievements.about"),
    options: [member],
    cooldown: { memberSeconds: 5 },
    reply: "ephemeral",
  },
  {
    name: "thank",
    names: words.every("command.thank"),
    description: words.every("command.thank.about"),
    options: [{ ...member, description: words.every("option.thanked.about"), required: true }],
    reply: "public",
  },
  staff("give"),
  staff("take"),
  staff("set"),
  {
    name: "xp import",
    names: words.every("command.xp.import"),
    description: words.every("about.xp.import"),
    options: [file, mode],
    needs: ["MANAGE_GUILD"],
    cooldown: { memberSeconds: 10 },
    reply: "ephemeral",
  },
];

/** Tabs and pages of a leaderboard: whose it is stands in the custom id, and nobody else turns it. */
export const BUTTONS: readonly ButtonSpec[] = [
  { name: "tab", reply: "update" },
  { name: "first", reply: "update" },
  { name: "previous", reply: "update" },
  { name: "next", reply: "update" },
  { name: "last", reply: "update" },
  { name: "import-go", reply: "update" },
  { name: "import-stop", reply: "update" },
];
