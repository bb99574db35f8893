import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Agent, KillSwitch } from "#core";
import { openStore } from "../adapters/postgres/index.ts";
import { buildOf, loadPolicies, type Policies, readSettings, type Settings } from "../config/index.ts";
import { scanAgents } from "./agents.ts";
import { openDemo } from "./demo/index.ts";
import type { HouseParts } from "./house.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { sealOf } from "./sealed.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The package's own folder, from the sources or from what was built of them. */
export const packageRoot = rootOf(dirname(fileURLToPath(import.meta.url)));

function rootOf(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : rootOf(dirname(folder));
}

/** Prompts are read where they were written, built or not. */
export const promptsDir = join(packageRoot, "prompts");

/** Built agents lie beside what was built of the house; from sources they are where they were written. */
function ownAgents(): string {
  const isBuilt = fileURLToPath(import.meta.url).startsWith(join(packageRoot, "dist"));
  return join(packageRoot, isBuilt ? join("dist", "agents") : "agents");
}

export function settingsOf(environment: Environment, overrides: Environment): Settings {
  const withAgents = { ...environment, GUILDHALL_AGENTS: environment.GUILDHALL_AGENTS ?? ownAgents() };
  return readSettings(withAgents, { overrides, home: packageRoot });
}

/** The agents that are here and what every guild chose of them. Nothing is opened. */
export async function assemblePolicies(
  environment: Environment,
  overrides: Environment = {},
): Promise<{ settings: Settings; agents: readonly Agent[]; policies: Policies }> {
  const settings = settingsOf(environment, overrides);
  const agents = await scanAgents(settings.agentsDirectory);
  const builds = agents.map(({ name }) => [
    name,
    buildOf([join(settings.agentsDirectory, name), join(promptsDir, name)]),
  ]);
  const policies = loadPolicies(settings.configDirectory, agents, Object.fromEntries(builds) as Record<string, string>);
  return { settings, agents, policies };
}

/** Everything a house needs, introduced to each other; opening it is `openHouse`. */
export async function assembleHouse(
  environment: Environment,
  overrides: Environment,
  killSwitch: KillSwitch,
): Promise<HouseParts> {
  const { settings, agents, policies } = await assemblePolicies(environment, overrides);
  const log = createLog(settings.logLevel);
  return {
    settings,
    agents,
    policies,
    log,
    metrics: createMetrics(),
    killSwitch,
    dashboardDir: join(packageRoot, "dist", "dashboard"),
    promptsDir,
    openDemo: () => openDemo(log),
    openStore: () => openStoreOf(settings, log, killSwitch),
  };
}

export async function openStoreOf(settings: Settings, log: HouseParts["log"], killSwitch?: KillSwitch) {
  const seal = await sealOf(settings);
  const store = await openStore({
    dataDir: settings.dataDirectory,
    databaseUrl: settings.databaseUrl?.reveal(),
    seal,
    log,
    ...(killSwitch === undefined ? {} : { onStage: (stage) => killSwitch.pass(stage) }),
  });
  return { store, seal };
}
