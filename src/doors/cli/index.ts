import { userInfo } from "node:os";
import { ConfigurationError, GuildhallError } from "#core";
import { Command, CommanderError } from "commander";
import { approvalCommand } from "./commands/approval.ts";
import { caseCommand } from "./commands/case.ts";
import { doctorCommands } from "./commands/doctor.ts";
import { houseCommands } from "./commands/house.ts";
import { journalCommands } from "./commands/journal.ts";
import { memberCommand } from "./commands/member.ts";
import { faqCommand } from "./commands/faq.ts";
import { policyCommand } from "./commands/policy.ts";
import { modelCommand } from "./commands/models.ts";
import { replayCommands } from "./commands/replay.ts";
import { ticketsCommand } from "./commands/tickets.ts";
import { telegramCommand } from "./commands/telegram.ts";
import { type Context, UsageError } from "./context.ts";
import { EXIT, type HouseCommands } from "./house-commands.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

export type * from "./house-commands.ts";
export { EXIT } from "./house-commands.ts";
export type { Terminal } from "./terminal.ts";

/**
 * The terminal door. `argv` is without node and script. Resolves to the exit code and never throws:
 * 0 ok · 1 failed · 2 usage · 3 configuration · 4 partly.
 */
export async function runCli(
  argv: readonly string[],
  house: HouseCommands,
  terminal: Terminal = processTerminal(userInfo().username),
): Promise<number> {
  const context: Context = { house, terminal, code: EXIT.ok };
  try {
    await programFor(context).parseAsync([...argv], { from: "user" });
    return context.code;
  } catch (error) {
    return explain(error, terminal);
  }
}

function programFor(context: Context): Command {
  const program = new Command("guildhall")
    .description("Runs a Discord community's house, and can say afterwards why it did what it did.")
    .version(context.house.version)
    .configureHelp({ showGlobalOptions: true });
  const commands = [
    ...houseCommands(context),
    ...journalCommands(context),
    ...doctorCommands(context),
    caseCommand(context),
    approvalCommand(context),
    telegramCommand(context),
    policyCommand(context),
    faqCommand(context),
    modelCommand(context),
    memberCommand(context),
    ticketsCommand(context),
    ...replayCommands(context),
  ];
  for (const command of commands) program.addCommand(command);
  speakThrough(program, context.terminal);
  return program;
}

/** Added commands inherit nothing: each is told where to write and not to end the process. */
function speakThrough(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => Math.min(terminal.columns, 100),
      getErrHelpWidth: () => Math.min(terminal.columns, 100),
      getOutHasColors: () => terminal.colour,
      getErrHasColors: () => terminal.colour,
    });
  for (const inner of command.commands) speakThrough(inner, terminal);
}

/** One line, never a stack. */
function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`guildhall: ${message}\n`);
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof ConfigurationError) return EXIT.configuration;
  if (!(error instanceof GuildhallError)) terminal.err("This is a fault of Guildhall itself.\n");
  return EXIT.failed;
}
