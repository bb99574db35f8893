import type { ApprovalProgress } from "./approvals.ts";
import type { Directory } from "./directory.ts";
import type { Write } from "./effects.ts";
import type { GuildEvent } from "./events.ts";
import type { OrderDraft, Priority } from "./orders.ts";
import type { OwnPolicy } from "./policy.ts";
import type { Spending } from "./questions.ts";
import type { CaseFile, Evidence } from "./cases.ts";
import type { Decision, Verdict } from "./rulings.ts";

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
  readonly progress?: ApprovalProgress;
}

/** *void*: what was asked about is not so any more, so the answer did nothing; the note says why. */
export type ApprovalStatus = "pending" | "approved" | "rejected" | "expired" | "void";

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

export interface CaseDraft extends Omit<
  CaseFile,
  "number" | "outcome" | "guildId" | "entries" | "evidence" | "evidenceUntil"
> {
  /** What was done by somebody else's hand has its outcome already. */
  readonly outcome?: "done";
  readonly evidence?: { readonly seen: Evidence; readonly keepUntil: number };
}

/** Changes only the road itself makes; agents write `Write`s. Each that says "from" is a compare-and-set. */
export type HouseWrite =
  | { readonly write: "directory.put"; readonly directory: Directory }
  /** Of a directory only this: it changes with everybody who comes or goes, and a large directory is slow to write. */
  | { readonly write: "directory.count"; readonly memberCount: number }
  /** Fails the commit with StaleState where this version is there already. */
  | { readonly write: "policy.put"; readonly policy: OwnPolicy }
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
  /** Fails the commit with StaleState where the approval stands at another revision than the one before this. */
  | { readonly write: "approval.progress"; readonly approvalId: string; readonly progress: ApprovalProgress }
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
  | { readonly write: "pending.put"; readonly pending: PendingDraft }
  /** What a slow half's questions cost, in the commit of its decision: booked exactly once, or not at all. */
  | { readonly write: "spending.book"; readonly agent: string; readonly spent: Spending };

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

/**
 * Orders this group puts that are leased by the same commit, because a hand of this process is free for them: what would be
 * a second durable step before the request is none. After a crash they are found like any order left in a hand.
 */
export interface Taking {
  readonly orderIds: ReadonlySet<string>;
  readonly holder: string;
  readonly at: number;
  readonly leaseMs: number;
}

export interface CommitGroup {
  /** One for each shard this process owns; all of them must hold. */
  readonly leases: readonly Lease[];
  readonly entries: readonly CommitEntry[];
  readonly checkpoints: readonly Checkpoint[];
  readonly taking?: Taking;
}

export interface Committed {
  /** Numbers given to the cases this group opened, by proposal id. */
  readonly caseNumbers: Readonly<Record<string, number>>;
  /** Orders that may be taken now: put as waiting and not taken, or set waiting by a settled step before them. */
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
