import { type ButtonSpec, type CommandSpec, type Declared, type ModalSpec, parseCustomId } from "#core";
import { valuesIn } from "../normalise/form.ts";
import { asObject, type Raw } from "../normalise/raw.ts";
import { calledCommand } from "../normalise/options.ts";

/** A form that is to be opened, and what it is about. */
export interface Opening {
  readonly agent: string;
  readonly modal: ModalSpec;
  readonly args: readonly string[];
}

/** What was used, by what its agent declares of it. */
export interface Meeting {
  readonly reply: "ephemeral" | "public" | "update";
  readonly opening?: Opening;
}

interface Owned<T> {
  readonly agent: Declared;
  readonly spec: T;
}

const MENUS: Readonly<Record<string, "member" | "message">> = { 2: "member", 3: "message" };
const COMMAND = 2;
const MODAL = 5;

/** How each interaction is met follows from what agents declare; what nobody declares is answered to its user alone. */
export function meetings(agents: readonly Declared[]): (interaction: Raw) => Meeting {
  const known = new Map(agents.map((agent) => [agent.name, agent]));
  const commands = new Map(
    agents.flatMap((agent) =>
      (agent.commands ?? []).map((spec): [string, Owned<CommandSpec>] => [keyOf(spec.on, spec.name), { agent, spec }]),
    ),
  );
  return (interaction) => {
    const call = asObject(interaction["data"]) ?? {};
    if (interaction["type"] === COMMAND) {
      const owned = commands.get(keyOf(MENUS[String(call["type"])], calledCommand(call).command));
      return owned === undefined ? UNDECLARED : meet(owned, carriedBy(owned.spec, call));
    }
    const id = parseCustomId(String(call["custom_id"]));
    const agent = id === undefined ? undefined : known.get(id.agent);
    if (id === undefined || agent === undefined) return UNDECLARED;
    if (interaction["type"] === MODAL) return agent.modals?.find(({ name }) => name === id.name) ?? UNDECLARED;
    const spec = agent.buttons?.find(({ name }) => name === id.name);
    return spec === undefined ? UNDECLARED : meet({ agent, spec }, [...id.args, ...valuesIn(call["values"])]);
  };
}

const UNDECLARED: Meeting = { reply: "ephemeral" };

function keyOf(on: "member" | "message" | undefined, name: string): string {
  return `${on ?? "slash"}/${name}`;
}

function meet({ agent, spec }: Owned<CommandSpec | ButtonSpec>, args: readonly string[]): Meeting {
  if (spec.reply !== "modal") return { reply: spec.reply };
  const modal = agent.modals?.find(({ name }) => name === spec.opens);
  return modal === undefined ? UNDECLARED : { reply: modal.reply, opening: { agent: agent.name, modal, args } };
}

/** The ids a form is about: the menu's target (with who wrote it, for a message), or the options in the order declared. */
function carriedBy(spec: CommandSpec, call: Raw): readonly string[] {
  if (spec.on === undefined) {
    const given = calledCommand(call).given.map(asObject);
    return spec.options.map(({ name }) => textOf(given.find((option) => option?.["name"] === name)?.["value"]));
  }
  const target = textOf(call["target_id"]);
  const message = asObject(asObject(asObject(call["resolved"])?.["messages"])?.[target]);
  return spec.on === "member" ? [target] : [target, textOf(asObject(message?.["author"])?.["id"])];
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
