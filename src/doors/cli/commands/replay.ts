import { percent, type RuleHits } from "#core";
import type { Command } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, run, UsageError, withGuild } from "../context.ts";
import { EXIT, type Progress, type RangeRequest } from "../house-commands.ts";
import type { Rehearsed } from "../../../flow/index.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { moment } from "../time.ts";

interface RangeFlags extends GuildFlags {
  readonly from?: number;
  readonly to?: number;
  readonly policy?: string;
}

/** replay, rehearse: the journal once more, without touching the world. */
export function replayCommands(context: Context): Command[] {
  const at = (text: string): number => moment(text, context.house.clock.now());
  const when = "a date, a time, or how long ago (2h, 7d)";
  const replay = guildLeaf("replay", "execute recorded decisions again and compare them, byte by byte")
    .option("--from <when>", when, at)
    .option("--to <when>", when, at)
    .action(run(context, (flags: RangeFlags) => replayRange(context, flags)));
  const rehearse = guildLeaf("rehearse", "what a policy would have done with what happened; writes nothing")
    .requiredOption("--from <when>", when, at)
    .requiredOption("--to <when>", when, at)
    .option("--policy <file>", "a guild's policy file; without it, the one in force")
    .action(run(context, (flags: RangeFlags) => rehearseRange(context, flags)));
  return [replay, rehearse];
}

function rangeOf(guildId: string, { from, to }: RangeFlags): RangeRequest {
  if (from !== undefined && to !== undefined && from >= to) throw new UsageError("--from must lie before --to");
  return { guildId, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

async function replayRange(context: Context, flags: RangeFlags): Promise<number> {
  return withGuild(context, flags, async ({ guildId }, store) => {
    const request = rangeOf(guildId, flags);
    const report = await watched(context, "decisions", (progress) => context.house.replay(store, request, progress));
    const { decisions, identical, notReplayable, different } = report;
    print(context, flags, report, () =>
      [
        `${decisions} decisions: ${identical} identical, ${different.length} different, ${notReplayable} not replayable`,
        ...different.map(({ eventId, agent, phase }) => `different: ${agent} (${phase}) on ${eventId}`),
        "",
      ].join("\n"),
    );
    if (different.length > 0) return EXIT.failed;
    return notReplayable > 0 ? EXIT.partly : EXIT.ok;
  });
}

type Count = Rehearsed["rulings"][number];
type Example = Rehearsed["examples"][number];

const COUNTS = [
  { title: "AGENT", cell: (row: Count) => row.agent },
  { title: "RULE", cell: (row: Count) => row.rule, shrinks: true },
  { title: "RULING", cell: (row: Count) => row.ruling },
  { title: "TIMES", cell: (row: Count) => String(row.count), right: true },
];

const EXAMPLES = [
  { title: "FOR EXAMPLE", cell: ({ verdict }: Example) => `${verdict.ruling}: ${verdict.proposal.action.verb}` },
  { title: "WHY", cell: ({ verdict }: Example) => verdict.proposal.why, shrinks: true },
  { title: "EVENT", cell: ({ eventId }: Example) => eventId },
];

/** Which part of the messages a rule would have met. */
function hitColumns(all: number) {
  return [
    { title: "AGENT", cell: (row: RuleHits) => row.agent },
    { title: "RULE", cell: (row: RuleHits) => row.rule, shrinks: true },
    { title: "MESSAGES", cell: (row: RuleHits) => `${row.messages} of ${all}`, right: true },
    { title: "SHARE", cell: (row: RuleHits) => `${percent(row.messages / all)} %`, right: true },
  ];
}

function rehearsalText(terminal: Terminal, report: Rehearsed): string {
  const { events, messages, hits, textExpired, rulings, examples } = report;
  const head = `${events} events${textExpired === 0 ? "" : `, ${textExpired} of them without their text`}\n`;
  if (rulings.length === 0) return `${head}Nothing would have been proposed.\n`;
  const hit = hits.length === 0 ? "" : `\n${table(terminal, hitColumns(messages), hits)}`;
  return `${head}\n${table(terminal, COUNTS, rulings)}${hit}\n${table(terminal, EXAMPLES, examples)}`;
}

async function rehearseRange(context: Context, flags: RangeFlags): Promise<number> {
  return withGuild(context, flags, async ({ guildId }, store) => {
    const file = flags.policy === undefined ? {} : { policyFile: flags.policy };
    const request = { ...rangeOf(guildId, flags), ...file };
    const report = await watched(context, "events", (progress) => context.house.rehearse(store, request, progress));
    print(context, flags, report, () => rehearsalText(context.terminal, report));
    return report.textExpired > 0 ? EXIT.partly : EXIT.ok;
  });
}

/** A count that is written over itself on a screen, and not at all into a file. */
export async function watched<T>(context: Context, noun: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  if (!context.terminal.progress) return work(() => undefined);
  const result = await work((done) => context.terminal.err(`\r${done} ${noun}…`));
  context.terminal.err("\r\u001b[K");
  return result;
}
