import {
  type Agent,
  BLANK_LOOK,
  type Effect,
  type GuildEvent,
  type Look,
  type ProposedAction,
  type Write,
} from "#core";

/** As much of a house as one agent's decisions need: its counts, totals and records, kept as the road keeps them. */
export interface SmallHouse {
  readonly look: Look;
  readonly totals: Map<string, number>;
  readonly records: Map<string, unknown>;
  /** When each strikes, and with what. */
  readonly timers: Map<string, { readonly at: number; readonly payload: unknown }>;
  /** Decides, keeps what was written and counted, and gives back what was proposed. */
  bring(event: GuildEvent): readonly ProposedAction[];
}

export function smallHouse(agent: Agent, config: unknown, sight: Partial<Look> = {}): SmallHouse {
  const totals = new Map<string, number>();
  const records = new Map<string, unknown>();
  const timers = new Map<string, { at: number; payload: unknown }>();
  const tallies = new Map<string, { at: number; by: number }[]>();
  let now = 0;
  const look: Look = {
    ...BLANK_LOOK,
    count(counter, key) {
      const since = now - agent.counters![counter]!.windowSeconds * 1_000;
      const known = tallies.get(`${counter} ${key}`) ?? [];
      while (known.length > 0 && known[0]!.at <= since) known.shift();
      return known.reduce((sum, { by }) => sum + by, 0);
    },
    total: (total, key) => totals.get(`${total} ${key}`) ?? 0,
    record: (record, key) => records.get(`${record} ${key}`) as never,
    ranking({ total, key, offset, limit }) {
      const all = [...totals].flatMap(([id, value]) =>
        id.startsWith(`${total} `) && value >= 1 ? [{ key: id.slice(total.length + 1), value }] : [],
      );
      const sorted = all.sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
      const rows = sorted.map((row) => ({ ...row, place: 1 + sorted.findIndex(({ value }) => value === row.value) }));
      const own = rows.find((row) => row.key === key);
      return { rows: rows.slice(offset, offset + limit), members: rows.length, ...(own && { own }) };
    },
    ...sight,
  };
  const keep = (change: Write) => {
    if (change.write === "record.put") records.set(`${change.record} ${change.key}`, change.value);
    if (change.write === "record.delete") records.delete(`${change.record} ${change.key}`);
    if (change.write === "timer.set") timers.set(change.timer, change);
    if (change.write === "timer.clear") timers.delete(change.timer);
    if (change.write !== "total.add") return;
    const id = `${change.total} ${change.key}`;
    totals.set(id, (totals.get(id) ?? 0) + change.by);
  };
  const apply = (effect: Effect): ProposedAction[] => {
    if ("propose" in effect) return [effect.propose];
    if ("write" in effect) keep(effect.write);
    if ("tally" in effect) {
      const { counter, key, by = 1 } = effect.tally;
      const id = `${counter} ${key}`;
      const known = tallies.get(id);
      if (known === undefined) tallies.set(id, [{ at: now, by }]);
      else known.push({ at: now, by });
    }
    return [];
  };
  return {
    ...{ look, totals, records, timers },
    bring(event) {
      now = event.at;
      return agent.listens.includes(event.kind) ? agent.decide(event, look, config).flatMap(apply) : [];
    },
  };
}
