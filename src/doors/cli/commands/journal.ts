import { GuildhallError } from "#core";
import { type Command, InvalidArgumentError } from "commander";
import { type Activity, activityPage } from "../../views/activity.ts";
import { whyOf } from "../../views/why.ts";
import { type Context, type GuildFlags, guildLeaf, print, printList, run, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";
import { localIso } from "../time.ts";
import { storyText } from "../story.ts";

interface ActivityFlags extends GuildFlags {
  readonly limit: number;
  readonly all?: boolean;
}

/** activity, why: what happened and what came of it. */
export function journalCommands(context: Context): Command[] {
  const activity = guildLeaf("activity", "what the house did, newest first")
    .option("--limit <number>", "how many events", limitNumber, 30)
    .option("--all", "quiet events too")
    .action(run(context, (flags: ActivityFlags) => showActivity(context, flags)));
  const why = guildLeaf("why", "one event: who noticed what, what was ruled and why, what came of it")
    .argument("<eventId>", "as `guildhall activity` shows it")
    .action(run(context, (eventId: string, flags: GuildFlags) => showWhy(context, eventId, flags)));
  return [activity, why];
}

export function limitNumber(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > 1000) throw new InvalidArgumentError("Give a number from 1 to 1000.");
  return limit;
}

async function showActivity(context: Context, flags: ActivityFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const { items } = await activityPage(guild, { limit: flags.limit, only: flags.all === true ? "all" : "deeds" });
    const lines = items.flatMap(linesOf);
    const columns = [
      { title: "TIME", cell: (line: Line) => localIso(line.at) },
      { title: "WHAT", cell: (line: Line) => line.what, shrinks: true },
      { title: "WHY", cell: (line: Line) => line.why, shrinks: true },
      { title: "EVENT", cell: (line: Line) => line.eventId },
    ];
    printList<Activity | Line>(context, flags, flags.json === true ? items : lines, {
      none: "Nothing yet. With --all you see quiet events too.",
      some: () => table(context.terminal, columns, lines),
    });
    return EXIT.ok;
  });
}

interface Line {
  readonly at: number;
  readonly what: string;
  readonly why: string;
  readonly eventId: string;
}

function linesOf({ at, eventId, headline, deeds, errors, poison }: Activity): Line[] {
  const deedLines = deeds.map(({ agent, sentence, why }) => ({ at, eventId, what: `${agent} ${sentence}`, why }));
  const faults = errors.map(({ agent, code }) => ({ at, eventId, what: `${agent} stumbled`, why: code }));
  const lines = [...deedLines, ...faults];
  return lines.length > 0 ? lines : [{ at, eventId, what: headline, why: poison ?? "" }];
}

async function showWhy(context: Context, eventId: string, flags: GuildFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const why = await whyOf(guild, eventId);
    if (why === undefined) throw new GuildhallError("not-found", `the journal holds no event ${eventId}`);
    print(context, flags, why, () => storyText(context.terminal, why));
    return EXIT.ok;
  });
}
