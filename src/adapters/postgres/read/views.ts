import {
  PRIORITIES,
  type Action,
  type Approval,
  type ApprovalProgress,
  type ApprovalStatus,
  type Order,
  type OrderStatus,
  type OrderView,
  type Verdict,
} from "#core";
import type { Approval as ApprovalRow, Order as OrderRow } from "../generated/client.ts";

export function approvalOf(row: ApprovalRow): Approval {
  const { answeredBy, answeredAt, note, progress, revision: _revision, ...rest } = row;
  return {
    ...rest,
    verdict: JSON.parse(row.verdict) as Verdict,
    askedAt: Number(row.askedAt),
    expiresAt: Number(row.expiresAt),
    status: row.status as ApprovalStatus,
    ...(answeredBy === null ? {} : { answeredBy }),
    ...(answeredAt === null ? {} : { answeredAt: Number(answeredAt) }),
    ...(note === null ? {} : { note }),
    ...(progress === null ? {} : { progress: JSON.parse(progress) as ApprovalProgress }),
  };
}

export function orderView(row: OrderRow): OrderView {
  return {
    ...orderOf(row),
    ...(row.settledAt === null ? {} : { settledAt: Number(row.settledAt) }),
    ...(row.result === null ? {} : { result: JSON.parse(row.result) as unknown }),
  };
}

/** What a hand needs of an order's row, whichever driver read it. */
export type OrderCells = Omit<
  OrderRow,
  "ordinal" | "notBefore" | "holder" | "leasedUntil" | "settledAt" | "result" | "attemptedAt"
> & { readonly attemptedAt: number | bigint | null };

export function orderOf(row: OrderCells): Order {
  const { id, guildId, proposalId, eventId, agent, step, reason, attempt } = row;
  return {
    ...{ id, guildId, proposalId, eventId, agent, step, reason, attempt },
    action: JSON.parse(row.action) as Action,
    status: row.status as OrderStatus,
    priority: PRIORITIES[row.priority]!,
    onFailure: row.onFailure as Order["onFailure"],
    ...(row.previous === null ? {} : { previous: JSON.parse(row.previous) as unknown }),
    ...(row.attemptedAt === null ? {} : { attemptedAt: Number(row.attemptedAt) }),
    ...(row.caseNumber === null ? {} : { caseNumber: row.caseNumber }),
    ...(row.evidence === null ? {} : { evidence: JSON.parse(row.evidence) as unknown }),
  };
}
