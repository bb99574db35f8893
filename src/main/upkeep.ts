import { type Blobs, errorFields, type Log, type Store } from "#core";
import { systemClock } from "../adapters/memory/clock.ts";

const MAINTAIN_EVERY_MS = 3_600_000;

export interface Upkept {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly log: Log;
}

/** Partitions ahead and retention behind, at start and every hour. Returns how to end it. */
export function startUpkeep({ store, blobs, log }: Upkept): () => Promise<void> {
  async function maintain(): Promise<void> {
    try {
      const { created, dropped } = await store.maintain(systemClock.now());
      const swept = await blobs.sweep();
      if (swept > 0) log.info({ swept }, "swept away files whose time was over");
      if (created.length + dropped.length > 0) log.info({ created, dropped }, "kept the journal's partitions");
    } catch (error) {
      log.warn(errorFields(error), "maintenance failed; it is tried again in an hour");
    }
  }
  let running = maintain();
  const timer = setInterval(() => {
    running = maintain();
  }, MAINTAIN_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
