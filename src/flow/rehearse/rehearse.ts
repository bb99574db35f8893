import {
  type Agent,
  type CommitEntry,
  type GuildPolicy,
  type GuildStore,
  isHit,
  type Lists,
  type Range,
  type RuleHits,
  type Verdict,
} from "#core";
import { createComposer } from "../commit/compose.ts";
import { fetchNeeds, type GuildBeginnings, loadGuild, quotaWindow } from "../guild/state.ts";
import { LONGEST_SAME_SECONDS } from "../judge/facts.ts";

export interface Rehearsed {
  readonly events: number;
  readonly textExpired: number;
  readonly messages: number;
  /** How many of the messages each rule would have met. */
  readonly hits: readonly RuleHits[];
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
  lists?: Lists,
): Promise<Rehearsed> {
  const windows = agents.flatMap((agent) => Object.values(agent.counters ?? {}).map((spec) => spec.windowSeconds));
  const longest = Math.max(LONGEST_SAME_SECONDS, quotaWindow(policy), ...windows);
  const state = await loadGuild(beforeOnly(store, range.from), asLive(policy), longest, range.from, lists);
  const compose = createComposer(agents, { record: "speaking", accepts: () => true });
  const tally = createTally();
  for await (const row of store.journal(range)) {
    for (;;) {
      const composed = compose({ event: row.event, receivedAt: row.receivedAt }, state);
      if ("needs" in composed) {
        await fetchNeeds(state, store, composed.needs);
        continue;
      }
      tally.note(composed.entry, row.textExpired === true);
      break;
    }
  }
  return tally.result();
}

type Counted = { -readonly [K in keyof Rehearsed["rulings"][number]]: Rehearsed["rulings"][number][K] };

/** Adds up what was decided about each event. */
function createTally() {
  const rulings = new Map<string, Counted>();
  const hits = new Map<string, { agent: string; rule: string; messages: number }>();
  const examples: { eventId: string; agent: string; verdict: Verdict }[] = [];
  let events = 0;
  let messages = 0;
  let textExpired = 0;

  function note({ event, decisions }: CommitEntry, isExpired: boolean): void {
    events++;
    if (isExpired) textExpired++;
    if (event.kind === "message.created") messages++;
    for (const { agent, verdicts } of decisions) {
      for (const verdict of verdicts) noteVerdict(agent, verdict, event.id);
      if (event.kind === "message.created") noteHits(agent, verdicts);
    }
  }

  function noteVerdict(agent: string, verdict: Verdict, eventId: string): void {
    const { ruling, proposal } = verdict;
    const key = `${agent}/${proposal.rule}/${ruling}`;
    const entry = rulings.get(key) ?? { agent, rule: proposal.rule, ruling, count: 0 };
    rulings.set(key, entry);
    entry.count++;
    if (examples.length < MOST_EXAMPLES) examples.push({ eventId, agent, verdict });
  }

  /** A rule that deletes and warns has met one message, not two. */
  function noteHits(agent: string, verdicts: readonly Verdict[]): void {
    for (const rule of new Set(verdicts.filter(isHit).map(({ proposal }) => proposal.rule))) {
      const key = `${agent}/${rule}`;
      const entry = hits.get(key) ?? { agent, rule, messages: 0 };
      hits.set(key, entry);
      entry.messages++;
    }
  }

  const result = (): Rehearsed => ({
    ...{ events, messages, textExpired, examples },
    rulings: [...rulings.values()].sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule)),
    hits: [...hits.values()].sort((a, b) => b.messages - a.messages || a.rule.localeCompare(b.rule)),
  });
  return { note, result };
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
