import type {
  Approval,
  CaseFile,
  Checkpoint,
  DaySpending,
  Decision,
  Directory,
  Evidence,
  GuildEvent,
  JournalRow,
  Order,
  OrderView,
  OwnPolicy,
  Passage,
  PendingDraft,
  RollupIncrement,
  Taking,
  Timer,
  Vector,
} from "#core";

export interface StoredRow extends JournalRow {
  readonly ordinal: number;
}

export interface StoredDecision extends Decision {
  readonly ordinal: number;
}

export interface StoredOrder extends OrderView {
  readonly ordinal: number;
  readonly notBefore: number;
  readonly holder?: string;
  readonly leasedUntil?: number;
}

export interface StoredPending extends PendingDraft {
  readonly attempt: number;
  readonly holder?: string;
  readonly leasedUntil?: number;
}

export interface StoredGuild {
  readonly directory?: Directory;
  readonly organisationId?: string;
  readonly optedIn?: boolean;
  readonly cases: number;
}

export interface StoredLease {
  readonly holder?: string;
  readonly epoch: number;
  readonly until: number;
}

export interface StoredTotal {
  readonly guildId: string;
  readonly owner: string;
  readonly total: string;
  readonly key: string;
  readonly value: number;
  readonly expiresAt?: number;
}

export interface StoredPassage extends Passage {
  readonly guildId: string;
  readonly ordinal: number;
  readonly vector?: { readonly model: string; readonly numbers: Vector };
}

/** The tables. Values are never changed in place, so that undoing a change is putting the old value back. */
export interface State {
  ordinal: number;
  readonly guilds: Map<string, StoredGuild>;
  /** Event id → when it was received. */
  readonly seen: Map<string, number>;
  /** By guild, then by event id; a Map keeps the order of arrival. */
  readonly journal: Map<string, Map<string, StoredRow>>;
  readonly decisions: Map<string, StoredDecision>;
  readonly policies: Map<string, OwnPolicy & { readonly guildId: string }>;
  readonly records: Map<string, unknown>;
  readonly totals: Map<string, StoredTotal>;
  readonly timers: Map<string, Timer>;
  readonly cases: Map<string, Omit<CaseFile, "evidence">>;
  /** By the case's key. */
  readonly caseEvidence: Map<string, Evidence>;
  readonly approvals: Map<string, Approval>;
  readonly orders: Map<string, StoredOrder>;
  readonly pending: Map<string, StoredPending>;
  readonly inbox: Map<string, GuildEvent>;
  readonly leases: Map<string, StoredLease>;
  readonly checkpoints: Map<number, Checkpoint>;
  readonly rollups: Map<string, RollupIncrement & { readonly guildId: string }>;
  readonly spending: Map<string, DaySpending>;
  readonly passages: Map<string, StoredPassage>;
}

export function emptyState(): State {
  return {
    ordinal: 0,
    guilds: new Map(),
    seen: new Map(),
    journal: new Map(),
    decisions: new Map(),
    policies: new Map(),
    records: new Map(),
    totals: new Map(),
    timers: new Map(),
    cases: new Map(),
    caseEvidence: new Map(),
    approvals: new Map(),
    orders: new Map(),
    pending: new Map(),
    inbox: new Map(),
    leases: new Map(),
    checkpoints: new Map(),
    rollups: new Map(),
    spending: new Map(),
    passages: new Map(),
  };
}

/** What the entries of one group leave behind for its answer. */
export interface Gathered {
  readonly caseNumbers: Record<string, number>;
  readonly ready: StoredOrder[];
  readonly taking: Taking | undefined;
}

/** One key of several parts; no part can run into the next. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts);
}

/** What a database would give back: nothing shared with the caller, no `undefined`. */
export function stored<T>(value: T): T {
  return (value === undefined ? undefined : JSON.parse(JSON.stringify(value))) as T;
}

export function orderOf(row: StoredOrder): Order {
  const { ordinal: _o, notBefore: _n, holder: _h, leasedUntil: _l, settledAt: _s, result: _r, ...order } = row;
  return order;
}

export function viewOf(row: StoredOrder): OrderView {
  const { ordinal: _o, notBefore: _n, holder: _h, leasedUntil: _l, ...view } = row;
  return view;
}

/** Results of the steps before this one, each at its step's place. */
export function earlierResults(state: State, order: StoredOrder): unknown[] {
  const results: unknown[] = Array.from({ length: order.step }, () => null);
  for (const other of state.orders.values()) {
    const isEarlier =
      other.proposalId === order.proposalId && other.guildId === order.guildId && other.step < order.step;
    if (isEarlier && other.result !== undefined) results[other.step] = other.result;
  }
  return results;
}

/** By code units, as a database with the C collation sorts. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
