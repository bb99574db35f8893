import { randomUUID } from "node:crypto";
import type { ErasureReceipt, GuildStore, Store } from "#core";
import { Command, InvalidArgumentError } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { seconds } from "./approval.ts";

interface EraseFlags extends GuildFlags {
  readonly yes?: boolean;
  readonly wait: number;
}

/** What belongs to one member of a guild. */
export function memberCommand(context: Context): Command {
  const erase = guildLeaf("erase", "take a member's name, id and words out of all that is kept of a guild")
    .argument("<id>", "the member's id", memberId)
    .option("--yes", "it cannot be taken back: say that you mean it")
    .option("--wait <seconds>", "how long to wait for the running house to forget them first", seconds, 10)
    .action(run(context, (id: string, flags: EraseFlags) => erased(context, id, flags)));
  return new Command("member").description("one member of a guild").addCommand(erase);
}

function memberId(text: string): string {
  if (!/^\d{17,20}$/.test(text)) throw new InvalidArgumentError("A member's id has 17 to 20 digits.");
  return text;
}

async function erased(context: Context, userId: string, flags: EraseFlags): Promise<number> {
  if (flags.yes !== true) throw new UsageError("this cannot be taken back; add --yes if you mean it");
  return withGuild(context, flags, async (guild, store) => {
    const isForgotten = await forgotten(context, guild, store, userId, flags.wait);
    const files = await context.house.eraseFiles(guild.guildId, userId, flags);
    const receipt = { ...(await guild.erase(userId)), files };
    print(context, flags, { guildId: guild.guildId, ...receipt, forgottenByHouse: isForgotten }, () =>
      receiptText(receipt),
    );
    if (receipt.underWay > 0)
      context.terminal.err(
        `${receipt.underWay} steps about them are still under way: run this again once they have ended.\n`,
      );
    if (!isForgotten)
      context.terminal.err("The house has not heard of it: if one runs, run this again once it answers.\n");
    return isForgotten && receipt.underWay === 0 ? EXIT.ok : EXIT.partly;
  });
}

const LOOK_EVERY_MS = 200;

/** A running house lets go of what it remembers before the rows change, so that nothing is written back. */
async function forgotten(
  context: Context,
  guild: GuildStore,
  store: Store,
  userId: string,
  waitSeconds: number,
): Promise<boolean> {
  const id = `cli:${randomUUID()}`;
  const by = `terminal:${context.terminal.user}`;
  await store.inbox.put({
    id,
    guildId: guild.guildId,
    at: context.house.clock.now(),
    kind: "member.erased",
    userId,
    by,
  });
  for (let waited = 0; waited <= waitSeconds * 1_000; waited += LOOK_EVERY_MS) {
    if ((await store.seen([id])).has(id)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}

function receiptText(receipt: ErasureReceipt & { readonly files: number }): string {
  const { underWay: _later, ...counts } = receipt;
  const lines = Object.entries(counts).map(([what, count]) => `${what.padEnd(10)} ${count}`);
  return `${["Erased or changed:", ...lines].join("\n")}\n`;
}
