import type {
  ActionExecutor,
  Clock,
  GuildEvent,
  KillSwitch,
  LeasedOrder,
  Log,
  Metrics,
  Order,
  Outbox,
  Outcome,
  Reconciled,
} from "#core";
import { errorFields, fillCase, resolveReferences, unresolvedReference } from "#core";
import { followOf } from "./follow.ts";

/** The times of DESIGN §3, from settings so that tests need not wait for them. */
export interface ActTimes {
  /** From sending to giving up on the answer: the hand is aborted. */
  readonly deadlineMs: number;
  /** How long an order is one hand's own. */
  readonly leaseMs: number;
  /** Nobody looks for what an attempt did before this: a request may still land late. */
  readonly reconcileAfterMs: number;
}

export interface ActParts {
  readonly outbox: Outbox;
  readonly executor: ActionExecutor;
  readonly holder: string;
  readonly times: ActTimes;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly killSwitch: KillSwitch;
  /** Outcomes are events on the same road. */
  readonly report: (event: GuildEvent) => void;
}

/** Proved not to have happened this often, an order is given up and says so. */
const MOST_ATTEMPTS = 40;

/**
 * Carries orders out: lease, one request, outcome. What an outcome changes is committed with its event, so an order whose
 * event was lost is still leased, and is reconciled by whoever finds it.
 */
export function createActor(parts: ActParts) {
  const { outbox, executor, times, clock, killSwitch } = parts;
  /** Attempts of this process whose answer was lost: reconciled when their time has come. */
  const lost = new Map<string, LeasedOrder>();
  /** When a look that failed is worth taking again. */
  const lookAgainAt = new Map<string, number>();

  async function act(orderId: string): Promise<void> {
    const leased = await outbox.lease(orderId, parts.holder, clock.now(), times.leaseMs);
    if (leased !== undefined) await carryOut(leased);
  }

  async function carryOut(leased: LeasedOrder): Promise<void> {
    killSwitch.pass("leased");
    const order = filled(leased);
    const dangling = unresolvedReference(order.action);
    const outcome: Outcome =
      dangling === undefined
        ? await guarded(() => executor.perform(order, AbortSignal.timeout(times.deadlineMs)))
        : { kind: "failed", code: "step-before-failed", why: `${dangling} was never made` };
    killSwitch.pass("outcome");
    parts.metrics.count("orders", { verb: order.action.verb, outcome: outcome.kind });
    if (outcome.kind === "unknown") lost.set(order.id, leased);
    else if (outcome.kind === "later") await retry(order, outcome);
    else parts.report(eventOf(order, outcome, clock.now()));
  }

  async function retry(order: Order, { afterMs, why }: Extract<Outcome, { kind: "later" }>): Promise<void> {
    if (order.attempt < MOST_ATTEMPTS) return outbox.release(order.id, clock.now() + afterMs);
    parts.report(eventOf(order, { kind: "failed", code: "gave-up", why }, clock.now()));
  }

  /** Looks after attempts whose answer was lost, here or in a process that is gone. */
  async function reconcile(): Promise<void> {
    const now = clock.now();
    const before = now - times.reconcileAfterMs;
    const own = [...lost.values()].filter(({ order }) => (order.attemptedAt ?? 0) <= before);
    const strangers = await outbox.stranded(now, before, [parts.holder], 100);
    // An own attempt whose lease has run out is found both ways.
    const found = new Map([...own, ...strangers].map((leased) => [leased.order.id, leased]));
    for (const leased of found.values()) if ((lookAgainAt.get(leased.order.id) ?? 0) <= now) await settle(leased);
  }

  async function settle(leased: LeasedOrder): Promise<void> {
    const order = filled(leased);
    const found = await lookFor(order);
    parts.metrics.count("orders_reconciled", { verb: order.action.verb, found: found.found });
    if (found.found === "later") {
      lookAgainAt.set(order.id, clock.now() + times.reconcileAfterMs);
      return;
    }
    lost.delete(order.id);
    lookAgainAt.delete(order.id);
    if (found.found === "absent") await retry(order, { kind: "later", afterMs: 0, why: "proved absent" });
    else if (found.found === "done") parts.report(eventOf(order, { kind: "done", result: found.result }, clock.now()));
    else parts.report(eventOf(order, { kind: "unknown", why: found.why }, clock.now()));
  }

  async function lookFor(order: Order): Promise<Reconciled> {
    if (order.evidence !== undefined && order.evidence !== null) return { found: "done", result: order.evidence };
    if (unresolvedReference(order.action) !== undefined) return { found: "absent" };
    try {
      return await executor.reconcile(order, AbortSignal.timeout(times.deadlineMs));
    } catch (error) {
      parts.log.warn({ order: order.id, ...errorFields(error) }, "looking for an order failed; it is looked for again");
      return { found: "later", why: "looking for it failed" };
    }
  }

  /** A hand that throws has told nothing about the world. */
  async function guarded(perform: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await perform();
    } catch (error) {
      parts.log.error(errorFields(error), "a hand threw");
      return { kind: "unknown", why: "the hand broke off" };
    }
  }

  return { act, carryOut, reconcile };
}

function filled({ order, results }: LeasedOrder): Order {
  const action = fillCase(resolveReferences(order.action, results), order.caseNumber);
  const reason = order.caseNumber === undefined ? order.reason : order.reason.replace("{case}", `#${order.caseNumber}`);
  return { ...order, action, reason };
}

/** One attempt has one outcome: the id makes a second report of it a duplicate. */
function eventOf(
  order: Order,
  outcome: Extract<Outcome, { kind: "done" | "failed" | "unknown" }>,
  now: number,
): GuildEvent {
  const base = {
    id: `o:${order.id}:${order.attempt}`,
    guildId: order.guildId,
    at: now,
    orderId: order.id,
    attempt: order.attempt,
  };
  if (outcome.kind === "done") {
    const follow = followOf(order);
    return { ...base, kind: "action.done", result: outcome.result, ...(follow !== undefined && { follow }) };
  }
  const code = outcome.kind === "failed" ? outcome.code : "unknown";
  return { ...base, kind: "action.failed", outcome: outcome.kind, code, why: outcome.why };
}
