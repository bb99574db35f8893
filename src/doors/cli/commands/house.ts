import { Command, InvalidArgumentError } from "commander";
import { type Context, leaf, type LeafFlags, print, printList, run, withStore } from "../context.ts";
import { EXIT, type DataFlags, type StartFlags } from "../house-commands.ts";
import { table } from "../table.ts";

/** start, migrate, status, guild list: the house itself. */
export function houseCommands(context: Context): Command[] {
  const { house } = context;
  const start = new Command("start")
    .description("run the house; without DISCORD_TOKEN, a demo guild on the built-in simulator")
    .option("--host <address>", "where the page and the API listen")
    .option("--port <number>", "their port; 0 takes a free one", portNumber)
    .option("--data <folder>", "the house's data folder")
    .option("--shards <number>", "over how many shards all processes together share the guilds; auto asks Discord")
    .option("--shard-ids <ids>", "which of them this process runs, such as 0-3")
    .action(run(context, (flags: StartFlags) => house.start(flags)));
  const migrate = new Command("migrate")
    .description("bring the database to this version; start does it by itself")
    .option("--data <folder>", "the house's data folder")
    .action(run(context, (flags: DataFlags) => house.migrate(flags)));
  const status = leaf("status", "the store, the guilds and what waits").action(
    run(context, (flags: LeafFlags) => showStatus(context, flags)),
  );
  const guild = new Command("guild").description("the guilds of this house");
  guild.addCommand(leaf("list", "list them").action(run(context, (flags: LeafFlags) => listGuilds(context, flags))));
  return [start, migrate, status, guild];
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

async function listGuilds(context: Context, flags: LeafFlags): Promise<number> {
  return withStore(context, flags, async (store) => {
    const guilds = await store.guilds();
    const columns = [
      { title: "ID", cell: (row: (typeof guilds)[number]) => row.guildId },
      { title: "NAME", cell: (row: (typeof guilds)[number]) => row.name, shrinks: true },
    ];
    printList(context, flags, guilds, {
      none: "No guild yet: start the house and invite the bot.",
      some: () => table(context.terminal, columns, guilds),
    });
    return EXIT.ok;
  });
}

/** Costs a handful of small queries, and two a guild. */
async function showStatus(context: Context, flags: LeafFlags): Promise<number> {
  return withStore(context, flags, async (store) => {
    const [engine, guilds, backlog, inbox] = await Promise.all([
      store.describe(),
      store.guilds(),
      store.pending.backlog(),
      store.inbox.waiting(1000),
    ]);
    const counts = await Promise.all(
      guilds.map(async ({ guildId, name }) => {
        const guild = store.guild(guildId);
        const [asked, unknown] = await Promise.all([guild.approvals("pending", 200), guild.orders("unknown", 200)]);
        return { guildId, name, approvals: asked.length, unknownOrders: unknown.length };
      }),
    );
    print(context, flags, { engine, inbox: inbox.length, backlog, guilds: counts }, () =>
      [
        `store    ${engine.engine} ${engine.version}${engine.fsync ? "" : ", without fsync"}`,
        `inbox    ${inbox.length} waiting`,
        `backlog  ${backlog.high} high, ${backlog.medium} medium, ${backlog.low} low`,
        ...counts.map(
          ({ name, approvals, unknownOrders }) =>
            `guild    ${name}: ${approvals} to approve, ${unknownOrders} with unknown outcome`,
        ),
        "",
      ].join("\n"),
    );
    return EXIT.ok;
  });
}
