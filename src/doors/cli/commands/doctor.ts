import type { Finding } from "#core";
import { Command } from "commander";
import { type Context, leaf, type LeafFlags, print, run } from "../context.ts";
import { EXIT } from "../house-commands.ts";
import { bold, clean, colourOf, faint } from "../terminal.ts";

interface DoctorFlags extends LeafFlags {
  readonly guild?: string;
  readonly channel?: string;
}

/** doctor and invite: what stands between the house and Discord. */
export function doctorCommands(context: Context): Command[] {
  const doctor = leaf("doctor", "look at everything the house rests on, and say how to mend what is wrong")
    .option("--guild <id>", "look at this guild only")
    .option("--channel <id>", "say why what is said in this channel may be missing")
    .action(run(context, (flags: DoctorFlags) => examine(context, flags)));
  const invite = new Command("invite")
    .description("print the link that invites the bot, with the permissions its agents need and no others")
    .option("--json", "print JSON")
    .action(run(context, (flags: LeafFlags) => showInvitation(context, flags)));
  return [doctor, invite];
}

async function examine(context: Context, flags: DoctorFlags): Promise<number> {
  const { data, guild, channel } = flags;
  const findings = await context.house.examine(
    { ...(guild === undefined ? {} : { guildId: guild }), ...(channel === undefined ? {} : { channelId: channel }) },
    data === undefined ? {} : { data },
  );
  const isWell = findings.every(({ state }) => state !== "broken");
  print(context, flags, { ok: isWell, findings }, () => findings.map((finding) => line(context, finding)).join(""));
  return isWell ? EXIT.ok : EXIT.failed;
}

const MARKS: Readonly<
  Record<Finding["state"], { readonly mark: string; readonly colour: "green" | "yellow" | "red" }>
> = {
  ok: { mark: "ok    ", colour: "green" },
  weaker: { mark: "weaker", colour: "yellow" },
  broken: { mark: "broken", colour: "red" },
};

/** A line each: how it stands, what it is, and what to do. */
function line({ terminal }: Context, { about, state, what, fix }: Finding): string {
  const { mark, colour } = MARKS[state];
  const remedy = fix === undefined ? "" : ` ${faint(terminal, "→")} ${clean(fix)}`;
  return `${colourOf(terminal, colour, mark)}  ${bold(terminal, clean(about))}: ${clean(what)}${remedy}\n`;
}

async function showInvitation(context: Context, flags: LeafFlags): Promise<number> {
  const invitation = await context.house.invite();
  print(context, flags, invitation, () => `${invitation.url}\n`);
  if (flags.json !== true) context.terminal.err(`With ${invitation.permissions.join(", ")}.\n`);
  return EXIT.ok;
}
