import type { Clock, CommitEntry, CommitRefusal, Committed, LeasedOrder, Log, OrderDraft, Taking, Verb } from "#core";
import { errorFields } from "#core";

/**
 * Done twice, these are done once: an order that was leased and never sent may be looked for and sent later without harm,
 * even where looking tells little. All others are leased just before their request.
 */
const REPEATABLE: ReadonlySet<Verb> = new Set<Verb>([
  "message.delete",
  "message.bulk-delete",
  "message.pin",
  "message.unpin",
  "message.crosspost",
  "reaction.add",
  "reaction.remove",
  "reaction.clear",
  "dm.open",
  "member.look",
  "member.timeout",
  "member.untimeout",
  "member.ban",
  "role.add",
  "role.remove",
  "channel.slowmode",
  "channel.overwrite",
  "channel.overwrite-clear",
  "guild.incidents",
  "guild.verification",
]);

export interface AtOnceParts {
  readonly handsAtOnce: number;
  readonly holder: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly release: (orderId: string, notBefore: number) => Promise<void>;
  readonly carryOut: (leased: LeasedOrder) => Promise<void>;
}

/** Orders chosen for one group, and what the commit is told of them. */
export interface Chosen {
  readonly taking: Taking;
  readonly drafts: readonly OrderDraft[];
}

/**
 * Lets an order go from its commit straight into a free hand. The commit that puts the order leases it too, which saves the
 * outbox a write that would have to be durable before the request; where no hand is free the order waits like any other.
 */
export function createAtOnce(parts: AtOnceParts) {
  const underWay = new Set<Promise<void>>();
  /** Chosen for a commit whose answer was lost: leased perhaps, sent certainly not. */
  const unsure = new Set<string>();
  let promised = 0;
  let isClosed = false;

  function choose(entries: readonly CommitEntry[]): Chosen | undefined {
    const free = parts.handsAtOnce - underWay.size - promised;
    if (isClosed || free <= 0) return undefined;
    const drafts = byTurns(takeable(entries)).slice(0, free);
    if (drafts.length === 0) return undefined;
    promised += drafts.length;
    const orderIds = new Set(drafts.map(({ id }) => id));
    return { drafts, taking: { orderIds, holder: parts.holder, at: parts.clock.now(), leaseMs: parts.leaseMs } };
  }

  function go(chosen: Chosen, { caseNumbers }: Committed): void {
    promised -= chosen.drafts.length;
    for (const draft of chosen.drafts) {
      const caseNumber = caseNumbers[draft.caseOf ?? draft.proposalId];
      const run = carryOut(leasedOf(draft, chosen.taking, caseNumber)).finally(() => underWay.delete(run));
      underWay.add(run);
    }
  }

  async function carryOut(leased: LeasedOrder): Promise<void> {
    try {
      await parts.carryOut(leased);
    } catch (error) {
      parts.log.warn({ order: leased.order.id, ...errorFields(error) }, "an order failed; its row is found again");
    }
  }

  function refused(chosen: Chosen, refusal: CommitRefusal): void {
    promised -= chosen.drafts.length;
    if (refusal.refusal === "unreachable") for (const { id } of chosen.drafts) unsure.add(id);
  }

  /** A commit whose answer was lost had taken place: what it leased is given back, for the sweep to find. */
  async function there(entries: readonly CommitEntry[]): Promise<void> {
    for (const { id } of takeable(entries)) if (unsure.delete(id)) await parts.release(id, 0);
  }

  /** Waits for the hands that are out, and sends out no more. */
  async function close(): Promise<void> {
    isClosed = true;
    await Promise.all(underWay);
  }

  return { choose, go, refused, there, close };
}

export type AtOnce = ReturnType<typeof createAtOnce>;

function takeable(entries: readonly CommitEntry[]): OrderDraft[] {
  const drafts: OrderDraft[] = [];
  for (const { house } of entries)
    for (const change of house) if (change.write === "order.put" && isTakeable(change.order)) drafts.push(change.order);
  return drafts;
}

/** The first of each guild before the second of any: a busy one does not take all hands. */
function byTurns(drafts: readonly OrderDraft[]): readonly OrderDraft[] {
  const asked = new Map<string, number>();
  const turns = drafts.map((draft) => {
    const turn = asked.get(draft.guildId) ?? 0;
    asked.set(draft.guildId, turn + 1);
    return { draft, turn };
  });
  if (asked.size < 2) return drafts;
  return turns.sort((one, other) => one.turn - other.turn).map(({ draft }) => draft);
}

/** The number of an earlier commit's case stands in the order's row only. */
function isTakeable({ status, step, notBefore, action, caseOf, proposalId }: OrderDraft): boolean {
  const isNumbered = caseOf === undefined || caseOf === proposalId;
  return status === "waiting" && step === 0 && notBefore === 0 && isNumbered && REPEATABLE.has(action.verb);
}

function leasedOf(draft: OrderDraft, { at }: Taking, caseNumber: number | undefined): LeasedOrder {
  const { notBefore: _due, ...order } = draft;
  const numbered = caseNumber === undefined ? {} : { caseNumber };
  return { order: { ...order, status: "leased", attempt: 1, attemptedAt: at, ...numbered }, results: [] };
}
