import type { CountedTally } from "#core";

/** One key's tallies as they came. Plain arrays: appending and skipping from the front is all that happens. */
interface Series {
  at: number[];
  by: number[];
  /** Each was tallied no earlier than the one before it, so a count may stop at the first that is too old. */
  isOrdered: boolean;
}

/**
 * Most keys are counted once and never again (what somebody said, word for word): a single tally of one is kept as its
 * moment alone, with no object around it. Moments are distances from the first, which fit a machine word for 24 days.
 */
type Tallied = number | Series;

/** How many tallies may come before the expired ones are swept out; a sweep visits every key of the guild. */
const SWEEP_EVERY = 4_096;

/**
 * Sliding-window counts of one guild, exact and in memory. They last because every tally is in the journal row of its
 * event: a new process reads the tail of one longest window and stands where the old one stood.
 */
export class Counters {
  readonly #owners = new Map<string, Map<string, Map<string, Tallied>>>();
  #longestMs: number;
  #origin: number | undefined;
  #latest = 0;
  #sinceSweep = 0;

  constructor(longestWindowSeconds: number) {
    this.#longestMs = longestWindowSeconds * 1_000;
  }

  /** From now on tallies are kept for longer; what was let go before is not brought back. */
  widen(windowSeconds: number): void {
    this.#longestMs = Math.max(this.#longestMs, windowSeconds * 1_000);
  }

  add(tally: CountedTally, at: number): void {
    const keys = this.#keys(tally.owner, tally.counter);
    const distance = at - (this.#origin ??= at);
    const known = keys.get(tally.key);
    if (known === undefined && tally.by === 1) keys.set(tally.key, distance);
    else append(seriesOf(known, keys, tally.key), distance, tally.by);
    if (distance > this.#latest) this.#latest = distance;
    if (++this.#sinceSweep >= SWEEP_EVERY) this.#sweep();
  }

  count(owner: string, counter: string, key: string, windowSeconds: number, asOf: number): number {
    const tallied = this.#owners.get(owner)?.get(counter)?.get(key);
    if (tallied === undefined) return 0;
    const after = asOf - this.#origin! - windowSeconds * 1_000;
    if (typeof tallied === "number") return tallied > after ? 1 : 0;
    let sum = 0;
    for (let index = tallied.at.length - 1; index >= 0; index--) {
      if (tallied.at[index]! > after) sum += tallied.by[index]!;
      else if (tallied.isOrdered) break;
    }
    return sum;
  }

  /** The latest moment a key was tallied at, for as long as it is kept. */
  last(owner: string, counter: string, key: string): number | undefined {
    const tallied = this.#owners.get(owner)?.get(counter)?.get(key);
    if (tallied === undefined) return undefined;
    const latest = typeof tallied === "number" ? tallied : tallied.at.reduce((a, b) => Math.max(a, b), 0);
    return this.#origin! + latest;
  }

  #keys(owner: string, counter: string): Map<string, Tallied> {
    let counters = this.#owners.get(owner);
    if (counters === undefined) this.#owners.set(owner, (counters = new Map()));
    let keys = counters.get(counter);
    if (keys === undefined) counters.set(counter, (keys = new Map()));
    return keys;
  }

  #sweep(): void {
    this.#sinceSweep = 0;
    const before = this.#latest - this.#longestMs;
    for (const counters of this.#owners.values()) for (const keys of counters.values()) sweep(keys, before);
  }
}

function seriesOf(known: Tallied | undefined, keys: Map<string, Tallied>, key: string): Series {
  if (typeof known === "object") return known;
  const series = known === undefined ? { at: [], by: [] } : { at: [known], by: [1] };
  const begun = { ...series, isOrdered: true };
  keys.set(key, begun);
  return begun;
}

function append(series: Series, at: number, by: number): void {
  if (series.at.length > 0 && at < series.at.at(-1)!) series.isOrdered = false;
  series.at.push(at);
  series.by.push(by);
}

function sweep(keys: Map<string, Tallied>, before: number): void {
  for (const [key, tallied] of keys) {
    if (typeof tallied === "number") {
      if (tallied <= before) keys.delete(key);
      continue;
    }
    const kept = tallied.at.findIndex((at) => at > before);
    if (kept === -1) keys.delete(key);
    else if (kept > 0) {
      tallied.at.splice(0, kept);
      tallied.by.splice(0, kept);
    }
  }
}
