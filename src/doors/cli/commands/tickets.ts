import { spanText, type Spread, ticketStats, type TicketStats, type TicketSums } from "#core";
import { Command, InvalidArgumentError } from "commander";
import { namesOfStaff } from "../../views/tickets.ts";
import { type Context, type GuildFlags, guildLeaf, print, run, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";

interface StatsFlags extends GuildFlags {
  readonly days: number;
}

const DAY = 86_400_000;

/** How it stands with what members ask of staff. */
export function ticketsCommand(context: Context): Command {
  const stats = guildLeaf("stats", "how many there were, how soon they were answered and closed, what members think")
    .option("--days <number>", "how many days back", dayCount, 30)
    .action(run(context, (flags: StatsFlags) => showStats(context, flags)));
  return new Command("tickets").description("what members ask of staff").addCommand(stats);
}

function dayCount(text: string): number {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > 365) throw new InvalidArgumentError("Give a number from 1 to 365.");
  return days;
}

async function showStats(context: Context, flags: StatsFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const to = context.house.clock.now();
    const from = to - flags.days * DAY;
    const stats = ticketStats(await guild.ticketFigures(from), from, to + 1);
    const names = await namesOfStaff(guild, stats);
    print(context, flags, stats, () => statsText(context, stats, flags.days, names));
    return EXIT.ok;
  });
}

interface Line extends TicketSums {
  readonly what: string;
}

const spread = (of: Spread): string =>
  of.median === undefined || of.p95 === undefined ? "-" : `${spanText(of.median)} / ${spanText(of.p95)}`;
const kept = ({ kept, of }: TicketSums["answerKept"]): string =>
  of === 0 ? "-" : `${Math.round((100 * kept) / of)} %`;

const COLUMNS = [
  { title: "", cell: ({ what }: Line) => what, shrinks: true },
  { title: "OPENED", cell: ({ opened }: Line) => String(opened), right: true },
  { title: "CLOSED", cell: ({ closed }: Line) => String(closed), right: true },
  { title: "ANSWER (median / p95)", cell: ({ firstAnswer }: Line) => spread(firstAnswer) },
  { title: "CLOSE (median / p95)", cell: ({ resolution }: Line) => spread(resolution) },
  { title: "ANSWERED IN TIME", cell: ({ answerKept }: Line) => kept(answerKept), right: true },
  { title: "CLOSED IN TIME", cell: ({ solveKept }: Line) => kept(solveKept), right: true },
  { title: "STARS", cell: ({ ratings }: Line) => ratings.mean?.toFixed(1) ?? "-", right: true },
];

function statsText(
  { terminal }: Context,
  { all, types, staff }: TicketStats,
  days: number,
  names: ReadonlyMap<string, string>,
): string {
  if (all.opened === 0) return `No ticket was opened in the last ${days} days.\n`;
  const lines: readonly Line[] = [
    { what: "all", ...all },
    ...types.map(({ typeId, ...sums }) => ({ what: `type ${typeId}`, ...sums })),
    ...staff.map(({ userId, ...sums }) => ({ what: `by ${names.get(userId) ?? userId}`, ...sums })),
  ];
  return table(terminal, COLUMNS, lines);
}
