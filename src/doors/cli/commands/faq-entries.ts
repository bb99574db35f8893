import { randomUUID } from "node:crypto";
import type { GuildStore, PassageDraft, Store } from "#core";
import { draftFrom } from "#core/knowledge/drafts";
import { MOST_ASKS } from "#core/knowledge/file";
import type { Gap } from "#core/knowledge/gaps";
import type { Command } from "commander";
import { gapsOf, sourcesOf, type SourceView } from "../../views/knowledge.ts";
import { type Context, guildLeaf, print, printList, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { localIso } from "../time.ts";
import { seconds } from "./approval.ts";
import { handIn, NOT_YET, type WaitFlags } from "./hand-in.ts";

interface EntryFlags extends WaitFlags {
  readonly question?: string;
  readonly answer?: string;
  readonly also?: readonly string[];
  readonly gap?: string;
}

const ENTRY = "entry:";

/** Writing, changing and taking back what the house answers from, and looking at one source closely. */
export function entryCommands(context: Context): readonly Command[] {
  const leaf = (name: string, about: string): Command =>
    guildLeaf(name, about).option("--wait <seconds>", "how long to wait for the house to take it", seconds, 10);
  const texts = (command: Command): Command =>
    command
      .option("--question <text>", "how it is asked")
      .option("--answer <text>", "the answer")
      .option("--also <text...>", "other ways to ask it");
  return [
    guildLeaf("show", "one source: whose words it is, how its answers were taken, and where they stand")
      .argument("<source>", "its id, from faq list")
      .action(run(context, (id: string, flags: WaitFlags) => show(context, id, flags))),
    texts(leaf("add", "write an answer"))
      .option("--gap <topic>", "what it answers, from faq gaps")
      .action(run(context, (flags: EntryFlags) => add(context, flags))),
    texts(leaf("edit", "change an entry; answers that rest on it are corrected"))
      .argument("<source>", "its id, from faq list")
      .action(run(context, (id: string, flags: EntryFlags) => edit(context, id, flags))),
    leaf("remove", "take a source back; answers that rest on it are withdrawn")
      .argument("<source>", "its id, from faq list")
      .action(run(context, (id: string, flags: WaitFlags) => remove(context, id, flags))),
    guildLeaf("gaps", "what was asked and nobody could answer, wordings of one question together").action(
      run(context, (flags: WaitFlags) => gaps(context, flags)),
    ),
    leaf("dismiss", "a question that needs no answer")
      .argument("<topic>", "its id, from faq gaps")
      .action(run(context, (topic: string, flags: WaitFlags) => dismiss(context, topic, flags))),
  ];
}

async function show(context: Context, id: string, flags: WaitFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const source = await sourceOf(guild, id);
    print(context, flags, source, () => linesOf(source).join("\n") + "\n");
    return EXIT.ok;
  });
}

function linesOf({ id, version, at, by, author, passages, answers }: SourceView): readonly string[] {
  const agreed = author?.agreedAt === undefined ? "has not agreed" : `agreed ${localIso(author.agreedAt)}`;
  return [
    `${id}, version ${version}, given ${localIso(at)} by ${by}`,
    ...(author === undefined ? [] : [`words of ${author.userId}, who ${agreed}`]),
    ...passages.flatMap(({ asks, text, helpful, unhelpful }) => [
      "",
      ...asks.map((ask) => `? ${ask}`),
      text,
      `helpful ${helpful}, not helpful ${unhelpful}`,
    ]),
    ...(answers.length === 0 ? [] : ["", "answers that rest on it:"]),
    ...answers.map((one) => `  ${localIso(one.at)} ${one.standing}: ${one.question}`),
  ];
}

async function add(context: Context, flags: EntryFlags): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const gap = flags.gap === undefined ? undefined : await gapOf(guild, flags.gap);
    const [first = "", ...others] = gap?.asks ?? [];
    const also = [...(flags.also ?? []), ...(flags.question === undefined ? others : [first, ...others])];
    const question = flags.question ?? first;
    const draft = checked({ question, also: also.slice(0, MOST_ASKS - 1), answer: flags.answer ?? "" });
    return give(context, { guild, store, flags }, draft, `${ENTRY}cli:${randomUUID()}`, gap);
  });
}

async function edit(context: Context, id: string, flags: EntryFlags): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    if (!id.startsWith(ENTRY)) throw new UsageError(`${id} is no entry: import its file again, or edit its message`);
    const [before] = (await sourceOf(guild, id)).passages;
    const [first = "", ...others] = before!.asks;
    const draft = checked({
      question: flags.question ?? first,
      also: flags.also ?? others,
      answer: flags.answer ?? before!.text,
    });
    return give(context, { guild, store, flags }, draft, id);
  });
}

function checked(typed: Parameters<typeof draftFrom>[0]): PassageDraft {
  const draft = draftFrom(typed);
  if (typeof draft === "string") throw new UsageError(`--${draft}`);
  return draft;
}

interface Target {
  readonly guild: GuildStore;
  readonly store: Store;
  readonly flags: WaitFlags;
}

async function give(context: Context, target: Target, draft: PassageDraft, entryId: string, gap?: Gap) {
  const isTaken = await handIn(
    context,
    { ...target, wait: target.flags.wait },
    {
      ...{ kind: "knowledge.given", name: draft.asks[0]!, passages: [draft], entryId },
      ...(gap === undefined ? {} : { answered: gap.sourceIds }),
    },
  );
  return tell(context, target.flags, { source: entryId, taken: isTaken }, `${entryId}\n`);
}

async function remove(context: Context, id: string, flags: WaitFlags): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const source = await sourceOf(guild, id);
    const given = { kind: "knowledge.withdrawn", sourceIds: [source.id] } as const;
    const isTaken = await handIn(context, { guild, store, wait: flags.wait }, given);
    return tell(context, flags, { source: id, taken: isTaken }, `${id} is taken back\n`);
  });
}

async function gaps(context: Context, flags: WaitFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const found = await gapsOf(guild);
    printList(context, flags, found, {
      none: "Nothing waits for an answer.",
      some: () => found.map(({ topic, asks, times }) => `${topic}  ${times}×  ${asks.join(" | ")}\n`).join(""),
    });
    return EXIT.ok;
  });
}

async function dismiss(context: Context, topic: string, flags: WaitFlags): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const { sourceIds } = await gapOf(guild, topic);
    const isTaken = await handIn(
      context,
      { guild, store, wait: flags.wait },
      { kind: "knowledge.withdrawn", sourceIds },
    );
    return tell(context, flags, { gap: topic, taken: isTaken }, `${topic} is dismissed\n`);
  });
}

function tell(
  context: Context,
  flags: WaitFlags,
  report: { readonly taken: boolean; readonly source?: string; readonly gap?: string },
  line: string,
): number {
  print(context, flags, report, () => line);
  if (!report.taken) context.terminal.err(NOT_YET);
  return report.taken ? EXIT.ok : EXIT.partly;
}

async function sourceOf(guild: GuildStore, id: string): Promise<SourceView> {
  const [source] = await sourcesOf(guild, [id]);
  if (source === undefined) throw new UsageError(`nothing known here is called ${id}: see faq list`);
  return source;
}

async function gapOf(guild: GuildStore, topic: string): Promise<Gap> {
  const gap = (await gapsOf(guild)).find((one) => one.topic === topic);
  if (gap === undefined) throw new UsageError(`nothing waits under ${topic}: see faq gaps`);
  return gap;
}
