import { GuildhallError, isCohort } from "#core";
import type { Command } from "commander";
import { type Context, type GuildFlags, guildLeaf, print, run, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { localIso } from "../time.ts";
import { caseNumber } from "./case-number.ts";

/** Whoever was banned and takes no direct messages can be reached by other ways only: staff hand the link over. */
export function appealLinkCommand(context: Context): Command {
  return guildLeaf("appeal-link", "a link by which the member can object, for whoever takes no direct messages")
    .argument("<number>", "the case's number", caseNumber)
    .action(
      run(context, (number: number, flags: GuildFlags) =>
        withGuild(context, flags, async (guild) => {
          const file = await guild.case(number);
          if (file === undefined) throw new GuildhallError("not-found", `there is no case #${number}`);
          if (isCohort(file)) throw new GuildhallError("cohort", `case #${number} is about many members`);
          const { guildId } = guild;
          const link = context.house.appealLink({ guildId, number, userId: file.userId }, flags);
          print(context, flags, link, () => `${link.url}\n`);
          if (flags.json !== true) context.terminal.err(`Good until ${localIso(link.until)}, for whoever has it.\n`);
          return EXIT.ok;
        }),
      ),
    );
}
