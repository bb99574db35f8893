import { randomUUID } from "node:crypto";
import { GuildhallError, type GuildStore, heavyRuleLine, type Store } from "#core";
import type { Command } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { seconds } from "./approval.ts";
import { watched } from "./replay.ts";

export interface ChooseFlags extends GuildFlags {
  readonly wait: number;
  readonly yes?: boolean;
}

/** A command that chooses: it checks, weighs, hands in, and waits until the house has taken it. */
export function choosing(name: string, description: string): Command {
  return guildLeaf(name, description)
    .option("--yes", "also where a rule would have hit many of the last day's messages")
    .option("--wait <seconds>", "how long to wait for the house to take it", seconds, 10);
}

/** What the guild chooses, made of what it chose so far. */
export type Choosing = (guild: GuildStore, before: string) => string | Promise<string>;

export async function choose(context: Context, flags: ChooseFlags, make: Choosing): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const [own] = await guild.policies(1);
    const document = await make(guild, own?.document ?? "");
    await context.house.checkPolicy(guild.guildId, document);
    if (flags.yes !== true) await refuseHeavy(context, store, guild.guildId, document);
    const basedOn = own?.version ?? 0;
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

async function refuseHeavy(context: Context, store: Store, guildId: string, document: string): Promise<void> {
  const { messages, heavy } = await watched(context, "events", (progress) =>
    context.house.weighPolicy(store, guildId, document, progress),
  );
  if (heavy.length === 0) return;
  const lines = heavy.map((rule) => heavyRuleLine(rule, messages)).join("; ");
  throw new GuildhallError("hits-many", `${lines}: nothing was chosen; add --yes if that is meant`);
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
