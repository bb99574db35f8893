import {
  type ButtonSpec,
  type Choice,
  type CommandOption,
  type CommandSpec,
  LONGEST_COOLDOWN_SECONDS,
  type ModalField,
  type ModalSpec,
  MOST_CHOICES,
} from "./commands.ts";
import type { Agent } from "./agent.ts";
import { type Language, LANGUAGES, type Spoken, spokenIn } from "./language.ts";

/** What an agent declares of commands, buttons and forms. */
export type Declared = Pick<Agent, "name" | "commands" | "buttons" | "modals" | "suggest">;

const MOST_COMMANDS = 100;
const MOST_OPTIONS = 25;
const MOST_FIELDS = 5;
const MENUS_OF_A_KIND = 5;
const LONGEST = { name: 32, description: 100, choice: 100, title: 45, label: 45, placeholder: 100 } as const;

/** Discord's own rule for a word of a command's name, in whatever script; letters that have a lower case are in it. */
const WORD = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** What Discord would refuse, or what two agents cannot both have: found before anything starts. A line each. */
export function commandMistakes(agents: readonly Declared[]): readonly string[] {
  const all = agents.flatMap(({ name, commands = [] }) => commands.map((command) => ({ agent: name, command })));
  const slash = new Set(all.filter(({ command }) => command.on === undefined).map(({ command }) => nounOf(command)));
  return [
    ...agents.flatMap((agent) => mistakesOf(agent).map((mistake) => `${agent.name}: ${mistake}`)),
    ...clashes(all),
    ...(slash.size > MOST_COMMANDS ? [`${slash.size} commands are more than the ${MOST_COMMANDS} Discord takes`] : []),
    ...(["member", "message"] as const).flatMap((on) => {
      const count = all.filter(({ command }) => command.on === on).length;
      return count > MENUS_OF_A_KIND
        ? [`${count} entries in the menu of a ${on} are more than ${MENUS_OF_A_KIND}`]
        : [];
    }),
  ];
}

function nounOf({ name }: CommandSpec): string {
  return name.split(" ")[0]!;
}

interface Owned {
  readonly agent: string;
  readonly command: CommandSpec;
}

/** One name, one command: in every language, since that is what members type. A noun with verbs is none by itself. */
function clashes(all: readonly Owned[]): readonly string[] {
  const found = new Set<string>();
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(0, index)) {
      const language = one.command.on === other.command.on ? clashIn(one.command, other.command) : undefined;
      if (language === undefined) continue;
      const place = language === "en" ? "" : ` in ${language}`;
      found.add(
        `the commands "${other.command.name}" of ${other.agent} and "${one.command.name}" of ${one.agent} clash${place}: rename one of them`,
      );
    }
  }
  return [...found];
}

function clashIn(one: CommandSpec, other: CommandSpec): Language | undefined {
  return LANGUAGES.find((language) => {
    const [a, b] = [one, other].map((command) => spokenIn(command.names ?? command.name, language));
    if (one.on !== undefined) return a === b;
    return a === b || a!.startsWith(`${b!} `) || b!.startsWith(`${a!} `);
  });
}

function mistakesOf(agent: Declared): readonly string[] {
  const { commands = [], buttons = [], modals = [] } = agent;
  const forms = new Set(modals.map(({ name }) => name));
  const named = /^[\w-]{1,32}$/;
  return [
    ...commands.flatMap((command) => commandMistakesOf(command, agent).map((said) => `"${command.name}": ${said}`)),
    ...[...commands, ...buttons].flatMap((usable) => usableMistakes(usable, forms)),
    ...[...buttons, ...modals].flatMap(({ name }) =>
      named.test(name) ? [] : [`"${name}" must be a short plain word, since it goes into custom ids`],
    ),
    ...modals.flatMap((modal) => modalMistakes(modal).map((said) => `the form "${modal.name}": ${said}`)),
    ...modals.flatMap((modal) => cooldownMistakes(modal)),
  ];
}

function usableMistakes(usable: CommandSpec | ButtonSpec, forms: ReadonlySet<string>): readonly string[] {
  const { name, reply, opens } = usable;
  const lost =
    reply === "modal" && !forms.has(opens) ? [`"${name}" opens the form "${opens}", which it does not have`] : [];
  return [...lost, ...cooldownMistakes(usable)];
}

