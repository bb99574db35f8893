import { readFileSync } from "node:fs";
import { GuildhallError, type GuildStore, type OwnPolicy, type PolicyPreset, spokenIn } from "#core";
import { Command, InvalidArgumentError } from "commander";
import {
  type Context,
  type GuildFlags,
  guildLeaf,
  leaf,
  type LeafFlags,
  print,
  printList,
  run,
  UsageError,
  withGuild,
} from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";
import { localIso } from "../time.ts";
import { limitNumber } from "./journal.ts";
import { choose, type ChooseFlags, choosing } from "./policy-choose.ts";

/** More than anybody chooses by hand. */
const EVERY_VERSION = 100_000;

const COLUMNS = [
  { title: "VERSION", cell: (policy: OwnPolicy) => String(policy.version), right: true },
  { title: "CHOSEN", cell: (policy: OwnPolicy) => localIso(policy.at) },
  { title: "BY", cell: (policy: OwnPolicy) => policy.by },
  { title: "LINES", cell: (policy: OwnPolicy) => String(policy.document.trimEnd().split("\n").length), right: true },
];

/** A guild's own choices where they are kept in the store; a file in config/guilds goes before them. */
export function policyCommand(context: Context): Command {
  const show = guildLeaf("show", "the guild's own choices, as YAML").action(
    run(context, (flags: GuildFlags) => showPolicy(context, flags)),
  );
  const history = guildLeaf("history", "every version that was chosen")
    .option("--limit <number>", "how many", limitNumber, 30)
    .action(run(context, (flags: GuildFlags & { limit: number }) => listVersions(context, flags)));
  const set = choosing("set", "choose what a YAML file says; it is checked first")
    .argument("<file>", "the file, or - for standard input")
    .action(run(context, (file: string, flags: ChooseFlags) => choose(context, flags, () => readText(file))));
  const rollback = choosing("rollback", "choose an earlier version again")
    .argument("<version>", "its number", versionNumber)
    .action(run(context, (version: number, flags: ChooseFlags) => choose(context, flags, earlier(version))));
  const use = choosing("use", "start from a preset; what the guild chose beside it stays")
    .argument("<preset>", "its name, or `default` for none")
    .action(run(context, (name: string, flags: ChooseFlags) => choose(context, flags, startingFrom(context, name))));
  const presets = leaf("presets", "what a guild may start from").action(
    run(context, (flags: LeafFlags) => listPresets(context, flags)),
  );
  return new Command("policy")
    .description("what a guild chose")
    .addCommand(show)
    .addCommand(set)
    .addCommand(presets)
    .addCommand(use)
    .addCommand(history)
    .addCommand(rollback);
}

const PRESET_COLUMNS = [
  { title: "PRESET", cell: (preset: PolicyPreset) => preset.name },
  { title: "FOR", cell: ({ title }: PolicyPreset) => spokenIn(title, "en") },
  { title: "ABOUT", cell: ({ about }: PolicyPreset) => spokenIn(about, "en"), shrinks: true },
];

async function listPresets(context: Context, flags: LeafFlags): Promise<number> {
  const presets = await context.house.presets();
  printList(context, flags, presets, {
    none: "There are no presets: put a YAML file into config/presets.",
    some: () => table(context.terminal, PRESET_COLUMNS, presets),
  });
  return EXIT.ok;
}

/** A name that is none is told by the check that follows, with the nearest one that is. */
function startingFrom(context: Context, name: string) {
  const change = name === "default" ? { path: ["preset"] } : { path: ["preset"], value: name };
  return (_guild: GuildStore, before: string): Promise<string> => context.house.amendPolicy(before, [change]);
}

function versionNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("A version is a number, like 3.");
  return number;
}

function readText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new UsageError(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}

function earlier(version: number) {
  return async (guild: GuildStore): Promise<string> => {
    const found = (await guild.policies(EVERY_VERSION)).find((policy) => policy.version === version);
    if (found === undefined) throw new GuildhallError("not-found", `there is no version ${version} of these choices`);
    return found.document;
  };
}

async function showPolicy(context: Context, flags: GuildFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const [own] = await guild.policies(1);
    if (own === undefined && flags.json !== true)
      context.terminal.err("This guild chose nothing of its own: what default.yaml says holds.\n");
    else print(context, flags, own ?? null, () => own!.document);
    return EXIT.ok;
  });
}

async function listVersions(context: Context, flags: GuildFlags & { limit: number }): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const versions = await guild.policies(flags.limit);
    printList(context, flags, versions, {
      none: "This guild chose nothing of its own.",
      some: () => table(context.terminal, COLUMNS, versions),
    });
    return EXIT.ok;
  });
}
