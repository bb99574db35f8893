import type { Checkpoint, CommitEntry, CommitRefusal, Log, Metrics, Store } from "#core";
import { errorFields, GuildhallError } from "#core";
import type { Group } from "./groups.ts";
import type { Outage } from "./outage.ts";
import type { Item } from "./turns.ts";

const STALE_TRIES = 50;
const LONGEST_PAUSE_MS = 5_000;

export interface SettlingParts {
  readonly store: Store;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly outage: Outage;
  readonly forget: (items: readonly Item[]) => void;
  readonly decideAfresh: (items: readonly Item[]) => Promise<Group>;
  readonly commit: (group: Group, checkpoints: readonly Checkpoint[]) => Promise<CommitRefusal | undefined>;
  /** Their COMMIT had taken place although its answer was lost. */
  readonly onThere: (entries: readonly CommitEntry[]) => Promise<void>;
  /** They were in the journal already. */
  readonly onKnown: (items: readonly Item[]) => void;
}

/**
 * Gets a refused group through, whatever it takes: without what is there already, on fresh state, in halves. The checkpoint
 * goes with the last piece only, so that it never covers an event that is not in the journal.
 */
export function createSettling(parts: SettlingParts) {
  const { store, log, metrics } = parts;

  async function settle(refused: Group, checkpoints: readonly Checkpoint[], first: CommitRefusal): Promise<void> {
    let group = refused;
    let refusal: CommitRefusal | undefined = first;
    for (let tries = 0; refusal !== undefined; tries++) {
      // Nothing of what was decided came to be, whatever the reason.
      parts.forget(group.items);
      const rest = await answer(refusal, group, checkpoints, tries);
      if (rest === "settled" || (rest.length === 0 && checkpoints.length === 0)) return;
      group = await parts.decideAfresh(rest);
      refusal = await parts.commit(group, checkpoints);
    }
  }

  async function answer(
    refusal: CommitRefusal,
    group: Group,
    checkpoints: readonly Checkpoint[],
    tries: number,
  ): Promise<readonly Item[] | "settled"> {
    switch (refusal.refusal) {
      case "duplicate":
        return withoutKnown(group.items, new Set(refusal.eventIds));
      case "stale":
        if (tries <= STALE_TRIES) return group.items;
        throw new GuildhallError("stale", `the commit stays stale: ${refusal.keys.join(", ")}`);
      case "lease-lost":
        throw new GuildhallError("lease-lost", "another process owns this shard now; this one stops");
      case "unreachable":
        parts.outage.goesOn(refusal.cause);
        return whenReachable(group, tries);
      case "refused":
        return bisect(group.items, checkpoints, refusal.cause);
    }
  }

  function withoutKnown(items: readonly Item[], known: ReadonlySet<string>): readonly Item[] {
    parts.onKnown(items.filter((item) => known.has(item.event.id)));
    return items.filter((item) => !known.has(item.event.id));
  }

  /** Waits, then keeps what the journal does not have: a COMMIT whose answer was lost may have taken place. */
  async function whenReachable({ items, entries }: Group, tries: number): Promise<readonly Item[]> {
    const events = items.filter((item) => item.considered === undefined).map((item) => item.event.id);
    for (let pause = Math.min(100 * 2 ** tries, LONGEST_PAUSE_MS); ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        const seen = await store.seen(events);
        const isThere = (entry: CommitEntry) => entry.considered === undefined && seen.has(entry.event.id);
        const there = entries.filter(isThere);
        if (there.length > 0) await parts.onThere(there);
        return items.filter((_item, index) => !isThere(entries[index]!));
      } catch (error) {
        parts.outage.goesOn(error);
      }
    }
  }

  async function bisect(
    items: readonly Item[],
    checkpoints: readonly Checkpoint[],
    cause: unknown,
  ): Promise<readonly Item[] | "settled"> {
    if (items.length === 0)
      throw new GuildhallError("commit-refused", "the store refuses even a checkpoint", { cause });
    if (items.length === 1) return [poisoned(items[0]!, cause)];
    const middle = items.length >> 1;
    await settlePart(items.slice(0, middle), []);
    await settlePart(items.slice(middle), checkpoints);
    return "settled";
  }

  async function settlePart(items: readonly Item[], checkpoints: readonly Checkpoint[]): Promise<void> {
    const group = await parts.decideAfresh(items);
    const refusal = await parts.commit(group, checkpoints);
    if (refusal !== undefined) await settle(group, checkpoints, refusal);
  }

  function poisoned(offender: Item, cause: unknown): Item {
    const { event, poison } = offender;
    if (poison !== undefined)
      throw new GuildhallError("commit-refused", `the store refuses even the bare event ${event.id}`, { cause });
    metrics.count("events_poisoned");
    const fields = { event: event.id, kind: event.kind, ...errorFields(cause) };
    log.error(fields, "an event could not be committed with its effects; journaled as poison");
    return { ...offender, poison: errorFields(cause).code };
  }

  return settle;
}
