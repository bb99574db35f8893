import { ConfigurationError, type GuildStore, heavyRules, type Range, REHEARSED_MS, type Store } from "#core";
import { systemClock } from "../adapters/memory/clock.ts";
import type { HouseCommands, PolicyWeight, Progress, RangeRequest, ReplayReport } from "../doors/cli/index.ts";
import { type Rehearsed, rehearse, replay } from "../flow/index.ts";
import { lastLists } from "./lists.ts";
import type { assemblePolicies } from "./assemble.ts";

type Assembled = Awaited<ReturnType<typeof assemblePolicies>>;

/** More than anybody chooses by hand. */
const EVERY_VERSION = 100_000;

const rangeOf = ({ from = 0, to = Number.MAX_SAFE_INTEGER }: RangeRequest): Range => ({ from, to });

/** Throws where the house could not keep these choices for this guild, and says what to do instead. */
export function checkChoices(guildId: string, document: string, { policies }: Assembled): void {
  if (policies.guildIds.includes(guildId)) {
    const file = `config/guilds/${guildId}.yaml`;
    throw new ConfigurationError(`this guild's choices are kept in ${file}: edit that, or remove it first`);
  }
  policies.check(guildId, document);
}

/** The last day once more under these choices, before they hold. */
export async function weighChoices(
  store: Store,
  { guildId, document }: { readonly guildId: string; readonly document: string },
  progress: Progress,
  assembled: Assembled,
): Promise<PolicyWeight> {
  const { agents, policies } = assembled;
  const guild = store.guild(guildId);
  const to = systemClock.now();
  const after = policies.check(guildId, document);
  const before = policies.policyFor(guildId, (await guild.policies(1))[0]);
  const lists = await lastLists(assembled);
  const rehearsed = await rehearse(guild, agents, after, { from: to - REHEARSED_MS, to }, lists);
  progress(rehearsed.events);
  return { messages: rehearsed.messages, heavy: heavyRules(rehearsed, before, after) };
}

/** Every recorded decision of a stretch, executed again; what can't be is counted, not hidden. */
export async function replayRange(
  store: Store,
  request: RangeRequest,
  progress: Progress,
  { agents, policies }: Assembled,
): Promise<ReplayReport> {
  const guild = store.guild(request.guildId);
  const policyOf = await everyPolicy(guild, policies);
  const byName = new Map(agents.map((agent) => [agent.name, agent]));
  const different: ReplayReport["different"][number][] = [];
  let decisions = 0;
  let identical = 0;
  let notReplayable = 0;
  for await (const decision of guild.decisions(rangeOf(request))) {
    progress(++decisions);
    const { eventId, agent, phase } = decision;
    const event = await guild.event(eventId);
    const policy = policyOf(agent, decision.configHash);
    if (event === undefined || policy === undefined) notReplayable++;
    else if ((await replay(decision, event, byName, policy)).same) identical++;
    else different.push({ eventId, agent, phase });
  }
  return { decisions, identical, notReplayable, different };
}

/** Of all the guild ever chose, what was in force when this agent decided; undefined where agent or defaults have changed. */
async function everyPolicy(guild: GuildStore, { policyFor }: Assembled["policies"]) {
  const chosen = await guild.policies(EVERY_VERSION);
  const all = [...chosen.map((own) => policyFor(guild.guildId, own)), policyFor(guild.guildId)];
  return (agent: string, configHash: string) =>
    agent === "house" || agent === "desk" ? all[0] : all.find((policy) => policy.agents[agent]?.hash === configHash);
}

/** What the present policy, or the one in a file, would have done over a stretch of the journal. */
export async function rehearseRange(
  store: Store,
  request: Parameters<HouseCommands["rehearse"]>[1],
  progress: Progress,
  assembled: Assembled,
): Promise<Rehearsed> {
  const { agents, policies } = assembled;
  const { guildId, policyFile } = request;
  const guild = store.guild(guildId);
  const policy =
    policyFile === undefined
      ? policies.policyFor(guildId, (await guild.policies(1))[0])
      : policies.policyFromFile(guildId, policyFile);
  const report = await rehearse(guild, agents, policy, rangeOf(request), await lastLists(assembled));
  progress(report.events);
  return report;
}
