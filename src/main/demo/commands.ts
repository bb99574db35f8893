import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
} from "discord-api-types/v10";
import type { DemoChoice, DemoCommand } from "../../doors/api/demo.ts";
import type { Control } from "../../simulator/index.ts";

type Declared = ReturnType<Control["commands"]>[number];
type Option = DemoCommand["options"][number];

/** What may be chosen where an option wants a channel or a role. */
export interface Surroundings {
  readonly channels: readonly DemoChoice[];
  readonly roles: readonly DemoChoice[];
}

/** Slash commands as one types them, a subcommand as a command of its own: "/ticket open". Entries in menus are none. */
export function demoCommands(declared: readonly Declared[], around: Surroundings): readonly DemoCommand[] {
  return declared
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, description, options = [] }) => typed({ name, description, options }, around));
}

interface Typed {
  readonly name: string;
  readonly description: string;
  readonly options?: readonly APIApplicationCommandOption[];
}

function typed({ name, description, options = [] }: Typed, around: Surroundings): readonly DemoCommand[] {
  const below = options.filter(isFamily);
  if (below.length > 0)
    return below.flatMap((child) => typed({ ...child, name: `${name} ${child.name}` } as Typed, around));
  const own = options.filter((option): option is APIApplicationCommandBasicOption => !isFamily(option));
  return [{ name, description, options: own.map((option) => optionOf(option, around)) }];
}

const isFamily = ({ type }: APIApplicationCommandOption): boolean =>
  type === Type.Subcommand || type === Type.SubcommandGroup;

const TYPES: Readonly<Partial<Record<Type, Option["type"]>>> = {
  [Type.Integer]: "number",
  [Type.Number]: "number",
  [Type.Boolean]: "boolean",
  [Type.User]: "member",
};

function optionOf(option: APIApplicationCommandBasicOption, around: Surroundings): Option {
  const { name, description, type, required = false } = option;
  const choices = choicesFor(option, around);
  return { name, description, type: TYPES[type] ?? "text", required, ...(choices !== undefined && { choices }) };
}

function choicesFor(option: APIApplicationCommandBasicOption, around: Surroundings): readonly DemoChoice[] | undefined {
  if (option.type === Type.Channel) return around.channels;
  if (option.type === Type.Role) return around.roles;
  if (!("choices" in option) || option.choices === undefined) return undefined;
  return option.choices.map(({ name, value }) => ({ label: name, value: String(value) }));
}
