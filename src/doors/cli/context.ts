import { type GuildStore, GuildhallError, type Store } from "#core";
import { Command } from "commander";
import type { DataFlags, HouseCommands } from "./house-commands.ts";
import { clean, type Terminal } from "./terminal.ts";

export interface Context {
  readonly house: HouseCommands;
  readonly terminal: Terminal;
  /** Set by the command that ran; read by runCli. */
  code: number;
}

export interface LeafFlags extends DataFlags {
  readonly json?: boolean;
}

export interface GuildFlags extends LeafFlags {
  readonly guild?: string;
}

/** The command was understood and its arguments were not: exit code 2. */
export class UsageError extends GuildhallError {
  constructor(message: string) {
    super("usage", message);
  }
}

/** A command that reads: every one of them has --json and --data. */
export function leaf(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--json", "print JSON")
    .option("--data <folder>", "the house's data folder");
}

export function guildLeaf(name: string, description: string): Command {
  return leaf(name, description).option("--guild <id or name>", "which guild; may be left out where there is only one");
}

/** What the command returns becomes the exit code. */
export function run<Arguments extends unknown[]>(
  context: Context,
  task: (...given: Arguments) => Promise<number>,
): (...given: Arguments) => Promise<void> {
  return async (...given) => {
    context.code = await task(...given);
  };
}

/** Opens the store for one task and closes it whatever comes of it. */
export async function withStore(
  context: Context,
  flags: DataFlags,
  task: (store: Store) => Promise<number>,
): Promise<number> {
  const store = await context.house.openStore(flags.data === undefined ? {} : { data: flags.data });
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

export async function withGuild(
  context: Context,
  flags: GuildFlags,
  task: (guild: GuildStore, store: Store) => Promise<number>,
): Promise<number> {
  return withStore(context, flags, async (store) => task(store.guild(await guildIdOf(store, flags.guild)), store));
}

async function guildIdOf(store: Store, wanted: string | undefined): Promise<string> {
  const guilds = await store.guilds();
  const list = guilds.map(({ guildId, name }) => `${clean(name)} (${guildId})`).join(", ");
  const only = guilds.length === 1 ? guilds[0] : undefined;
  if (wanted === undefined) {
    if (only !== undefined) return only.guildId;
    if (guilds.length === 0)
      throw new GuildhallError("no-guild", "this house has no guild yet: start it and invite the bot");
    throw new UsageError(`say which guild with --guild: ${list}`);
  }
  const found =
    guilds.find(({ guildId }) => guildId === wanted) ??
    guilds.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found === undefined)
    throw new GuildhallError("no-guild", `there is no guild "${wanted}" here; there is ${list || "none yet"}`);
  return found.guildId;
}

/** Data to stdout: as JSON where asked, else as text. */
export function print(context: Context, flags: LeafFlags, data: unknown, text: () => string): void {
  context.terminal.out(flags.json === true ? `${JSON.stringify(data, null, 2)}\n` : text());
}

/** Where there is nothing to list, a person is told so; a script gets its empty list. */
export function printList<Row>(
  context: Context,
  flags: LeafFlags,
  rows: readonly Row[],
  texts: { readonly none: string; readonly some: () => string },
): void {
  if (rows.length === 0 && flags.json !== true) context.terminal.err(`${texts.none}\n`);
  else print(context, flags, rows, texts.some);
}
