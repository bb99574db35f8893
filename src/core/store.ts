import type { Action } from "./actions.ts";
import type { Directory } from "./directory.ts";
import type { Write } from "./effects.ts";
import type { ApprovalAnswer, GuildEvent } from "./events.ts";
import type { Order, OrderDraft, OrderStatus, Outcome, Priority } from "./orders.ts";
import type { CaseFile, RecordName, Records } from "./records.ts";
import type { Decision, Verdict } from "./rulings.ts";

// ---------------------------------------------------------------- what one commit holds

/** A tally with the name of who counts: an agent's, or the judge's own under "judge". */
export interface CountedTally {
  readonly owner: string;
  readonly counter: string;
  readonly key: string;
  readonly by: number;
}

/** A step a human must allow first. It carries all that was shown, and the digest the answer is bound to. */
export interface ApprovalDraft {
  readonly id: string;
  readonly guildId: string;
  readonly eventId: string;
  readonly agent: string;
  readonly verdict: Verdict;
  readonly digest: string;
  readonly askedAt: number;
  readonly expiresAt: number;
}

export type ApprovalStatus = "pending" | "approved" | "rejected" | "expired";

export interface Approval extends ApprovalDraft {
  readonly status: ApprovalStatus;
  readonly answeredBy?: string;
  readonly answeredAt?: number;
  readonly note?: string;
}

/** A slow half that waits its turn. */
export interface PendingDraft {
  readonly eventId: string;
  readonly guildId: string;
  readonly agent: string;
  readonly about: unknown;
  readonly priority: Priority;
  readonly at: number;
}

export interface CaseDraft extends Omit<CaseFile, "number" | "outcome" | "guildId"> {}

/** Changes only the road itself makes; agents write `Write`s. Each that says "from" is a compare-and-set. */
export type HouseWrite =
  | { readonly write: "directory.put"; readonly directory: Directory }
  | { readonly write: "case.open"; readonly draft: CaseDraft }
  | { readonly write: "approval.ask"; readonly approval: ApprovalDraft }
  /** Fails the commit with StaleState where the approval is no longer pending: the first answer wins, in the database. */
  | {
      readonly write: "approval.resolve";
      readonly approvalId: string;
      readonly to: Exclude<ApprovalStatus, "pending">;
      readonly by: string;
      readonly at: number;
      readonly note?: string;
    }
  | { readonly write: "order.put"; readonly order: OrderDraft }
  /**
   * Ends an order and moves its plan on: done (or failed with "continue") sets the next step waiting; failed with "stop" and
   * unknown cancel the rest. Updates the outcome of the proposal's case once the plan's last step has ended. Nothing happens
   * where the order has ended already.
   */
  | {
      readonly write: "order.settle";
      readonly orderId: string;
      readonly status: "done" | "failed" | "unknown";
      readonly result: unknown;
    }
  | { readonly write: "order.evidence"; readonly orderId: string; readonly evidence: unknown }
  | { readonly write: "pending.put"; readonly pending: PendingDraft };

export interface RollupIncrement {
  readonly metric: string;
  readonly key: string;
  /** Start of the hour the event belongs to. */
  readonly hour: number;
  readonly by: number;
}

/**
 * One event with everything it caused. `considered` is set where this is the slow half's decision about an event that is
 * in the journal already: then no journal row is written, and the pending row (event, agent) is taken instead, exactly once.
 */
export interface CommitEntry {
  readonly event: GuildEvent;
  readonly receivedAt: number;
  readonly considered?: { readonly agent: string };
  /** Agents that listened and said nothing, or only counted. */
  readonly silent: readonly string[];
  readonly decisions: readonly Decision[];
  readonly tallies: readonly CountedTally[];
  readonly writes: readonly { readonly owner: string; readonly change: Write }[];
  readonly house: readonly HouseWrite[];
  readonly rollups: readonly RollupIncrement[];
  /** Set on an event that could not be committed with its effects: it is journaled alone, with the code of what stopped it. */
  readonly poison?: string;
}

/** How far a gateway session is durably through; committed with the events it covers. */
export interface Checkpoint {
  readonly shardId: number;
  readonly shardCount: number;
  readonly intents: number;
  readonly sessionId: string;
  readonly resumeUrl: string;
  readonly sequence: number;
}

