import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Agent, commandMistakes, ConfigurationError, EVENT_KINDS } from "#core";

const ENTRIES = ["index.js", "index.mjs", "index.ts"];
const LONGEST_WINDOW_SECONDS = 600;

/** The directory is the registry: every folder in it is an agent, in the order of their names. */
export async function scanAgents(directory: string): Promise<readonly Agent[]> {
  if (!existsSync(directory))
    throw new ConfigurationError(`the agents' folder ${directory} does not exist; set GUILDHALL_AGENTS`);
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).sort();
  const agents = await Promise.all(names.map((name) => loadAgent(directory, name)));
  const mistakes = commandMistakes(agents);
  if (mistakes.length > 0)
    throw new ConfigurationError(mistakes.map((mistake) => `${directory}: ${mistake}`).join("\n"));
  return agents;
}

async function loadAgent(directory: string, name: string): Promise<Agent> {
  const folder = resolve(directory, name);
  const entry = ENTRIES.map((file) => join(folder, file)).find((file) => existsSync(file));
  if (entry === undefined) throw new ConfigurationError(`${folder}: an agent's folder needs an index.ts or index.js`);
  const module = await importAgent(entry);
  const agent = module.default as Agent | undefined;
  if (agent?.decide === undefined)
    throw new ConfigurationError(`${entry}: the default export is no agent; use defineAgent`);
  const mistake = mistakeIn(agent, name);
  if (mistake !== undefined) throw new ConfigurationError(`${entry}: ${mistake}`);
  return agent;
}

async function importAgent(entry: string): Promise<{ default?: unknown }> {
  try {
    return (await import(pathToFileURL(entry).href)) as { default?: unknown };
  } catch (cause) {
    throw new ConfigurationError(`${entry}: the agent cannot be loaded: ${(cause as Error).message}`, { cause });
  }
}

function mistakeIn(agent: Agent, folder: string): string | undefined {
  if (agent.name !== folder) return `the agent calls itself "${agent.name}", its folder "${folder}"`;
  const unknown = agent.listens.find((kind) => !EVENT_KINDS.includes(kind));
  if (unknown !== undefined) return `listens to "${unknown as string}", which is no kind of event`;
  const [wide] =
    Object.entries(agent.counters ?? {}).find(([, spec]) => spec.windowSeconds > LONGEST_WINDOW_SECONDS) ?? [];
  if (wide !== undefined)
    return `counter "${wide}" is wider than ${LONGEST_WINDOW_SECONDS} s; use a total for longer sums`;
  return undefined;
}
