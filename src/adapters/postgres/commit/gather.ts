import type {
  ApprovalDraft,
  ApprovalProgress,
  CaseDraft,
  CommitEntry,
  CommitGroup,
  Decision,
  Directory,
  GuildEvent,
  HouseWrite,
  OrderDraft,
  OwnPolicy,
  PendingDraft,
} from "#core";
import { refuse } from "./refusal.ts";
import { book, sumRollups, type Changes, foldWrites, emptyChanges } from "./fold.ts";

type Resolve = Extract<HouseWrite, { write: "approval.resolve" }> & { readonly guildId: string };
/** What becomes of one approval over the whole group, and the revision it must stand at before. */
interface ApprovalChange {
  readonly guildId: string;
  readonly approvalId: string;
  readonly since: number;
  readonly progress: ApprovalProgress;
}
type Evidence = Extract<HouseWrite, { write: "order.evidence" }> & { readonly guildId: string };
export type Settle = Extract<HouseWrite, { write: "order.settle" }> & { readonly guildId: string; readonly at: number };

/** A group turned from events with consequences into sets of rows, one set a statement. Pure. */
export interface Gathered extends Changes {
  /** Entries whose event is new; the others are slow halves. */
  readonly fresh: CommitEntry[];
  readonly considered: CommitEntry[];
  readonly decisions: { readonly decision: Decision; readonly event: GuildEvent; readonly receivedAt: number }[];
  readonly directories: Map<string, Directory>;
  /** After the directories. */
  readonly memberCounts: Map<string, number>;
  readonly policies: { readonly guildId: string; readonly policy: OwnPolicy }[];
  readonly cases: { readonly guildId: string; readonly draft: CaseDraft }[];
  readonly asks: ApprovalDraft[];
  readonly resolves: Resolve[];
  readonly approvals: Map<string, ApprovalChange>;
  readonly orders: OrderDraft[];
  readonly settles: Settle[];
  readonly evidence: Evidence[];
  readonly pending: PendingDraft[];
}

/** Partitions are named by four digits of a year. */
const END_OF_TIME = Date.UTC(9999, 11);

export function gather(group: CommitGroup): Gathered {
  const gathered: Gathered = {
    ...emptyChanges(),
    fresh: [],
    considered: [],
    decisions: [],
    directories: new Map(),
    memberCounts: new Map(),
    policies: [],
    cases: [],
    asks: [],
    resolves: [],
    approvals: new Map(),
    orders: [],
    settles: [],
    evidence: [],
    pending: [],
  };
  for (const entry of group.entries) gatherEntry(gathered, entry);
  const ids = new Set(gathered.fresh.map((entry) => entry.event.id));
  if (ids.size < gathered.fresh.length) refuse("an event is twice in one group");
  return gathered;
}

function gatherEntry(gathered: Gathered, entry: CommitEntry): void {
  const { event, receivedAt } = entry;
  const isMoment = Number.isSafeInteger(event.at) && event.at >= 0 && event.at < END_OF_TIME;
  if (!isMoment) refuse(`event ${event.id} happened at no moment`);
  (entry.considered === undefined ? gathered.fresh : gathered.considered).push(entry);
  for (const decision of entry.decisions) {
    own(event, decision.guildId);
    gathered.decisions.push({ decision, event, receivedAt });
  }
  if (entry.writes.length > 0 || event.kind === "clock.struck") foldWrites(gathered, entry);
  if (entry.rollups.length > 0) sumRollups(gathered, entry);
  for (const change of entry.house) gatherHouse(gathered, event, change);
}

/** What an event causes stays in its guild. */
function own(event: GuildEvent, guildId: string): void {
  if (event.guildId !== guildId) refuse(`event ${event.id} would change another guild`);
}

function gatherHouse(gathered: Gathered, event: GuildEvent, change: HouseWrite): void {
  const { guildId, at } = event;
  switch (change.write) {
    case "directory.put":
      own(event, change.directory.guildId);
      gathered.memberCounts.delete(guildId);
      return void gathered.directories.set(guildId, change.directory);
    case "directory.count":
      return void gathered.memberCounts.set(guildId, change.memberCount);
    case "policy.put":
      return void gathered.policies.push({ guildId, policy: change.policy });
    case "case.open":
      return void gathered.cases.push({ guildId, draft: change.draft });
    case "approval.ask":
      own(event, change.approval.guildId);
      return void gathered.asks.push(change.approval);
    case "approval.resolve":
      return void gathered.resolves.push({ ...change, guildId });
    case "approval.progress":
      return changeApproval(gathered, guildId, change.approvalId, change.progress);
    case "order.put":
      own(event, change.order.guildId);
      return void gathered.orders.push(change.order);
    case "order.settle":
      return void gathered.settles.push({ ...change, guildId, at });
    case "order.evidence":
      return void gathered.evidence.push({ ...change, guildId });
    case "pending.put":
      own(event, change.pending.guildId);
      return void gathered.pending.push(change.pending);
    case "spending.book":
      return book(gathered, guildId, change.agent, change.spent);
  }
}

/** Revisions of one approval follow each other within a group; one that does not can only be stale. */
function changeApproval(gathered: Gathered, guildId: string, approvalId: string, progress: ApprovalProgress): void {
  const before = gathered.approvals.get(approvalId);
  const follows = before?.progress.revision === progress.revision - 1;
  const since = before !== undefined && follows ? before.since : progress.revision - 1;
  gathered.approvals.set(approvalId, { guildId, approvalId, since, progress });
}
