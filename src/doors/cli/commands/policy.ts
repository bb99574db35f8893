import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { GuildhallError, type GuildStore, type OwnPolicy, type Store } from "#core";
import { Command, InvalidArgumentError } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, printList, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";
import { localIso } from "../time.ts";
import { seconds } from "./approval.ts";
import { limitNumber } from "./journal.ts";

interface WaitFlags extends GuildFlags {
  readonly wait: number;
}

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
  const set = guildLeaf("set", "choose what a YAML file says; it is checked first")
    .argument("<file>", "the file, or - for standard input")
    .option("--wait <seconds>", "how long to wait for the house to take it", seconds, 10)
    .action(run(context, (file: string, flags: WaitFlags) => choose(context, flags, () => readText(file))));
  const rollback = guildLeaf("rollback", "choose an earlier version again")
    .argument("<version>", "its number", versionNumber)
    .option("--wait <seconds>", "how long to wait for the house to take it", seconds, 10)
    .action(run(context, (version: number, flags: WaitFlags) => choose(context, flags, earlier(version))));
  return new Command("policy")
    .description("what a guild chose")
    .addCommand(show)
    .addCommand(set)
    .addCommand(history)
    .addCommand(rollback);
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

async function choose(
  context: Context,
  flags: WaitFlags,
  read: (guild: GuildStore) => string | Promise<string>,
): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const document = await read(guild);
    await context.house.checkPolicy(guild.guildId, document);
    const basedOn = (await guild.policies(1))[0]?.version ?? 0;
    await handIn(context, store, guild.guildId, document, basedOn);
    const version = await taken(guild, basedOn, flags.wait);
    print(context, flags, { version: version ?? null }, () =>
      version === undefined ? "stored, not yet taken\n" : `version ${version} holds from now on\n`,
    );
    if (version !== undefined) return EXIT.ok;
    context.terminal.err("The house has not taken it yet; it does as soon as it runs.\n");
    return EXIT.partly;
  });
}

async function handIn(context: Context, store: Store, guildId: string, document: string, basedOn: number) {
  await store.inbox.put({
    ...{ id: `cli:${randomUUID()}`, guildId, at: context.house.clock.now(), kind: "policy.chosen" },
    ...{ document, basedOn, by: `terminal:${context.terminal.user}` },
  });
}

const LOOK_EVERY_MS = 200;

async function taken(guild: GuildStore, basedOn: number, waitSeconds: number): Promise<number | undefined> {
  for (let waited = 0; waited <= waitSeconds * 1_000; waited += LOOK_EVERY_MS) {
    const version = (await guild.policies(1))[0]?.version ?? 0;
    if (version > basedOn) return version;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return undefined;
}
