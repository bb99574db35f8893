import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type CaseEntry, GuildhallError, type GuildStore, isCohort, isUndone } from "#core";
import type { Command } from "commander";
import { isRemembered } from "../../../insight/cases.ts";
import { type Context, type GuildFlags, guildLeaf, print, run, UsageError, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { seconds } from "./approval.ts";
import { caseNumber } from "./case-number.ts";

interface Flags extends GuildFlags {
  readonly wait: number;
}

const CHANGES = { note: "note", edit: "reason", undo: "undo" } as const;
type Verb = keyof typeof CHANGES;

const LOOK_EVERY_MS = 200;
const LONGEST_TEXT = 1_000;

/** An event like any other: it goes into the inbox, and the house writes it down as soon as it takes it. */
export function amendCommand(context: Context, verb: Verb, description: string): Command {
  return guildLeaf(verb, description)
    .argument("<number>", "the case's number", caseNumber)
    .argument("<text...>", "what to write down")
    .option("--wait <seconds>", "how long to wait until the house has taken it", seconds, 10)
    .action(
      run(context, (number: number, words: readonly string[], flags: Flags) =>
        withGuild(context, flags, async (guild, store) => {
          const text = words.join(" ").trim();
          if (text === "" || text.length > LONGEST_TEXT)
            throw new UsageError("say what to write down, in 1,000 characters");
          await refuse(guild, number, verb);
          const id = `cli:${randomUUID()}`;
          const at = context.house.clock.now();
          const by = { by: `terminal:${context.terminal.user}`, name: context.terminal.user };
          const { guildId } = guild;
          await store.inbox.put({ kind: "case.amended", id, guildId, at, ...by, number, change: CHANGES[verb], text });
          const taken = await written(guild, number, at, flags.wait);
          print(context, flags, { case: number, eventId: id, taken }, () =>
            taken ? `Case #${number}: ${verb} is written down\n` : `${verb}: stored, not yet taken\n`,
          );
          if (taken) return EXIT.ok;
          context.terminal.err("The house has not taken it yet; it does as soon as it runs, with casework live.\n");
          return EXIT.partly;
        }),
      ),
    );
}

async function refuse(guild: GuildStore, number: number, verb: Verb): Promise<void> {
  const file = await guild.case(number);
  if (file === undefined) throw new GuildhallError("not-found", `there is no case #${number}`);
  if (verb !== "undo") return;
  if (isUndone(file)) throw new GuildhallError("already-undone", `case #${number} was taken back already`);
  if (isCohort(file) && !(await isRemembered(guild, file)))
    throw new GuildhallError("cohort", `nobody remembers whom case #${number} banned: lift the bans with /unban`);
}

async function written(guild: GuildStore, number: number, at: number, waitSeconds: number): Promise<boolean> {
  const isIt = (entry: CaseEntry): boolean => entry.at === at && entry.byUserId === undefined;
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    if ((await guild.case(number))?.entries.some(isIt) === true) return true;
    if (waited >= waitSeconds * 1_000) return false;
    await pause(LOOK_EVERY_MS);
  }
}