function cooldownMistakes({ name, cooldown = {} }: Pick<CommandSpec, "name" | "cooldown">): readonly string[] {
  const { memberSeconds = 1, guildSeconds = 1 } = cooldown;
  const isRight = (seconds: number) => Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_COOLDOWN_SECONDS;
  if (isRight(memberSeconds) && isRight(guildSeconds)) return [];
  return [`the cooldown of "${name}" must be from 1 to ${LONGEST_COOLDOWN_SECONDS} whole seconds`];
}

function commandMistakesOf(command: CommandSpec, agent: Declared): readonly string[] {
  const names = command.names ?? command.name;
  if (command.on !== undefined) return texts("its name", names, LONGEST.name);
  const { options, description } = command;
  return [
    ...nameMistakes(names, command.name),
    ...texts("its description", description, LONGEST.description),
    ...(options.length > MOST_OPTIONS ? [`${options.length} options are more than ${MOST_OPTIONS}`] : []),
    ...options.flatMap((option) => optionMistakes(option, agent).map((said) => `option "${option.name}": ${said}`)),
    ...doubled(options.map(({ name }) => name)).map((name) => `two options are called "${name}"`),
    ...(command.reply === "modal" ? carried(options) : []),
  ];
}

/** What a form is about goes into its custom id, where a text has no room. */
function carried(options: readonly CommandOption[]): readonly string[] {
  const long = options.find(({ type }) => type === "text" || type === "attachment" || type === "number");
  if (long !== undefined)
    return [`opens a form, so its option "${long.name}" cannot be a ${long.type}: ask for it in the form`];
  return options.length > 2 ? ["opens a form, so it can have two options at most"] : [];
}

function nameMistakes(names: Spoken, name: string): readonly string[] {
  const words = name.split(" ").length;
  if (words > 3) return ["a name has three words at most: noun, group, verb"];
  return LANGUAGES.flatMap((language) => {
    const spoken = spokenIn(names, language);
    if (spoken.split(" ").length !== words)
      return [`its name in ${language}, "${spoken}", must have ${words} words, too`];
    return spoken.split(" ").every(isWord) ? [] : [`its name in ${language}, "${spoken}", is none that Discord takes`];
  });
}

function isWord(word: string): boolean {
  return WORD.test(word) && word === word.toLowerCase();
}

function optionMistakes(option: CommandOption, agent: Declared): readonly string[] {
  return [
    ...nameMistakes(option.names ?? option.name, "one"),
    ...texts("its description", option.description, LONGEST.description),
    ...("choices" in option && option.choices !== undefined ? choiceMistakes(option.choices) : []),
    ...("autocomplete" in option && option.autocomplete === true ? autocompleteMistakes(option, agent) : []),
  ];
}

function autocompleteMistakes(option: { readonly choices?: readonly Choice[] }, agent: Declared): readonly string[] {
  if (option.choices !== undefined) return ["has fixed choices and autocomplete: Discord takes one of them"];
  return agent.suggest === undefined ? ["has autocomplete, and the agent no suggest()"] : [];
}

function choiceMistakes(choices: readonly Choice[]): readonly string[] {
  const tooMany =
    choices.length === 0 || choices.length > MOST_CHOICES ? [`must have 1 to ${MOST_CHOICES} choices`] : [];
  return [...tooMany, ...choices.flatMap(({ name, value }) => texts(`its choice ${value}`, name, LONGEST.choice))];
}

function modalMistakes({ title, fields }: ModalSpec): readonly string[] {
  return [
    ...texts("its title", title, LONGEST.title),
    ...(fields.length < 1 || fields.length > MOST_FIELDS ? [`must have 1 to ${MOST_FIELDS} fields`] : []),
    ...fields.flatMap(fieldMistakes),
    ...doubled(fields.map(({ name }) => name)).map((name) => `two fields are called "${name}"`),
  ];
}

function fieldMistakes(field: ModalField): readonly string[] {
  return [
    ...texts(`the label of ${field.name}`, field.label, LONGEST.label),
    ...(field.description === undefined ? [] : texts(`the description of ${field.name}`, field.description, 100)),
    ...("placeholder" in field && field.placeholder !== undefined
      ? texts(`the placeholder of ${field.name}`, field.placeholder, LONGEST.placeholder)
      : []),
    ...("choices" in field ? choiceMistakes(field.choices) : []),
  ];
}

function texts(what: string, text: Spoken, longest: number): string[] {
  return LANGUAGES.flatMap((language) => {
    const { length } = spokenIn(text, language);
    if (length >= 1 && length <= longest) return [];
    return [`${what} in ${language} must be 1 to ${longest} characters, and has ${length}`];
  });
}

function doubled(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
