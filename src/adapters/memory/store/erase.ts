import { type ErasureReceipt, type OrderStatus, subjectOf, withoutMember } from "#core";
import { erasePassages } from "./knowledge.ts";
import { keyOf, type State } from "./state.ts";

const UNDER_WAY: readonly OrderStatus[] = ["blocked", "waiting", "leased"];

/** What the database does to its tables, done to these. */
export function eraseMember(state: State, guildId: string, userId: string): ErasureReceipt {
  const rows = state.journal.get(guildId) ?? new Map();
  const theirs = new Set([...rows].filter(([, row]) => subjectOf(row.event) === userId).map(([id]) => id as string));
  const speaks = (value: unknown) => JSON.stringify(value).includes(userId);
  const own = (value: { readonly guildId: string }) => value.guildId === guildId;

  function change<V extends { readonly guildId: string }>(
    map: Map<string, V>,
    isAbout: (value: V) => boolean,
    after: (value: V) => V = (value) => value,
  ): number {
    const found = [...map].filter(([, value]) => own(value) && (isAbout(value) || speaks(value)));
    for (const [key, value] of found) map.set(key, after(withoutMember(value, userId, isAbout(value)) as V));
    return found.length;
  }
  function remove(map: Map<string, unknown>, isGone: (key: string, value: unknown) => boolean): number {
    const gone = [...map].filter(([key, value]) => isGone(key, value));
    for (const [key] of gone) map.delete(key);
    return gone.length;
  }
  const ended = new Map([...state.orders].filter(([, order]) => !UNDER_WAY.includes(order.status)));
  const answered = new Map([...state.approvals].filter(([, approval]) => approval.status !== "pending"));
  const mine = (key: string) => key.startsWith(keyOf(guildId).slice(0, -1));
  const isAboutThem = ({ eventId }: { readonly eventId: string }) => theirs.has(eventId);
  const underWay = [...state.orders.values(), ...state.approvals.values()].filter(
    (row) => own(row) && [...UNDER_WAY, "pending"].includes(row.status) && speaks(row),
  ).length;
  for (const [key, file] of state.cases) if (own(file) && file.userId === userId) state.caseEvidence.delete(key);
  const receipt = {
    bodies: 0,
    decisions: change(state.decisions, isAboutThem, (value) => ({ ...value, reads: [], readsExpired: true })),
    orders: change(ended, isAboutThem),
    approvals: change(answered, isAboutThem),
    cases: change(state.cases, (file) => file.userId === userId),
    timers: change(state.timers, () => false),
    events: 0,
    records: remove(state.records, (key, value) => mine(key) && (key.includes(userId) || speaks(value))),
    totals: remove(state.totals, (key) => mine(key) && key.includes(userId)),
    passages: erasePassages(state, guildId, userId),
    underWay,
  };
  for (const [key, order] of ended) state.orders.set(key, order);
  for (const [key, approval] of answered) state.approvals.set(key, approval);
  remove(state.inbox, (_key, event) => own(event as never) && speaks(event));
  return { ...receipt, events: eraseEvents(state, guildId, userId) };
}

function eraseEvents(state: State, guildId: string, userId: string): number {
  const rows = state.journal.get(guildId);
  if (rows === undefined) return 0;
  const found = [...rows].filter(([, row]) => JSON.stringify(row).includes(userId));
  for (const [id, row] of found) {
    const isAbout = subjectOf(row.event) === userId;
    const tallies = row.tallies.map((tally) => ({ ...tally, key: tally.key.replaceAll(userId, "erased") }));
    rows.set(id, { ...row, tallies, event: withoutMember(row.event, userId, isAbout) as typeof row.event });
  }
  return found.length;
}
