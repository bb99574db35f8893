import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from "discord-api-types/v10";
import { type CommandSpec, type MenuCommand, Permission, type SlashCommand, type Spoken, spokenIn } from "#core";
import { localisationsOf, wordOf } from "./languages.ts";
import { optionBodies } from "./options.ts";

/** A command as Discord is told of it; nouns with several verbs have become one. */
export interface CommandBody {
  readonly type: ApplicationCommandType;
  readonly name: string;
  readonly [field: string]: unknown;
}

const MENUS = { member: ApplicationCommandType.User, message: ApplicationCommandType.Message } as const;

export function commandBodies(commands: readonly CommandSpec[]): readonly CommandBody[] {
  const slash = commands.filter((command) => command.on === undefined);
  const menus = commands.filter((command) => command.on !== undefined);
  return [...nounsOf(slash).map((verbs) => nounBody(verbs)), ...menus.map(menuBody)];
}

function menuBody(command: MenuCommand): CommandBody {
  return { type: MENUS[command.on], ...namesOf(command.names ?? command.name), ...shared([command]) };
}

function nounBody(verbs: readonly SlashCommand[]): CommandBody {
  const first = verbs[0]!;
  const isAlone = wordsOf(first).length === 1;
  return {
    type: ApplicationCommandType.ChatInput,
    ...namesOf(wordOf(first.names ?? first.name, 0)),
    ...(isAlone ? described(first) : summed(verbs, 1)),
    ...shared(verbs),
    options: isAlone ? optionBodies(first.options) : verbBodies(verbs, 1),
  };
}

/** The verbs of a noun, or of a group within it. */
function verbBodies(commands: readonly SlashCommand[], depth: number): readonly object[] {
  return groupBy(commands, (command) => wordsOf(command)[depth]!).map((group) => {
    const first = group[0]!;
    const names = namesOf(wordOf(first.names ?? first.name, depth));
    if (wordsOf(first).length === depth + 1) {
      const options = optionBodies(first.options);
      return { type: ApplicationCommandOptionType.Subcommand, ...names, ...described(first), options };
    }
    const options = verbBodies(group, depth + 1);
    return { type: ApplicationCommandOptionType.SubcommandGroup, ...names, ...summed(group, depth + 1), options };
  });
}

function nounsOf(commands: readonly SlashCommand[]): readonly (readonly SlashCommand[])[] {
  return groupBy(commands, (command) => wordsOf(command)[0]!);
}

function wordsOf({ name }: SlashCommand): readonly string[] {
  return name.split(" ");
}

function namesOf(name: Spoken) {
  return { name: spokenIn(name, "en"), name_localizations: localisationsOf(name) };
}

function described({ description }: SlashCommand): object {
  return { description: spokenIn(description, "en"), description_localizations: localisationsOf(description) };
}

const LONGEST_DESCRIPTION = 100;

/** Nobody sees a noun's own description in the client, and Discord wants one: its verbs say most. */
function summed(commands: readonly SlashCommand[], depth: number): object {
  const verbs = [...new Set(commands.map((command) => wordsOf(command)[depth]!))];
  return { description: verbs.join(" · ").slice(0, LONGEST_DESCRIPTION), description_localizations: null };
}

/** A noun is hidden from those who could use none of its verbs; whoever may use one sees all, and is told at the others. */
function shared(commands: readonly CommandSpec[]): object {
  const bits = commands.map(({ needs = [] }) => needs.reduce((sum, name) => sum | Permission[name], 0n));
  const common = bits.reduce((sum, one) => sum & one);
  return {
    contexts: [InteractionContextType.Guild],
    default_member_permissions: common === 0n ? null : common.toString(),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}