/** Who may commit for a shard. Every commit asserts it: a process that lost it changes nothing any more. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
}

export interface CommitGroup {
  readonly lease: Lease;
  readonly entries: readonly CommitEntry[];
  readonly checkpoints: readonly Checkpoint[];
}

export interface Committed {
  /** Numbers given to the cases this group opened, by proposal id. */
  readonly caseNumbers: Readonly<Record<string, number>>;
  /** Orders that may be taken now: put as waiting, or set waiting by a settled step before them. */
  readonly ready: readonly { readonly orderId: string; readonly guildId: string; readonly priority: Priority }[];
}

/**
 * Why a commit changed nothing, and what to do: *duplicate*: those events are in the journal already, decide again without
 * them · *stale*: a compare-and-set lost, look again and decide again · *lease-lost*: stop, another process owns the shard ·
 * *refused*: the data itself was not accepted, bisect · *unreachable*: the database is away, wait and settle by event id.
 */
export type CommitRefusal =
  | { readonly refusal: "duplicate"; readonly eventIds: readonly string[] }
  | { readonly refusal: "stale"; readonly keys: readonly string[] }
  | { readonly refusal: "lease-lost" }
  | { readonly refusal: "refused"; readonly cause: unknown }
  | { readonly refusal: "unreachable"; readonly cause: unknown };

export type CommitResult = ({ readonly refusal?: never } & Committed) | CommitRefusal;

// ---------------------------------------------------------------- what may be read

export interface JournalRow {
  readonly event: GuildEvent;
  readonly receivedAt: number;
  readonly silent: readonly string[];
  readonly tallies: readonly CountedTally[];
  readonly poison?: string;
  /** The text was longer than an excerpt and its body has expired or was erased: no rerun any more. */
  readonly textExpired?: boolean;
}

export interface OrderView extends Order {
  readonly settledAt?: number;
  readonly result?: unknown;
}

/** Everything "why?" needs, of one event: itself, what each agent said, what the judge ruled, what came of it. */
export interface Story {
  readonly row: JournalRow;
  readonly decisions: readonly Decision[];
  readonly orders: readonly OrderView[];
  readonly approvals: readonly Approval[];
  readonly cases: readonly CaseFile[];
}

