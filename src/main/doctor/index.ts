import {
  ConfigurationError,
  errorFields,
  type Agent,
  broken,
  fine,
  type Finding,
  GuildhallError,
  type GuildPolicy,
} from "#core";
import { permissionsFor, Permission, type Store, withVerbs } from "#core";
import { systemClock } from "../../adapters/memory/clock.ts";
import { applicationIdOf, examineDiscord, type ExamineOptions } from "../../adapters/discord/examine/index.ts";
import type { ExamineRequest, Invitation } from "../../doors/cli/index.ts";
import { assemblePolicies, type Environment, openStoreOf } from "../assemble.ts";
import { openDemo } from "../demo/index.ts";
import { listFindings } from "../lists.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { listModels } from "../model-test.ts";
import { telegramFindings } from "./telegram.ts";
import { drawingFinding, folderFindings, hasStore, modelFinding, redisFinding, storeFinding } from "./house.ts";
import { boardFindings } from "./boards.ts";
import { ticketFindings } from "./tickets.ts";

type Assembled = Awaited<ReturnType<typeof assemblePolicies>>;

/** What stands in the logs while something is examined would only repeat the findings. */
const quiet = () => createLog("silent");

/** Looks at everything the house rests on, changes nothing, and disturbs no house that runs beside it. */
export async function examineHouse(
  environment: Environment,
  overrides: Environment,
  request: ExamineRequest,
): Promise<readonly Finding[]> {
  const assembled = await assemblePolicies(environment, overrides);
  const { settings, agents } = assembled;
  const findings: Finding[] = [
    fine("configuration", `${agents.length} agent${agents.length === 1 ? "" : "s"}, every file is valid`),
  ];
  findings.push(...(await folderFindings(settings)), modelFinding(listModels(settings, assembled.policies)));
  findings.push(...(await listFindings(settings, assembled.policies, systemClock.now())));
  const { store, finding } = await openBeside(assembled);
  findings.push(finding, await redisFinding(settings), await drawingFinding());
  try {
    findings.push(...(await telegramFindings(settings, store)));
    findings.push(...(await ticketFindings(settings, store, policyOf(assembled, store))));
    findings.push(...(await boardFindings(settings, store, policyOf(assembled, store))));
    findings.push(...(await discordFindings(assembled, store, request)));
  } finally {
    await store?.close();
  }
  return findings;
}

async function openBeside({ settings }: Assembled): Promise<{ store?: Store; finding: Finding }> {
  if (!(await hasStore(settings))) return { finding: fine("database", "will be made at the first start") };
  try {
    const { store } = await openStoreOf(settings, quiet());
    return { store, finding: await storeFinding(store) };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const said = error instanceof GuildhallError ? error.message : errorFields(error).code;
    return {
      finding: broken("database", `it cannot be opened: ${said}`, "look at DATABASE_URL, or at the data folder"),
    };
  }
}

/** What a guild chose, read anew each time: nobody runs beside this who would tell. */
function policyOf({ policies }: Assembled, store: Store | undefined): (guildId: string) => Promise<GuildPolicy> {
  return async (guildId) => policies.policyFor(guildId, (await store?.guild(guildId).policies(1))?.[0]);
}

async function discordFindings(
  { settings, agents, policies }: Assembled,
  store: Store | undefined,
  request: ExamineRequest,
): Promise<readonly Finding[]> {
  const policyFor = policyOf({ settings, agents, policies }, store);
  const common = { log: quiet(), metrics: createMetrics(), clock: systemClock, agents, policyFor, ...request };
  if (settings.discordToken !== undefined) return examineDiscord({ ...common, ...accessOf(settings) });
  const demo = await openDemo(quiet());
  try {
    const { token, apiUrl, guildId: demoGuildId } = demo;
    const examined = await examineDiscord({ ...common, token, apiUrl, demoGuildId });
    return [fine("discord", "no DISCORD_TOKEN: this is the built-in demo guild"), ...examined];
  } finally {
    await demo.close();
  }
}

function accessOf({ discordToken, discordApiUrl }: Assembled["settings"]): Pick<ExamineOptions, "token" | "apiUrl"> {
  return {
    token: discordToken?.reveal() ?? "",
    ...(discordApiUrl === undefined ? {} : { apiUrl: discordApiUrl }),
  };
}

/** A link with the permissions that the agents need which are switched on somewhere, and no others. */
export async function inviteTo(environment: Environment): Promise<Invitation> {
  const { settings, agents, policies } = await assemblePolicies(environment);
  if (settings.discordToken === undefined)
    throw new ConfigurationError("DISCORD_TOKEN is not set: put the bot's token there, so that the link leads to it");
  const enabled = agents.filter((agent) => isEnabled(agent, policies));
  const permissions = permissionsFor(enabled.map((agent) => withVerbs(agent, configsOf(agent, policies))));
  const bits = permissions.reduce((sum, name) => sum | Permission[name], 0n).toString();
  const clientId = await applicationIdOf({ ...accessOf(settings), log: quiet(), metrics: createMetrics() });
  const query = new URLSearchParams({ client_id: clientId, scope: "bot applications.commands", permissions: bits });
  return {
    url: `https://discord.com/oauth2/authorize?${query.toString()}`,
    permissions,
    agents: enabled.map(({ name }) => name),
  };
}

function isEnabled({ name }: Agent, { policyFor, guildIds }: Assembled["policies"]): boolean {
  return ["0", ...guildIds].some((guildId) => policyFor(guildId).agents[name]?.mode !== "off");
}

function configsOf({ name }: Agent, { policyFor, guildIds }: Assembled["policies"]): readonly unknown[] {
  return guildIds.map((guildId) => policyFor(guildId).agents[name]?.config);
}
