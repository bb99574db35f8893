import { ConfigurationError, type Clock, GuildhallError, type Lease, type Log, type Store, errorFields } from "#core";

export interface Ownership {
  current(): Lease;
  giveBack(): Promise<void>;
}

/**
 * Holds the lease every commit asserts. A process that was killed leaves its lease behind: it is waited out. Someone who is
 * alive renews it, which ends the waiting with a clear word instead of two processes on one shard.
 */
export async function takeOwnership(
  store: Store,
  holder: string,
  leaseMs: number,
  clock: Clock,
  log: Log,
  onLost: (error: GuildhallError) => void,
  stop: AbortSignal,
): Promise<Ownership> {
  const lease = await waitForLease(store, holder, leaseMs, clock, log, stop);
  const timer = setInterval(() => void renew(), leaseMs / 3);
  async function renew(): Promise<void> {
    try {
      if (await store.leases.renew(lease, clock.now(), leaseMs)) return;
      onLost(new GuildhallError("lease-lost", "another process took this house over; this one stops"));
    } catch (error) {
      log.warn(errorFields(error), "the lease could not be renewed; it is tried again");
    }
  }
  return {
    current: () => lease,
    async giveBack() {
      clearInterval(timer);
      await store.leases
        .giveBack(lease)
        .catch((error: unknown) => log.warn(errorFields(error), "the lease was left to run out"));
    },
  };
}

async function waitForLease(
  store: Store,
  holder: string,
  leaseMs: number,
  clock: Clock,
  log: Log,
  stop: AbortSignal,
): Promise<Lease> {
  const until = clock.now() + leaseMs * 1.5;
  for (let told = false; ; told = true) {
    const lease = await store.leases.take("shard:0", holder, clock.now(), leaseMs);
    if (lease !== undefined) return lease;
    stop.throwIfAborted();
    if (clock.now() > until) {
      throw new ConfigurationError(
        "another guildhall is running on this data; stop it first, or set GUILDHALL_DATA to a folder of its own",
      );
    }
    if (!told) log.info({}, "waiting for the last process's lease to run out");
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, leaseMs / 10)));
  }
}
