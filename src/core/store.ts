import type {
  Approval,
  ApprovalStatus,
  Checkpoint,
  CommitGroup,
  CommitResult,
  CountedTally,
  Lease,
  PendingDraft,
  RollupIncrement,
} from "./commit.ts";
import type { Directory } from "./directory.ts";
import type { ErasureReceipt } from "./erasure.ts";
import type { GuildEvent } from "./events.ts";
import type { Order, OrderStatus, Priority } from "./orders.ts";
import type {
  BarePassage,
  KnowledgeState,
  Passage,
  PassageQuery,
  PassageSearch,
  PassageVector,
  VectorSearch,
} from "./knowledge/index.ts";
import type { OwnPolicy } from "./policy.ts";
import type { Ranking, RankingWish } from "./ranking.ts";
import type { CaseFile } from "./cases.ts";
import type { RecordName, Records } from "./records/index.ts";
import type { Decision } from "./rulings.ts";
import type { Share } from "./share.ts";
import type { TicketFigures } from "./ticket-stats.ts";

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
  /**
   * Takes a member out of all that is kept of this guild: names, ids and words go, counts stay. Memory is not its business: put
   * `member.erased` on the road first.
   */
  erase(userId: string): Promise<ErasureReceipt>;
  /** The guild's own choices, newest first. */
  policies(limit: number): Promise<readonly OwnPolicy[]>;
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
  /** All records of the guild where they are few, so that what is not among them need not be asked for. */
  fewRecords(
    atMost: number,
  ): Promise<
    readonly { readonly record: RecordName; readonly key: string; readonly value: Records[RecordName] }[] | "too-many"
  >;
  /** What is counted of tickets opened at or after a moment. Reads every ticket of the guild, of each a few numbers. */
  ticketFigures(since: number): Promise<readonly TicketFigures[]>;
  totals(
    wanted: readonly { readonly owner: string; readonly total: string; readonly key: string }[],
  ): Promise<readonly number[]>;
  /** A part of a ranked total's ranking; costs the same for a thousand members and for a million. */
  ranking(wish: RankingWish & { readonly owner: string }): Promise<Ranking>;
  /** Every total of the guild, sorted: for checks and reports. */
  allTotals(): Promise<
    readonly { readonly owner: string; readonly total: string; readonly key: string; readonly value: number }[]
  >;
  /** The newest source first, its passages in their order. */
  passages(query: PassageQuery): Promise<readonly Passage[]>;
  /** Passages that have something in common with a text, the likeliest first: full text and trigrams, ranks fused. */
  searchPassages(search: PassageSearch): Promise<readonly Passage[]>;
  knowledge(of: PassageQuery["of"]): Promise<KnowledgeState>;
  /** Passages the house may answer from that have no vector of this model, as they stand. */
  bare(model: string, limit: number): Promise<readonly BarePassage[]>;
  /** Keeps vectors of passages that still are as they were then; the others are bare still. */
  putVectors(model: string, vectors: readonly PassageVector[]): Promise<void>;
  /** Passages that mean something like it, the likest first; none where none has a vector of this model. */
  likePassages(search: VectorSearch): Promise<readonly { readonly passage: Passage; readonly likeness: number }[]>;
  approval(id: string): Promise<Approval | undefined>;
  /** Newest first; `before` is the last of the page before. */
  approvals(
    status: ApprovalStatus | "any",
    limit: number,
    before?: { readonly askedAt: number; readonly id: string },
  ): Promise<readonly Approval[]>;
  approvalCount(status: ApprovalStatus): Promise<number>;
  /** What happened to one member since a moment, oldest first: joined, left, changed, banned, unbanned. */
  memberEvents(userId: string, since: number): Promise<readonly GuildEvent[]>;
  /** What one member wrote since a moment, newest first, at most so much. Costs a look at all the guild's events since then. */
  memberMessages(userId: string, since: number, limit: number): Promise<readonly GuildEvent[]>;
  order(id: string): Promise<OrderView | undefined>;
  orders(status: OrderStatus | "any", limit: number): Promise<readonly OrderView[]>;
  /** With its evidence, where that is still kept. */
  case(number: number): Promise<CaseFile | undefined>;
  /** The one a proposal led to. */
  caseFor(proposalId: string): Promise<CaseFile | undefined>;
  /** Newest first. */
  cases(options: { readonly userId?: string; readonly limit: number }): Promise<readonly CaseFile[]>;
  rollups(range: Range): Promise<readonly (RollupIncrement & { readonly guildId: string })[]>;
  /** What models cost on the days (UTC) that begin within the range, by day, agent, prompt and model. */
  spending(range: Range): Promise<readonly DaySpending[]>;
}

/** One row of the ledger. */
export interface DaySpending {
  readonly guildId: string;
  /** Start of the day, UTC. */
  readonly day: number;
  readonly agent: string;
  readonly prompt: string;
  readonly model: string;
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly microdollars: number;
}

const DAY_MS = 86_400_000;

/** The day (UTC) on which a moment's spending is booked. */
export function startOfDay(at: number): number {
  return at - (at % DAY_MS);
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
  /** Names of those that somebody holds. */
  held(now: number): Promise<readonly string[]>;
}

/** What waits to be done, for all guilds or for those of one share. */
export interface Waiting {
  readonly outbox: Outbox;
  readonly pending: PendingWork;
  readonly timers: Timers;
  readonly inbox: Inbox;
}

/** Everything that lasts. Twins: adapters/postgres (own server, PGlite, any Postgres) and adapters/memory. */
export interface Store extends Waiting {
  commit(group: CommitGroup): Promise<CommitResult>;
  /** Which of these events are in the journal: settles a COMMIT whose answer was lost. Ids are kept for 7 days. */
  seen(eventIds: readonly string[]): Promise<ReadonlySet<string>>;
  guild(guildId: string): GuildStore;
  organisation(organisationId: string): OrganisationStore;
  /** Which guilds there are, for the switcher and for start-up; names only. */
  guilds(): Promise<readonly { readonly guildId: string; readonly name: string; readonly organisationId?: string }[]>;
  readonly leases: Leases;
  /** What waits in the guilds of one share; `outbox`, `pending`, `timers` and `inbox` are those of all. */
  waitingIn(share: Share): Waiting;
  checkpoint(shardId: number): Promise<Checkpoint | undefined>;
  /** Partitions ahead, retention behind, expired bodies and ids; returns what it did. */
  maintain(now: number): Promise<{ readonly created: readonly string[]; readonly dropped: readonly string[] }>;
  /** The engine and what is weaker about it, for the log, doctor and the bench. */
  describe(): Promise<{ readonly engine: string; readonly version: string; readonly fsync: boolean }>;
  close(): Promise<void>;
}
