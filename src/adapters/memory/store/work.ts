import { isOwn, PRIORITIES, type Outbox, type PendingWork, type Priority, type Share } from "#core";
import { compare, earlierResults, keyOf, orderOf, stored, type State, type StoredOrder } from "./state.ts";

const urgency = (priority: Priority) => PRIORITIES.indexOf(priority);

export function outbox(state: State, share: Share): Outbox {
  const waiting = () => [...state.orders.values()].filter((order) => order.status === "waiting");
  const leased = (order: StoredOrder) => stored({ order: orderOf(order), results: earlierResults(state, order) });
  return {
    async lease(orderId, holder, now, leaseMs) {
      const order = state.orders.get(orderId);
      if (order?.status !== "waiting" || order.notBefore > now) return undefined;
      const taken: StoredOrder = {
        ...order,
        status: "leased",
        attempt: order.attempt + 1,
        attemptedAt: now,
        holder,
        leasedUntil: now + leaseMs,
      };
      state.orders.set(orderId, taken);
      return leased(taken);
    },
    async release(orderId, notBefore) {
      const order = state.orders.get(orderId);
      if (order?.status !== "leased") return;
      const { holder: _h, leasedUntil: _l, ...rest } = order;
      state.orders.set(orderId, { ...rest, status: "waiting", notBefore });
    },
    due: async (now, limit) =>
      waiting()
        .filter((order) => order.notBefore <= now && isOwn(share, order.guildId))
        .sort((a, b) => urgency(a.priority) - urgency(b.priority) || a.notBefore - b.notBefore || a.ordinal - b.ordinal)
        .slice(0, limit)
        .map(({ id, guildId, priority }) => ({ orderId: id, guildId, priority })),
    stranded: async (now, attemptedBefore, living, limit) =>
      [...state.orders.values()]
        .filter((order) => order.status === "leased" && order.attemptedAt! < attemptedBefore)
        .filter((order) => isOwn(share, order.guildId))
        .filter((order) => order.leasedUntil! <= now || !living.includes(order.holder!))
        .sort((a, b) => a.attemptedAt! - b.attemptedAt! || a.ordinal - b.ordinal)
        .slice(0, limit)
        .map(leased),
    async nextDue() {
      const moments = waiting().map((order) => order.notBefore);
      return moments.length === 0 ? undefined : moments.reduce((a, b) => Math.min(a, b));
    },
  };
}

export function pendingWork(state: State, share: Share): PendingWork {
  return {
    async lease(eventId, agent, holder, now, leaseMs) {
      const row = state.pending.get(keyOf(eventId, agent));
      if (row === undefined || (row.leasedUntil ?? 0) > now) return undefined;
      const taken = { ...row, attempt: row.attempt + 1, holder, leasedUntil: now + leaseMs };
      state.pending.set(keyOf(eventId, agent), taken);
      const { holder: _h, leasedUntil: _l, ...work } = taken;
      return stored(work);
    },
    async due(now, living, limit) {
      freeTheDead(state, share, living);
      return [...state.pending.values()]
        .filter((row) => (row.leasedUntil ?? 0) <= now && isOwn(share, row.guildId))
        .sort((a, b) => urgency(a.priority) - urgency(b.priority) || a.at - b.at || compare(a.eventId, b.eventId))
        .slice(0, limit)
        .map(({ attempt: _a, holder: _h, leasedUntil: _l, ...draft }) => stored(draft));
    },
    async backlog() {
      const counts = { high: 0, medium: 0, low: 0 };
      for (const row of state.pending.values()) counts[row.priority] += 1;
      return counts;
    },
  };
}

/** What a process that is no more had in hand may be taken at once, without waiting for its lease to run out. */
function freeTheDead(state: State, share: Share, living: readonly string[]): void {
  for (const [key, row] of state.pending) {
    if (row.holder === undefined || living.includes(row.holder) || !isOwn(share, row.guildId)) continue;
    const { holder: _h, leasedUntil: _l, ...free } = row;
    state.pending.set(key, free);
  }
}
