import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "#core";
import { assemblePolicies } from "../../src/main/assemble.ts";
import { type OpenHouse, openHouse } from "../../src/main/house.ts";
import { createMetrics } from "../../src/main/metrics.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { plainSeal } from "../discord/context.ts";
import { silentLog } from "./road.ts";

export type Assembled = Awaited<ReturnType<typeof assemblePolicies>>;

/** The agents as they ship, for a house on the simulator; with a policy of its own, or with the one that ships. */
export async function assembleOn(
  simulator: Simulator,
  folder: string,
  policy?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Assembled> {
  const config = join(folder, "config");
  if (policy !== undefined) {
    mkdirSync(config, { recursive: true });
    copyFileSync(join(import.meta.dirname, "../../config/schema.json"), join(config, "schema.json"));
    writeFileSync(join(config, "default.yaml"), policy);
  }
  return assemblePolicies({
    ...{ DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, GUILDHALL_AGENTS: "agents" },
    ...{ GUILDHALL_DATA: folder, HOST: "127.0.0.1", PORT: "0" },
    ...(policy !== undefined && { GUILDHALL_CONFIG: config }),
    ...environment,
  });
}

/** Opened over a store that may outlive it; resolves once it is ready. */
export async function openOver(store: Store, assembled: Assembled, folder: string): Promise<OpenHouse> {
  const house = await openHouse({
    ...assembled,
    ...{ log: silentLog, metrics: createMetrics(), dashboardDir: folder, promptsDir: "prompts" },
    openStore: () => Promise.resolve({ store, seal: plainSeal }),
    openDemo: () => Promise.reject(new Error("there is a token")),
    killSwitch: { pass: () => undefined },
  });
  while (!(await fetch(new URL("/readyz", house.url))).ok) await new Promise((resolve) => setTimeout(resolve, 5));
  return house;
}
