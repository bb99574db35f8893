import {
  FIRST_PROGRESS,
  startOfDay,
  type ApprovalDraft,
  type CaseDraft,
  type CommitEntry,
  type Directory,
  type HouseWrite,
} from "#core";
import { Refused, type Changes } from "./changes.ts";
import { caseOf, putOrder, settleOrder } from "./orders.ts";
import { keyOf, stored, type Gathered, type State, type StoredGuild } from "./state.ts";

const NO_GUILD: StoredGuild = { cases: 0 };

/** Changes the road itself makes. */
export function applyHouse(
  state: State,
  changes: Changes,
  entry: CommitEntry,
  change: HouseWrite,
  gathered: Gathered,
): void {
  const { guildId, at } = entry.event;
  assertOwn(guildId, change);
  switch (change.write) {
    case "directory.put":
      return putDirectory(state, changes, guildId, change.directory);
    case "policy.put": {
      const id = keyOf(guildId, change.policy.version);
      if (state.policies.has(id)) throw new Refused({ refusal: "stale", keys: [`policy:${guildId}`] });
      return changes.set(state.policies, id, { guildId, ...stored(change.policy) });
    }
    case "directory.count": {
      const { directory } = state.guilds.get(guildId) ?? NO_GUILD;
      if (directory === undefined) return;
      return putDirectory(state, changes, guildId, { ...directory, memberCount: change.memberCount });
    }
    case "case.open":
      gathered.caseNumbers[change.draft.proposalId] = openCase(state, changes, guildId, change.draft);
      return;
    case "approval.ask":
      return ask(state, changes, change.approval);
    case "approval.resolve":
      return resolveApproval(state, changes, guildId, change);
    case "approval.progress":
      return changeApproval(state, changes, guildId, change);
    case "order.put": {
      const order = putOrder(state, changes, change.order, gathered.taking);
      if (order.status === "waiting") gathered.ready.push(order);
      return;
    }
    case "order.settle": {
      const next = settleOrder(state, changes, { guildId, at, ...change });
      if (next !== undefined) gathered.ready.push(next);
      return;
    }
    case "order.evidence": {
      const order = state.orders.get(change.orderId);
      if (order?.guildId !== guildId) return;
      return changes.set(state.orders, order.id, { ...order, evidence: stored(change.evidence) });
    }
    case "pending.put": {
      const id = keyOf(change.pending.eventId, change.pending.agent);
      if (state.pending.has(id)) throw new Error(`pending ${id} exists already`);
      return changes.set(state.pending, id, { ...stored(change.pending), attempt: 0 });
    }
    case "spending.book":
      return book(state, changes, guildId, change);
  }
}

function book(
  state: State,
  changes: Changes,
  guildId: string,
  { agent, spent }: Extract<HouseWrite, { write: "spending.book" }>,
): void {
  const { prompt, model, at, tokensIn, tokensOut, microdollars } = spent;
  const amounts = [at, tokensIn, tokensOut, microdollars];
  if (!amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0))
    throw new Error(`${model} cost no whole amount`);
  const day = startOfDay(at);
  const id = keyOf(guildId, day, agent, prompt, model);
  const before = state.spending.get(id);
  changes.set(state.spending, id, {
    ...{ guildId, day, agent, prompt, model },
    calls: (before?.calls ?? 0) + 1,
    tokensIn: (before?.tokensIn ?? 0) + tokensIn,
    tokensOut: (before?.tokensOut ?? 0) + tokensOut,
    microdollars: (before?.microdollars ?? 0) + microdollars,
  });
}

/** What an event causes stays in its guild. */
function assertOwn(guildId: string, change: HouseWrite): void {
  const target = targetOf(change);
  if (target !== undefined && target !== guildId) throw new Error(`an event of ${guildId} would change ${target}`);
}

function targetOf(change: HouseWrite): string | undefined {
  if ("directory" in change) return change.directory.guildId;
  if ("approval" in change) return change.approval.guildId;
  if ("order" in change) return change.order.guildId;
  return "pending" in change ? change.pending.guildId : undefined;
}

function putDirectory(state: State, changes: Changes, guildId: string, directory: Directory): void {
  const guild = state.guilds.get(guildId) ?? NO_GUILD;
  changes.set(state.guilds, guildId, { ...guild, directory: stored(directory) });
}

function openCase(state: State, changes: Changes, guildId: string, draft: CaseDraft): number {
  const guild = state.guilds.get(guildId) ?? NO_GUILD;
  if (caseOf(state, guildId, draft.proposalId) !== undefined) throw new Error(`${draft.proposalId} has a case already`);
  const number = guild.cases + 1;
  changes.set(state.guilds, guildId, { ...guild, cases: number });
  const { evidence, ...facts } = stored(draft);
  const key = keyOf(guildId, number);
  const kept = evidence === undefined ? {} : { evidenceUntil: evidence.keepUntil };
  changes.set(state.cases, key, { outcome: "open", ...facts, ...kept, entries: [], guildId, number });
  if (evidence !== undefined) changes.set(state.caseEvidence, key, evidence.seen);
  return number;
}

function ask(state: State, changes: Changes, draft: ApprovalDraft): void {
  if (state.approvals.has(draft.id)) throw new Error(`approval ${draft.id} exists already`);
  changes.set(state.approvals, draft.id, { ...stored(draft), status: "pending" });
}

function changeApproval(
  state: State,
  changes: Changes,
  guildId: string,
  { approvalId, progress }: Extract<HouseWrite, { write: "approval.progress" }>,
): void {
  const approval = state.approvals.get(approvalId);
  const stands = (approval?.progress ?? FIRST_PROGRESS).revision;
  if (approval?.guildId !== guildId || stands !== progress.revision - 1) {
    throw new Refused({ refusal: "stale", keys: [`approval:${approvalId}`] });
  }
  changes.set(state.approvals, approvalId, { ...approval, progress: stored(progress) });
}

function resolveApproval(
  state: State,
  changes: Changes,
  guildId: string,
  change: Extract<HouseWrite, { write: "approval.resolve" }>,
): void {
  const approval = state.approvals.get(change.approvalId);
  if (approval?.guildId !== guildId || approval.status !== "pending") {
    throw new Refused({ refusal: "stale", keys: [`approval:${change.approvalId}`] });
  }
  changes.set(state.approvals, approval.id, {
    ...approval,
    status: change.to,
    answeredBy: change.by,
    answeredAt: change.at,
    ...(change.note === undefined ? {} : { note: change.note }),
  });
}
