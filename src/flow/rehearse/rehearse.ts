import type { Agent, GuildPolicy, GuildStore, Range, Verdict } from "#core";
import { createComposer } from "../commit/compose.ts";
import { fetchNeeds, type GuildBeginnings, loadGuild, quotaWindow } from "../guild/state.ts";
import { LONGEST_SAME_SECONDS } from "../judge/facts.ts";

export interface Rehearsed {
  readonly events: number;
  readonly textExpired: number;
  /** Verdicts by agent, rule and ruling. */
  readonly rulings: readonly {
    readonly agent: string;
    readonly rule: string;
    readonly ruling: string;
    readonly count: number;
  }[];
  /** The first few of what would have been done, with the event each answers. */
  readonly examples: readonly { readonly eventId: string; readonly agent: string; readonly verdict: Verdict }[];
}

const MOST_EXAMPLES = 20;

/**
 * What a policy would have done over a stretch of the journal: the same deciding and the same judging, event by event,
 * and nothing is written. Agents that the policy has in shadow are judged as if they were live, because that is the question.
 */
export async function rehearse(
  store: GuildStore,
  agents: readonly Agent[],
  policy: GuildPolicy,
  range: Range,
): Promise<Rehearsed> {
  const windows = agents.flatMap((agent) => Object.values(agent.counters ?? {}).map((spec) => spec.windowSeconds));
  const longest = Math.max(LONGEST_SAME_SECONDS, quotaWindow(policy), ...windows);
  const state = await loadGuild(beforeOnly(store, range.from), asLive(policy), longest, range.from);
  const compose = createComposer(agents, { record: "speaking", accepts: () => true });
  const counts = new Map<string, { agent: string; rule: string; ruling: string; count: number }>();
  const examples: { eventId: string; agent: string; verdict: Verdict }[] = [];
  let events = 0;
  let textExpired = 0;
  for await (const row of store.journal(range)) {
    events++;
    if (row.textExpired === true) textExpired++;
    for (;;) {
      const composed = compose({ event: row.event, receivedAt: row.receivedAt }, state);
      if ("needs" in composed) {
        await fetchNeeds(state, store, composed.needs);
        continue;
      }
      for (const { agent, verdicts } of composed.entry.decisions)
        for (const verdict of verdicts) note(agent, verdict, row.event.id);
      break;
    }
  }
  return {
    events,
    textExpired,
    rulings: [...counts.values()].sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule)),
    examples,
  };

  function note(agent: string, verdict: Verdict, eventId: string): void {
    const { rule } = verdict.proposal;
    const key = `${agent}/${rule}/${verdict.ruling}`;
    const entry = counts.get(key) ?? { agent, rule, ruling: verdict.ruling, count: 0 };
    counts.set(key, { ...entry, count: entry.count + 1 });
    if (examples.length < MOST_EXAMPLES) examples.push({ eventId, agent, verdict });
  }
}

function asLive(policy: GuildPolicy): GuildPolicy {
  const agents = Object.entries(policy.agents).map(([name, agent]) => [
    name,
    agent.mode === "shadow" ? { ...agent, mode: "live" } : agent,
  ]);
  return { ...policy, agents: Object.fromEntries(agents) as GuildPolicy["agents"] };
}

/** Counters as they stood when the stretch began: later tallies are what the rehearsal counts itself. */
function beforeOnly(store: GuildStore, before: number): GuildBeginnings {
  return {
    guildId: store.guildId,
    directory: () => store.directory(),
    fewRecords: (atMost) => store.fewRecords(atMost),
    tallies: async (from) => (await store.tallies(from)).filter(({ at }) => at < before),
  };
}