export interface Range {
  /** Inclusive, by the event's own time. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Everything of one guild. There is no other way to its rows: who has no guild at hand cannot write the query. */
export interface GuildStore {
  readonly guildId: string;
  directory(): Promise<Directory | undefined>;
  /** In arrival order, oldest first. */
  journal(range: Range, options?: { readonly limit?: number }): AsyncIterable<JournalRow>;
  /** Newest first, for the page and the CLI. */
  latest(options: {
    readonly limit: number;
    readonly before?: { readonly at: number; readonly id: string };
  }): Promise<readonly JournalRow[]>;
  story(eventId: string): Promise<Story | undefined>;
  event(eventId: string): Promise<GuildEvent | undefined>;
  decisions(range: Range): AsyncIterable<Decision>;
  /** The tail counters are rebuilt from: every tally of events at or after `from`, in arrival order. */
  tallies(from: number): Promise<readonly { readonly at: number; readonly tallies: readonly CountedTally[] }[]>;
  records(
    wanted: readonly { readonly record: RecordName; readonly key: string }[],
  ): Promise<readonly (Records[RecordName] | undefined)[]>;
  totals(
    wanted: readonly { readonly owner: string; readonly total: string; readonly key: string }[],
  ): Promise<readonly number[]>;
  /** Every total of the guild, sorted: for checks and reports. */
  allTotals(): Promise<
    readonly { readonly owner: string; readonly total: string; readonly key: string; readonly value: number }[]
  >;
  approval(id: string): Promise<Approval | undefined>;
  approvals(status: ApprovalStatus | "any", limit: number): Promise<readonly Approval[]>;
  order(id: string): Promise<OrderView | undefined>;
  orders(status: OrderStatus | "any", limit: number): Promise<readonly OrderView[]>;
  case(number: number): Promise<CaseFile | undefined>;
  cases(options: { readonly userId?: string; readonly limit: number }): Promise<readonly CaseFile[]>;
  rollups(range: Range): Promise<readonly (RollupIncrement & { readonly guildId: string })[]>;
}

/** The few questions across guilds, over the guilds an organisation holds and that opted in. */
export interface OrganisationStore {
  readonly organisationId: string;
  /** Puts a guild under this organisation; only one that opted in is part of the answers below. */
  adopt(guildId: string, optedIn: boolean): Promise<void>;
  guilds(): Promise<readonly { readonly guildId: string; readonly name: string; readonly memberCount: number }[]>;
  rollups(range: Range): Promise<readonly (RollupIncrement & { readonly guildId: string })[]>;
}

export interface LeasedOrder {
  readonly order: Order;
  /** Results of the plan's earlier steps, for references. */
  readonly results: readonly unknown[];
}

/** Orders on their way to hands. The rows are the truth; queues only say "look here". */
export interface Outbox {
  /** waiting → leased, once: attempt + 1, attemptedAt = now. Undefined where somebody else has it or it is not due. */
  lease(orderId: string, holder: string, now: number, leaseMs: number): Promise<LeasedOrder | undefined>;
  /** leased → waiting again, after proof that nothing happened. */
  release(orderId: string, notBefore: number): Promise<void>;
  /** Waiting and due: what a sweep hands to the queue again. Highest priority first. */
  due(
    now: number,
    limit: number,
  ): Promise<readonly { readonly orderId: string; readonly guildId: string; readonly priority: Priority }[]>;
  /** Leased, attempted before `attemptedBefore`, and either the lease ran out or its holder is not among the living. */
  stranded(
    now: number,
    attemptedBefore: number,
    living: readonly string[],
    limit: number,
  ): Promise<readonly LeasedOrder[]>;
  /** When the next waiting order becomes due, for sleeping exactly as long. */
  nextDue(): Promise<number | undefined>;
}

/** Slow halves on their way. */
export interface PendingWork {
  lease(
    eventId: string,
    agent: string,
    holder: string,
    now: number,
    leaseMs: number,
  ): Promise<(PendingDraft & { readonly attempt: number }) | undefined>;
  due(now: number, living: readonly string[], limit: number): Promise<readonly PendingDraft[]>;
  backlog(): Promise<Readonly<Record<Priority, number>>>;
}

export interface Timer {
  readonly guildId: string;
  readonly owner: string;
  readonly timer: string;
  readonly at: number;
  readonly payload: unknown;
}

export interface Timers {
  /** Due timers of all guilds, soonest first. A timer is cleared by the commit of its `clock.struck`. */
  due(now: number, limit: number): Promise<readonly Timer[]>;
  next(): Promise<number | undefined>;
}

/** Events that come in by a door (an API call, a command on a terminal) wait here for the shard that owns the guild. */
export interface Inbox {
  /** Idempotent by the event's id. */
  put(event: GuildEvent): Promise<void>;
  /** Oldest first. A row is taken by the commit of its event. */
  waiting(limit: number): Promise<readonly GuildEvent[]>;
}

export interface Leases {
  /** Takes or renews; undefined where another holder's lease has not run out. A new holder gets a higher epoch. */
  take(name: string, holder: string, now: number, leaseMs: number): Promise<Lease | undefined>;
  renew(lease: Lease, now: number, leaseMs: number): Promise<boolean>;
  giveBack(lease: Lease): Promise<void>;
}

/** Everything that lasts. Twins: adapters/postgres (own server, PGlite, any Postgres) and adapters/memory. */
export interface Store {
  commit(group: CommitGroup): Promise<CommitResult>;
  /** Which of these events are in the journal: settles a COMMIT whose answer was lost. Ids are kept for 7 days. */
  seen(eventIds: readonly string[]): Promise<ReadonlySet<string>>;
  guild(guildId: string): GuildStore;
  organisation(organisationId: string): OrganisationStore;
  /** Which guilds there are, for the switcher and for start-up; names only. */
  guilds(): Promise<readonly { readonly guildId: string; readonly name: string; readonly organisationId?: string }[]>;
  readonly outbox: Outbox;
  readonly pending: PendingWork;
  readonly timers: Timers;
  readonly inbox: Inbox;
  readonly leases: Leases;
  checkpoint(shardId: number): Promise<Checkpoint | undefined>;
  /** Partitions ahead, retention behind, expired bodies and ids; returns what it did. */
  maintain(now: number): Promise<{ readonly created: readonly string[]; readonly dropped: readonly string[] }>;
  /** The engine and what is weaker about it, for the log, doctor and the bench. */
  describe(): Promise<{ readonly engine: string; readonly version: string; readonly fsync: boolean }>;
  close(): Promise<void>;
}

export type { Action, ApprovalAnswer, Outcome };
