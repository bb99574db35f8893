import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { createDemoGuild, type DemoGuild, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type HouseProcess, openFolder, removeFolder, startHouse } from "../e2e/kit/process.ts";

export const BAD = "see free-nitro.example";

/** A house as it is shipped, in a process of its own, on a simulated Discord with the guild that is raided and some others. */
export interface Scene {
  readonly simulator: Simulator;
  readonly guild: DemoGuild;
  readonly others: readonly DemoGuild[];
  house(): HouseProcess;
  /** Gone at once, and started again; people go on meanwhile. */
  killAndStart(): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(guilds: number): Promise<Scene> {
  const folder = await openFolder("raid");
  const simulator = await startSimulator();
  const [guild, ...others] = Array.from({ length: guilds }, () => createDemoGuild(simulator.control));
  const config = await configFor(folder, guild!);
  const variables = { DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, GUILDHALL_CONFIG: config };
  let house = await opened(folder, variables);
  // A house that stands knows its guilds; what a start costs is measured by the run that kills it.
  await known(house, guilds);
  return {
    ...{ simulator, guild: guild!, others, house: () => house },
    async killAndStart() {
      await house.stop("SIGKILL");
      house = await opened(folder, variables);
    },
    async close() {
      await house.stop();
      await simulator.close();
      await removeFolder(folder);
    },
  };
}

async function opened(folder: string, variables: Readonly<Record<string, string>>): Promise<HouseProcess> {
  const house = await startHouse(folder, variables);
  while (!(await fetch(`${house.origin}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 10));
  return house;
}

async function known({ origin, token }: HouseProcess, count: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const answer = (await (await fetch(`${origin}/api/guilds`, { headers })).json()) as { guilds?: readonly unknown[] };
    if ((answer.guilds ?? []).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function configFor(folder: string, { guildId, channelIds, roleIds }: DemoGuild): Promise<string> {
  const config = join(folder, "config");
  await cp(join(import.meta.dirname, "..", "..", "config"), config, { recursive: true });
  mkdirSync(join(config, "guilds"), { recursive: true });
  // A process that is killed holds its guilds for so long; a test need not wait ten seconds for it.
  const shipped = join(config, "default.yaml");
  writeFileSync(shipped, readFileSync(shipped, "utf8").replace("shardLease: 10s", "shardLease: 1s"));
  const gate = { mode: "live", config: { roleId: roleIds["regular"], method: "letters" } };
  const choice = { mode: "live", config: { alertChannelId: channelIds["mod-log"], calmMinutes: 1 } };
  writeFileSync(
    join(config, "guilds", `${guildId}.yaml`),
    JSON.stringify({ agents: { raids: choice, sentry: { mode: "live" }, gatekeeper: gate } }),
  );
  return config;
}

/** All of a guild that a raid may change, as Discord itself holds it. */
export function standOf({ simulator, guild: { guildId } }: Scene): string {
  const { control } = simulator;
  const channels = control.channels(guildId).map((channel) => {
    const {
      id,
      permission_overwrites: overwrites = [],
      rate_limit_per_user: slowmode = 0,
    } = channel as {
      id: string;
      permission_overwrites?: readonly { id: string }[];
      rate_limit_per_user?: number;
    };
    return { id, slowmode, overwrites: overwrites.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  });
  const { invites_disabled_until: invites = null, dms_disabled_until: messages = null } =
    control.incidents(guildId) ?? {};
  return JSON.stringify({ channels, invites, messages, level: control.verificationLevel(guildId) });
}
