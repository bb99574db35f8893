import type { CaseFile, OrderDraft, OrderStatus, Taking } from "#core";
import { Refused, type Changes } from "./changes.ts";
import { keyOf, stored, type State, type StoredOrder } from "./state.ts";

type Settled = "done" | "failed" | "unknown";

const ENDED: readonly OrderStatus[] = ["done", "failed", "unknown", "cancelled"];

export function caseOf(state: State, guildId: string, proposalId: string): CaseFile | undefined {
  return [...state.cases.values()].find((one) => one.guildId === guildId && one.proposalId === proposalId);
}

export function putOrder(state: State, changes: Changes, draft: OrderDraft, taking: Taking | undefined): StoredOrder {
  if (state.orders.has(draft.id)) {
    throw new Refused({ refusal: "refused", cause: new Error(`order ${draft.id} exists already`) });
  }
  const file = caseOf(state, draft.guildId, draft.caseOf ?? draft.proposalId);
  const order: StoredOrder = {
    ...stored(draft),
    status: standingAfter(state, draft),
    ordinal: ++state.ordinal,
    attempt: 0,
    ...(draft.status === "waiting" && taking?.orderIds.has(draft.id) === true ? taken(taking) : {}),
    ...(file === undefined ? {} : { caseNumber: file.number }),
  };
  changes.set(state.orders, draft.id, order);
  return order;
}

function taken({ holder, at, leaseMs }: Taking) {
  return { status: "leased" as const, attempt: 1, attemptedAt: at, holder, leasedUntil: at + leaseMs };
}

/** A step that joins a plan later goes on from where the plan stands by then. */
function standingAfter(state: State, draft: OrderDraft): StoredOrder["status"] {
  if (draft.status !== "blocked") return draft.status;
  const before = [...state.orders.values()].find(
    (one) => one.guildId === draft.guildId && one.proposalId === draft.proposalId && one.step === draft.step - 1,
  );
  if (before === undefined || !ENDED.includes(before.status)) return "blocked";
  const goesOn = before.status === "done" || (before.status === "failed" && before.onFailure === "continue");
  return goesOn ? "waiting" : "cancelled";
}

/** Ends an order and moves its plan on; returns the step that may be taken now, if there is one. */
export function settleOrder(
  state: State,
  changes: Changes,
  end: { guildId: string; orderId: string; status: Settled; result: unknown; at: number },
): StoredOrder | undefined {
  const order = state.orders.get(end.orderId);
  if (order === undefined || order.guildId !== end.guildId || ENDED.includes(order.status)) return undefined;
  const { holder: _h, leasedUntil: _l, ...rest } = order;
  changes.set(state.orders, order.id, {
    ...rest,
    status: end.status,
    settledAt: end.at,
    ...(end.result === undefined ? {} : { result: stored(end.result) }),
  });
  const goesOn = end.status === "done" || (end.status === "failed" && order.onFailure === "continue");
  const later = laterSteps(state, order);
  if (goesOn && later.length > 0) return unlock(state, changes, order, later);
  for (const step of later) {
    if (!ENDED.includes(step.status))
      changes.set(state.orders, step.id, { ...step, status: "cancelled", settledAt: end.at });
  }
  closeCase(state, changes, order, end.status);
  return undefined;
}

function laterSteps(state: State, order: StoredOrder): StoredOrder[] {
  return [...state.orders.values()].filter(
    (one) => one.guildId === order.guildId && one.proposalId === order.proposalId && one.step > order.step,
  );
}

function unlock(state: State, changes: Changes, order: StoredOrder, later: readonly StoredOrder[]) {
  const next = later.find((step) => step.step === order.step + 1);
  if (next?.status !== "blocked") return undefined;
  const waiting: StoredOrder = { ...next, status: "waiting" };
  changes.set(state.orders, next.id, waiting);
  return waiting;
}

function closeCase(state: State, changes: Changes, order: StoredOrder, outcome: Settled): void {
  for (const file of state.cases.values()) {
    if (file.guildId !== order.guildId || file.proposalId !== order.proposalId) continue;
    changes.set(state.cases, keyOf(file.guildId, file.number), { ...file, outcome });
  }
}
