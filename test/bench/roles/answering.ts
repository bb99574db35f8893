import { GuildhallError } from "#core";

/** Milliseconds on the machine's own clock, which all processes share and nobody sets. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export type Answers = Readonly<Record<string, (details: never) => unknown>>;

/** Answers the bench's questions, one at a time each, until it says goodbye or is gone. */
export function answerQuestions(answers: Answers, close: () => Promise<unknown>): void {
  process.on("message", ({ ask, id, details }: { ask: string; id: number; details: unknown }) => {
    void answer(ask, details).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, failed: (error as Error).stack ?? String(error) }),
    );
  });
  const answer = async (ask: string, details: unknown): Promise<unknown> => {
    if (ask === "close") return close().finally(() => setImmediate(() => process.disconnect()));
    const known = answers[ask];
    if (known === undefined) throw new GuildhallError("bench.question", `nobody here answers "${ask}"`);
    return known(details as never);
  };
  process.once("disconnect", () => void close().finally(() => process.exit(0)));
}

/** What is in use once everything that can be freed is; the resident set also holds what the engine keeps for later. */
export async function settledMemory(): Promise<{ readonly mb: number; readonly rssMb: number }> {
  for (let round = 0; round < 6; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { mb: (heapUsed + external) / 2 ** 20, rssMb: rss / 2 ** 20 };
}

/** Counts up to a number somebody waits for, and says when it began and when it was reached. */
export class Finish {
  #left = Number.POSITIVE_INFINITY;
  #startedAt: number | undefined;
  #cpu = process.cpuUsage();
  #tell: (value: Stretch) => void = () => undefined;
  #end: Promise<Stretch> | undefined;

  /**
   * Counts from here. Answered at once, and waited for apart from it: were the two one question, what comes may have passed
   * before the question is read, in another process, and the wait would never end.
   */
  watch(count: number): void {
    this.#left = count;
    this.#startedAt = undefined;
    this.#end = new Promise((resolve) => (this.#tell = resolve));
  }

  reached(): Promise<Stretch> {
    if (this.#end === undefined) throw new GuildhallError("bench.question", "nobody said what to count to");
    return this.#end;
  }

  /** Cheap enough to be called for every frame. */
  began(): void {
    if (this.#startedAt !== undefined) return;
    this.#startedAt = machineTime();
    this.#cpu = process.cpuUsage();
  }

  passed(count: number): void {
    if (count === 0 || (this.#left -= count) > 0) return;
    this.#left = Number.POSITIVE_INFINITY;
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#tell({ milliseconds: machineTime() - this.#startedAt!, cpuMilliseconds: (user + system) / 1_000 });
  }
}

export interface Stretch {
  readonly milliseconds: number;
  /** What this process spent, all of its threads together. */
  readonly cpuMilliseconds: number;
}
