import { describe, expect, it } from "vitest";
import type { ActionExecutor, Order } from "#core";

/** One order in a fresh corner of a world, and what can go wrong there. */
export interface ExecutorScene {
  readonly executor: ActionExecutor;
  readonly order: Order;
  /** How often what the order asks for has happened, read from the world itself. */
  readonly times: () => number;
  /** The next request never arrives, or its answer does not, or Discord holds it back, or it is refused. */
  readonly next: (mishap: "lost-before" | "lost-after" | "too-soon" | "refused") => void;
}

export interface ExecutorTwin {
  /** Each for another order: one with a state (a role), one without (a message). */
  readonly scenes: Readonly<Record<string, () => Promise<ExecutorScene>>>;
  readonly planned: () => Promise<ExecutorScene>;
}

const signal = () => new AbortController().signal;

/** What every executor promises: one request, an outcome for whatever is answered, and looks that change nothing. */
export function describeExecutor(name: string, twin: ExecutorTwin): void {
  describe.each(Object.entries(twin.scenes))(`${name}: %s`, (_what, open) => {
    it("is done, and looks done", async () => {
      const { executor, order, times } = await open();
      expect(times()).toBe(0);
      expect(await executor.perform(order, signal())).toMatchObject({ kind: "done", result: expect.anything() });
      expect(await executor.reconcile(order, signal())).toMatchObject({ found: "done", result: expect.anything() });
      expect(times()).toBe(1);
    });

    it("whose answer was lost is unknown, and is found by looking", async () => {
      const { executor, order, times, next } = await open();
      next("lost-after");
      expect(await executor.perform(order, signal())).toMatchObject({ kind: "unknown" });
      expect(await executor.reconcile(order, signal())).toMatchObject({ found: "done" });
      expect(times()).toBe(1);
    });

    it("that never arrived is unknown, looks absent however often one looks, and can be done again", async () => {
      const { executor, order, times, next } = await open();
      next("lost-before");
      expect(await executor.perform(order, signal())).toMatchObject({ kind: "unknown" });
      expect(await executor.reconcile(order, signal())).toEqual({ found: "absent" });
      expect(await executor.reconcile(order, signal())).toEqual({ found: "absent" });
      expect(times()).toBe(0);
      expect(await executor.perform({ ...order, attempt: 2 }, signal())).toMatchObject({ kind: "done" });
      expect(times()).toBe(1);
    });

    it("that comes too soon is put off, and nothing has happened", async () => {
      const { executor, order, times, next } = await open();
      next("too-soon");
      const outcome = await executor.perform(order, signal());
      expect(outcome).toMatchObject({ kind: "later", afterMs: expect.any(Number) });
      expect(outcome.kind === "later" && outcome.afterMs).toBeGreaterThan(0);
      expect(times()).toBe(0);
    });

    it("that is refused fails by its code and throws nothing", async () => {
      const { executor, order, times, next } = await open();
      next("refused");
      expect(await executor.perform(order, signal())).toMatchObject({ kind: "failed", code: "50013" });
      expect(times()).toBe(0);
    });

    it("that nobody waits for any more is not sent", async () => {
      const { executor, order, times } = await open();
      expect(await executor.perform(order, AbortSignal.abort())).toMatchObject({ kind: "later" });
      expect(times()).toBe(0);
    });
  });

  it(`${name}: what is planned is no request`, async () => {
    const { executor, order } = await twin.planned();
    expect(await executor.perform(order, signal())).toMatchObject({ kind: "failed", code: "no-hand" });
    expect(await executor.reconcile(order, signal())).toEqual({ found: "absent" });
  });
}
