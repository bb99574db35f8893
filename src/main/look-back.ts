import { type Range, type Store } from "#core";
import type { HouseCommands, Progress, RangeRequest, ReplayReport } from "../doors/cli/index.ts";
import { type Rehearsed, rehearse, replay } from "../flow/index.ts";
import type { assemblePolicies } from "./assemble.ts";

type Assembled = Awaited<ReturnType<typeof assemblePolicies>>;

const rangeOf = ({ from = 0, to = Number.MAX_SAFE_INTEGER }: RangeRequest): Range => ({ from, to });

/** Every recorded decision of a stretch, executed again; what can't be is counted, not hidden. */
export async function replayRange(
  store: Store,
  request: RangeRequest,
  progress: Progress,
  { agents, policies }: Assembled,
): Promise<ReplayReport> {
  const guild = store.guild(request.guildId);
  const policy = policies.policyFor(request.guildId);
  const byName = new Map(agents.map((agent) => [agent.name, agent]));
  const different: ReplayReport["different"][number][] = [];
  let decisions = 0;
  let identical = 0;
  let notReplayable = 0;
  for await (const decision of guild.decisions(rangeOf(request))) {
    progress(++decisions);
    const { eventId, agent, phase } = decision;
    const event = await guild.event(eventId);
    const isSameBuild = agent === "house" || policy.agents[agent]?.hash === decision.configHash;
    if (event === undefined || !isSameBuild) notReplayable++;
    else if ((await replay(decision, event, byName, policy)).same) identical++;
    else different.push({ eventId, agent, phase });
  }
  return { decisions, identical, notReplayable, different };
}

/** What the present policy, or the one in a file, would have done over a stretch of the journal. */
export async function rehearseRange(
  store: Store,
  request: Parameters<HouseCommands["rehearse"]>[1],
  progress: Progress,
  { agents, policies }: Assembled,
): Promise<Rehearsed> {
  const { guildId, policyFile } = request;
  const policy = policyFile === undefined ? policies.policyFor(guildId) : policies.policyFromFile(guildId, policyFile);
  const report = await rehearse(store.guild(guildId), agents, policy, rangeOf(request));
  progress(report.events);
  return report;
}
