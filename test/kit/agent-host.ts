import type { Agent, EventKind, EventOf, GuildEvent, Look, ProposedAction, Records, Write } from "#core";

/** What one event came to. */
export interface Step {
  readonly event: GuildEvent;
  readonly proposals: readonly ProposedAction[];
}

/** One agent, alone, over a row of events: what it tallies, writes and sets timers for is kept, as the road would. */
export interface AgentHost {
  readonly steps: readonly Step[];
  readonly look: Look;
  bring(event: GuildEvent): readonly ProposedAction[];
  /** Timers that are due by then strike, each at its own time. */
  waitUntil(at: number): void;
  record<N extends keyof Records>(name: N, key: string): Records[N] | undefined;
}

type GuildFacts = ReturnType<Look["guild"]>;

export function hostAgent(agent: Agent, config: unknown, facts: Partial<GuildFacts> = {}): AgentHost {
  const parsed = agent.config.parse(config);
  const tallied = new Map<string, { at: number; by: number }[]>();
  const records = new Map<string, unknown>();
  const totals = new Map<string, number>();
  const timers = new Map<string, { at: number; payload: unknown }>();
  const steps: Step[] = [];
  let now = 0;
  let struck = 0;
  const look: Look = {
    count: (counter, key) => {
      const windowMs = (agent.counters?.[counter]?.windowSeconds ?? 0) * 1_000;
      const all = tallied.get(`${counter}/${key}`) ?? [];
      return all.reduce((sum, one) => (one.at > now - windowMs ? sum + one.by : sum), 0);
    },
    total: (total, key) => totals.get(`${total}/${key}`) ?? 0,
    record: (record, key) => records.get(`${record}/${key}`) as never,
    channel: () => undefined,
    role: () => undefined,
    guild: () => ({ name: "The Lantern", ownerId: "1", memberCount: 100, locale: "en", ...facts }),
  };

  function apply(change: Write): void {
    if (change.write === "record.put") records.set(`${change.record}/${change.key}`, change.value);
    else if (change.write === "record.delete") records.delete(`${change.record}/${change.key}`);
    else if (change.write === "total.add") {
      const key = `${change.total}/${change.key}`;
      totals.set(key, (totals.get(key) ?? 0) + change.by);
    } else if (change.write === "timer.set") timers.set(change.timer, change);
    else timers.delete(change.timer);
  }

  function decide(event: GuildEvent): readonly ProposedAction[] {
    if (!agent.listens.includes(event.kind)) return [];
    now = event.at;
    const proposals: ProposedAction[] = [];
    for (const effect of agent.decide(event as EventOf<EventKind>, look, parsed)) {
      if ("write" in effect) apply(effect.write);
      else if ("propose" in effect) proposals.push(effect.propose);
      else if ("tally" in effect) {
        const { counter, key, by = 1 } = effect.tally;
        const name = `${counter}/${key}`;
        tallied.set(name, [...(tallied.get(name) ?? []).slice(-200), { at: now, by }]);
      }
    }
    steps.push({ event, proposals });
    return proposals;
  }

  function waitUntil(at: number): void {
    for (;;) {
      const due = [...timers].filter(([, timer]) => timer.at <= at).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) return;
      const [timer, { at: struckAt, payload }] = due;
      timers.delete(timer);
      const id = `t${++struck}`;
      decide({ id, guildId: "100", at: struckAt, kind: "clock.struck", timer, owner: agent.name, payload });
    }
  }

  return {
    steps,
    look,
    record: (name, key) => records.get(`${name}/${key}`) as never,
    waitUntil,
    bring: (event) => {
      waitUntil(event.at);
      return decide(event);
    },
  };
}
