import { type APIApplicationCommand, Routes } from "discord-api-types/v10";
import { canonical, type CommandSpec, type Log, type Metrics } from "#core";
import { asList } from "../normalise/raw.ts";
import { refusalCode } from "../outcome.ts";
import { patiently } from "../patience.ts";
import type { Caller } from "../rest.ts";
import { type CommandBody, commandBodies } from "./bodies.ts";

/** What stands between Discord's commands and the agents'. */
export interface CommandChanges {
  readonly unchanged: readonly string[];
  readonly missing: readonly CommandBody[];
  readonly different: readonly { readonly id: string; readonly body: CommandBody }[];
  readonly superfluous: readonly { readonly id: string; readonly name: string }[];
}

export interface CommandShelf {
  readonly applicationId: string;
  /** Without a guild the commands of all guilds are meant, which Discord takes a while to spread. */
  readonly guildId?: string | undefined;
}

interface Tools {
  readonly call: Caller;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * The one place that writes commands: all of them in one request where anything differs, for one by one Discord makes a bot
 * wait. Waits out an outage. What is refused is said, and the house goes on with the commands Discord has.
 */
export async function registerCommands(
  tools: Tools,
  shelf: CommandShelf,
  commands: readonly CommandSpec[],
  signal: AbortSignal,
): Promise<void> {
  try {
    const changes = await patiently(() => commandChanges(tools.call, shelf, commands, signal), signal);
    const body = commandBodies(commands);
    if (changes.missing.length + changes.different.length + changes.superfluous.length > 0)
      await patiently(() => tools.call({ method: "PUT", route: routeOf(shelf), body, signal }), signal);
    tell(tools, shelf, changes);
  } catch (error) {
    if (signal.aborted) return;
    if (refusalCode(error) === undefined) throw error;
    tools.metrics.count("commands_refused");
    tools.log.error({ code: refusalCode(error), error: String(error) }, "Discord refuses the commands agents declare");
  }
}

/** One request; nothing is written. */
export async function commandChanges(
  call: Caller,
  shelf: CommandShelf,
  commands: readonly CommandSpec[],
  signal: AbortSignal,
): Promise<CommandChanges> {
  const query = { with_localizations: "true" };
  const known = await call<unknown>({ method: "GET", route: routeOf(shelf), query, signal });
  return changesBetween(asList(known) as readonly APIApplicationCommand[], commandBodies(commands));
}

export function changesBetween(
  known: readonly Pick<APIApplicationCommand, "id" | "name" | "type">[],
  wanted: readonly CommandBody[],
): CommandChanges {
  const left = new Map(known.map((command) => [keyOf(command), command]));
  const unchanged: string[] = [];
  const missing: CommandBody[] = [];
  const different: { id: string; body: CommandBody }[] = [];
  for (const body of wanted) {
    const before = left.get(keyOf(body));
    left.delete(keyOf(body));
    if (before === undefined) missing.push(body);
    else if (comparable(before) === comparable(body)) unchanged.push(body.name);
    else different.push({ id: before.id, body });
  }
  return { unchanged, missing, different, superfluous: [...left.values()] };
}

function keyOf({ type, name }: { readonly type?: number; readonly name: string }): string {
  return `${type ?? 1}/${name}`;
}

/** Contexts are always the same, and Discord does not tell them of a guild's own commands. */
const COMPARED = new Set([
  ...["type", "name", "name_localizations", "description", "description_localizations", "required", "autocomplete"],
  ...["choices", "options", "channel_types", "min_value", "max_value", "min_length", "max_length", "value"],
  "default_member_permissions",
]);

/** What Discord fills in by itself (empty lists, null, false) says the same as what was left out. */
function comparable(value: unknown): string {
  return canonical(trimmed(value) ?? {});
}

function trimmed(value: unknown, keeps: (key: string) => boolean = isCompared): unknown {
  if (value === null || value === false || value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((entry: unknown) => trimmed(entry));
  if (typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key]) => keeps(key));
  const entries = kept.map(([key, entry]): [string, unknown] => [
    key,
    trimmed(entry, isLocalised(key) ? all : isCompared),
  ]);
  const said = entries.filter(([, entry]) => entry !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

const all = (): boolean => true;

function isCompared(key: string): boolean {
  return COMPARED.has(key);
}

function isLocalised(key: string): boolean {
  return key.endsWith("_localizations");
}

function tell({ log, metrics }: Tools, { guildId }: CommandShelf, changes: CommandChanges): void {
  const counts = {
    unchanged: changes.unchanged.length,
    written: changes.missing.length + changes.different.length,
    removed: changes.superfluous.length,
  };
  for (const [change, by] of Object.entries(counts)) metrics.count("commands_registered", { change }, by);
  if (counts.written + counts.removed === 0) return log.debug(counts, "the commands are as Discord knows them");
  log.info({ ...counts, ...(guildId === undefined ? {} : { guildId }) }, "commands were brought up to date");
}

function routeOf({ applicationId, guildId }: CommandShelf): `/${string}` {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}
