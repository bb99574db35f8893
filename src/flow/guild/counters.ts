import type { CountedTally } from "#core";

/** One key's tallies, oldest first as they came. Plain arrays: appending and skipping from the front is all that happens. */
interface Series {
  at: number[];
  by: number[];
}

/** How many tallies may come before the expired ones are swept out; a sweep visits every key of the guild. */
const SWEEP_EVERY = 4_096;

/**
 * Sliding-window counts of one guild, exact and in memory. They last because every tally is in the journal row of its
 * event: a new process reads the tail of one longest window and stands where the old one stood.
 */
export class Counters {
  readonly #series = new Map<string, Map<string, Series>>();
  readonly #longestMs: number;
  #latest = 0;
  #sinceSweep = 0;

  constructor(longestWindowSeconds: number) {
    this.#longestMs = longestWindowSeconds * 1_000;
  }

  add(tally: CountedTally, at: number): void {
    const keys = this.#keys(`${tally.owner}/${tally.counter}`);
    const series = keys.get(tally.key);
    if (series === undefined) keys.set(tally.key, { at: [at], by: [tally.by] });
    else {
      series.at.push(at);
      series.by.push(tally.by);
    }
    if (at > this.#latest) this.#latest = at;
    if (++this.#sinceSweep >= SWEEP_EVERY) this.#sweep();
  }

  count(owner: string, counter: string, key: string, windowSeconds: number, asOf: number): number {
    const series = this.#series.get(`${owner}/${counter}`)?.get(key);
    if (series === undefined) return 0;
    const after = asOf - windowSeconds * 1_000;
    let sum = 0;
    for (let index = series.at.length - 1; index >= 0; index--) if (series.at[index]! > after) sum += series.by[index]!;
    return sum;
  }

  #keys(name: string): Map<string, Series> {
    let keys = this.#series.get(name);
    if (keys === undefined) this.#series.set(name, (keys = new Map()));
    return keys;
  }

  #sweep(): void {
    this.#sinceSweep = 0;
    const before = this.#latest - this.#longestMs;
    for (const keys of this.#series.values()) {
      for (const [key, series] of keys) {
        const kept = series.at.findIndex((at) => at > before);
        if (kept === -1) keys.delete(key);
        else if (kept > 0) {
          series.at.splice(0, kept);
          series.by.splice(0, kept);
        }
      }
    }
  }
}
