import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  Routes,
} from "discord-api-types/v10";
import { type CommandOption, type CommandSpec, Permission, type PermissionName } from "#core";
import type { Caller } from "./rest.ts";

const OPTION_TYPES: Readonly<Record<CommandOption["type"], ApplicationCommandOptionType>> = {
  text: ApplicationCommandOptionType.String,
  number: ApplicationCommandOptionType.Number,
  boolean: ApplicationCommandOptionType.Boolean,
  member: ApplicationCommandOptionType.User,
};

/** Replaces all commands of one guild (at once) or, without one, the global ones (Discord takes a while to spread them). */
export async function registerCommands(
  call: Caller,
  applicationId: string,
  commands: readonly CommandSpec[],
  signal: AbortSignal,
  guildId?: string,
): Promise<void> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  await call({ method: "PUT", route, body: commands.map(commandBody), signal });
}

export function commandBody(command: CommandSpec): object {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    contexts: [InteractionContextType.Guild],
    default_member_permissions: command.needs === undefined ? null : bitsOf(command.needs),
    // Discord refuses a required option behind an optional one.
    options: command.options.map(optionBody).sort((a, b) => Number(b.required) - Number(a.required)),
  };
}

function optionBody({ name, description, type, required }: CommandOption) {
  return { name, description, type: OPTION_TYPES[type], required: required === true };
}

function bitsOf(needs: readonly PermissionName[]): string {
  return needs.reduce((bits, name) => bits | Permission[name], 0n).toString();
}
