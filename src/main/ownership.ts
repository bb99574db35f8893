import {
  ConfigurationError,
  type Clock,
  errorFields,
  GuildhallError,
  type Lease,
  type Log,
  type Share,
  type Store,
} from "#core";

export interface Ownership {
  current(): readonly Lease[];
  giveBack(): Promise<void>;
}

export interface OwnershipParts {
  readonly store: Store;
  readonly share: Share;
  readonly holder: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly onLost: (error: GuildhallError) => void;
  readonly stop: AbortSignal;
}

/**
 * Holds the leases every commit asserts, one a shard. A process that was killed leaves its leases behind: they are waited
 * out. Someone who is alive renews them, which ends the waiting with a clear word instead of two processes on one shard.
 */
export async function takeOwnership(parts: OwnershipParts): Promise<Ownership> {
  const { store, clock, log, leaseMs, onLost } = parts;
  const leases = await takeAll(parts);
  const timer = setInterval(() => void renew(), leaseMs / 3);
  async function renew(): Promise<void> {
    try {
      const renewed = await Promise.all(leases.map((lease) => store.leases.renew(lease, clock.now(), leaseMs)));
      if (renewed.every(Boolean)) return;
      onLost(new GuildhallError("lease-lost", "another process took this house over; this one stops"));
    } catch (error) {
      log.warn(errorFields(error), "the lease could not be renewed; it is tried again");
    }
  }
  return {
    current: () => leases,
    async giveBack() {
      clearInterval(timer);
      await giveBackAll(parts, leases);
    },
  };
}

async function takeAll(parts: OwnershipParts): Promise<readonly Lease[]> {
  const taken: Lease[] = [];
  try {
    for (const name of namesOf(parts.share)) taken.push(await waitForLease(parts, name));
    await refuseOtherCounts(parts);
    return taken;
  } catch (error) {
    await giveBackAll(parts, taken);
    throw error;
  }
}

const WHOLE_HOUSE = "shard:0";

function namesOf({ count, ids }: Share): readonly string[] {
  return count === 1 ? [WHOLE_HOUSE] : ids.map((id) => `shard:${id}/${count}`);
}

/** Two numbers of shards share the guilds out in two ways: some would be owned twice. */
async function refuseOtherCounts({ store, share, clock }: OwnershipParts): Promise<void> {
  const shards = (await store.leases.held(clock.now())).filter((name) => name.startsWith("shard:"));
  const counts = shards.map((name) => Number(/\/(\d+)$/.exec(name)?.[1] ?? 1));
  const other = counts.find((count) => count !== share.count);
  if (other === undefined) return;
  throw new ConfigurationError(
    `another process runs on this database with ${other} shards and this one with ${share.count}: give all the same SHARDS, or stop the other first`,
  );
}

async function giveBackAll({ store, log }: OwnershipParts, leases: readonly Lease[]): Promise<void> {
  for (const lease of leases) {
    await store.leases
      .giveBack(lease)
      .catch((error: unknown) => log.warn(errorFields(error), "the lease was left to run out"));
  }
}

async function waitForLease(parts: OwnershipParts, name: string): Promise<Lease> {
  const { store, holder, leaseMs, clock, log, stop } = parts;
  const until = clock.now() + leaseMs * 1.5;
  for (let told = false; ; told = true) {
    const lease = await store.leases.take(name, holder, clock.now(), leaseMs);
    if (lease !== undefined) return lease;
    stop.throwIfAborted();
    if (clock.now() > until) throw new ConfigurationError(takenBy(name));
    if (!told) log.info({}, "waiting for the last process's lease to run out");
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, leaseMs / 10)));
  }
}

function takenBy(name: string): string {
  if (name === WHOLE_HOUSE)
    return "another guildhall is running on this data; stop it first, or set GUILDHALL_DATA to a folder of its own";
  return `another process owns ${name.replace(":", " ").replace("/", " of ")}; stop it first, or give this one other SHARD_IDS`;
}
