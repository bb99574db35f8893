import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  type Approval,
  type ApprovalAnswer,
  GuildhallError,
  type Modification,
  type GuildStore,
  type Store,
} from "#core";
import { Command, InvalidArgumentError, Option } from "commander";
import { readModification } from "../../../flow/index.ts";
import { timesOf } from "../../../insight/approvals.ts";
import { askedOf } from "../../views/asked.ts";
import { type Question, questionsOf } from "../../views/why.ts";
import { type Context, type GuildFlags, guildLeaf, print, printList, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { table } from "../table.ts";
import { localIso } from "../time.ts";
import { limitNumber } from "./journal.ts";

interface ListFlags extends GuildFlags {
  readonly limit: number;
  readonly status: Approval["status"] | "any";
}

interface AnswerFlags extends GuildFlags {
  readonly note?: string;
  readonly wait: number;
}

const COLUMNS = [
  { title: "ASKED", cell: (row: Question) => localIso(row.askedAt) },
  {
    title: "WHAT",
    cell: (row: Question) =>
      `${row.agent} asks to ${row.request}${row.proposed === undefined ? "" : `; instead: ${row.proposed}`}`,
    shrinks: true,
  },
  { title: "WHY", cell: (row: Question) => row.why, shrinks: true },
  { title: "STATUS", cell: (row: Question) => standingOf(row) },
  { title: "ID", cell: (row: Question) => row.id },
];

/** "rejected by telegram:71 after 2m". */
function standingOf({ status, answeredBy, tookMs }: Question): string {
  if (answeredBy === undefined || tookMs === undefined) return status;
  return `${status} by ${answeredBy} after ${lengthOf(tookMs)}`;
}

function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes}m` : `${Math.round(minutes / 60)}h`;
}

const STATUSES = ["pending", "approved", "rejected", "expired", "void", "any"];

export function approvalCommand(context: Context): Command {
  const list = guildLeaf("list", "what waits for a human")
    .addOption(new Option("--status <status>", "where they stand").choices(STATUSES).default("pending"))
    .option("--limit <number>", "how many", limitNumber, 30)
    .action(run(context, (flags: ListFlags) => listApprovals(context, flags)));
  return new Command("approval")
    .description("harsh steps that wait for a human")
    .addCommand(list)
    .addCommand(statsCommand(context))
    .addCommand(answerCommand(context, "approve", "let it be done"))
    .addCommand(answerCommand(context, "reject", "do not do it"))
    .addCommand(modifyCommand(context));
}

function statsCommand(context: Context): Command {
  return guildLeaf("stats", "how many were answered lately, where, and how fast").action(
    run(context, (flags: GuildFlags) =>
      withGuild(context, flags, async (guild) => {
        const times = await timesOf(guild);
        const { waiting, answered, expired, medianMs, byFace } = times;
        const faces = Object.entries(byFace).map(([face, count]) => `${face} ${count}`);
        const median = medianMs === undefined ? "nothing answered yet" : `half within ${lengthOf(medianMs)}`;
        const where = faces.length === 0 ? "" : ` (${faces.join(", ")})`;
        print(
          context,
          flags,
          times,
          () => `waiting ${waiting}; of the latest: answered ${answered}${where}, expired ${expired}; ${median}\n`,
        );
        return EXIT.ok;
      }),
    ),
  );
}

/** Proposing a change and allowing it are two steps, as on every face: the second names what is then shown. */
function modifyCommand(context: Context): Command {
  return guildLeaf("modify", "propose something milder instead, to be approved in its turn")
    .argument("<id>", "as `guildhall approval list` shows it")
    .argument("<change...>", "timeout 2h and a reason, kick, warn, or reason: …")
    .action(
      run(context, (id: string, words: readonly string[], flags: GuildFlags) =>
        withGuild(context, flags, async (guild, store) => {
          const modification = readModification(words.join(" "));
          if (modification === undefined)
            throw new UsageError("say what instead: timeout 2h and a reason, kick, warn, reason: …");
          const approval = await guild.approval(id);
          if (approval === undefined) throw new GuildhallError("not-found", `there is no approval ${id}`);
          const eventId = await handIn(context, store, guild.guildId, {
            id,
            answer: "modify",
            note: undefined,
            modification,
          });
          print(
            context,
            flags,
            { approvalId: id, eventId },
            () => "proposed: see it with `guildhall approval list`, then approve it\n",
          );
          return EXIT.ok;
        }),
      ),
    );
}

function answerCommand(context: Context, answer: ApprovalAnswer, description: string): Command {
  return guildLeaf(answer, description)
    .argument("<id>", "as `guildhall approval list` shows it")
    .option("--note <text>", "why, for the record")
    .option("--wait <seconds>", "how long to wait until the house has taken it", seconds, 10)
    .action(run(context, (id: string, flags: AnswerFlags) => answerApproval(context, id, answer, flags)));
}

export function seconds(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give whole seconds.");
  return number;
}

async function listApprovals(context: Context, flags: ListFlags): Promise<number> {
  return withGuild(context, flags, async (guild) => {
    const rows = await questionsOf(guild, await guild.approvals(flags.status, flags.limit));
    printList(context, flags, rows, {
      none: flags.status === "pending" ? "Nothing waits for an answer." : "None.",
      some: () => table(context.terminal, COLUMNS, rows),
    });
    return EXIT.ok;
  });
}

/** The answer is an event like any other: it goes into the inbox, and the house decides with it which answer came first. */
async function answerApproval(
  context: Context,
  id: string,
  answer: ApprovalAnswer,
  flags: AnswerFlags,
): Promise<number> {
  return withGuild(context, flags, async (guild, store) => {
    const approval = await guild.approval(id);
    if (approval === undefined) throw new GuildhallError("not-found", `there is no approval ${id}`);
    if (approval.status !== "pending") {
      throw new GuildhallError("already-answered", `this was ${approval.status} already${byWhom(approval)}`);
    }
    const eventId = await handIn(context, store, guild.guildId, {
      id,
      answer,
      note: flags.note,
      seen: askedOf(approval).seen,
    });
    const settled = await taken(guild, id, flags.wait);
    const status = settled?.status ?? "pending";
    print(context, flags, { approvalId: id, eventId, status }, () =>
      settled === undefined ? `${answer}: stored, not yet taken\n` : `${status}${byWhom(settled)}\n`,
    );
    if (settled !== undefined)
      return status === (answer === "approve" ? "approved" : "rejected") ? EXIT.ok : EXIT.failed;
    context.terminal.err("The house has not taken it yet; it does as soon as it runs.\n");
    return EXIT.partly;
  });
}

async function handIn(
  context: Context,
  store: Store,
  guildId: string,
  given: {
    readonly id: string;
    readonly answer: ApprovalAnswer;
    readonly note: string | undefined;
    readonly modification?: Modification;
    readonly seen?: string;
  },
): Promise<string> {
  const eventId = `cli:${randomUUID()}`;
  const { id: approvalId, answer, note, modification, seen } = given;
  await store.inbox.put({
    ...{ id: eventId, guildId, at: context.house.clock.now(), kind: "approval.answered" },
    ...{ approvalId, answer, by: `terminal:${context.terminal.user}` },
    ...(note === undefined ? {} : { note }),
    ...(modification === undefined ? {} : { modification }),
    ...(seen === undefined ? {} : { seen }),
  });
  return eventId;
}

const LOOK_EVERY_MS = 200;

async function taken(guild: GuildStore, id: string, waitSeconds: number): Promise<Approval | undefined> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const approval = await guild.approval(id);
    if (approval !== undefined && approval.status !== "pending") return approval;
    if (waited >= waitSeconds * 1000) return undefined;
    await pause(LOOK_EVERY_MS);
  }
}

function byWhom({ answeredBy }: Approval): string {
  return answeredBy === undefined ? "" : ` by ${answeredBy}`;
}
