import type { Checkpoint, Clock, CommitEntry, CommitRefusal, Committed, Lease, Log, Metrics, Store } from "#core";
import { GuildhallError } from "#core";
import type { AtOnce } from "../act/at-once.ts";
import type { createComposer } from "./compose.ts";
import { Frames } from "./frames.ts";
import { createDeciding, type Group } from "./groups.ts";
import type { Guilds } from "./guilds.ts";
import { Outage } from "./outage.ts";
import { createSettling } from "./settling.ts";
import { type Item, Turns } from "./turns.ts";

/** How many events share a transaction. Larger groups win little more and keep a crash's replay longer. */
const GROUP = 512;
/** Frames without events move the checkpoint too; without traffic it is written after so long. */
const IDLE_CHECKPOINT_MS = 2_000;

export interface CommitterParts {
  readonly store: Store;
  readonly guilds: Guilds;
  readonly compose: ReturnType<typeof createComposer>;
  readonly leases: () => readonly Lease[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly atOnce: AtOnce;
  /** After each durable commit, in order. */
  readonly onCommitted: (
    entries: readonly CommitEntry[],
    committed: Committed,
    checkpoints: readonly Checkpoint[],
  ) => void;
  /** These were in the journal already: whoever keeps track of them may let go. */
  readonly onKnown: (items: readonly Item[]) => void;
  /** The road cannot go on: the lease is lost, or the store refuses even a bare journal row. */
  readonly onFatal: (error: GuildhallError) => void;
}

interface Flight {
  readonly group: Group;
  readonly checkpoints: readonly Checkpoint[];
  readonly landing: Promise<CommitRefusal | undefined>;
}

/**
 * The one place that commits. While a group is on its way to the database the next one is decided on top of it; should the
 * first fail, both are forgotten and decided again from what the store says is true.
 */
export class Committer {
  readonly turns = new Turns();
  readonly frames = new Frames();
  readonly outage: Outage;
  readonly #parts: CommitterParts;
  readonly #deciding: ReturnType<typeof createDeciding>;
  readonly #settle: ReturnType<typeof createSettling>;
  #wake: () => void = () => undefined;
  #stopping = false;
  #done: Promise<void> = Promise.resolve();
  #lastCommit = 0;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
    this.outage = new Outage(parts.clock, parts.log);
    this.#deciding = createDeciding({ ...parts, outage: this.outage });
    this.#settle = createSettling({
      ...parts,
      outage: this.outage,
      ...this.#deciding,
      commit: (group, checkpoints) => this.#commit(group, checkpoints),
      onThere: (entries) => this.#wasThere(entries),
    });
  }

  push(item: Item): void {
    this.turns.push(item);
    this.#wake();
  }

  start(): void {
    this.#done = this.#run().catch((error: unknown) => {
      const isKnown = error instanceof GuildhallError;
      const unexpected = "the road stopped on an unexpected error";
      this.#parts.onFatal(isKnown ? error : new GuildhallError("road-broken", unexpected, { cause: error }));
    });
  }

  /** Decides and commits everything that has arrived, then ends. */
  async drain(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    let flight: Flight | undefined;
    for (;;) {
      const items = this.turns.take(GROUP);
      const group = await this.#decideDuring(flight, items);
      flight = undefined;
      if (group.items.length > 0 || this.#checkpointIsDue()) flight = this.#takeOff(group);
      else if (this.turns.size === 0 && this.#stopping) return;
      else if (this.turns.size === 0) await this.#sleep();
    }
  }

  /** Decides the next group while the one before is on its way, and once more should that one not arrive. */
  async #decideDuring(flight: Flight | undefined, items: readonly Item[]): Promise<Group> {
    const group = await this.#deciding.tryDecide(items);
    const refusal = await flight?.landing;
    if (flight === undefined || refusal === undefined) return group ?? this.#deciding.decideAfresh(items);
    // What was decided on top of it was decided on nothing.
    this.#deciding.forget(items);
    await this.#settle(flight.group, flight.checkpoints, refusal);
    return this.#deciding.decideAfresh(items);
  }

  #takeOff(group: Group): Flight {
    const checkpoints = this.#through(group.items);
    return { group, checkpoints, landing: this.#commit(group, checkpoints) };
  }

  #through(items: readonly Item[]): readonly Checkpoint[] {
    for (const item of items) if (item.from !== undefined) this.frames.done(item.from.frame, item.from.shardId);
    return this.frames.checkpoints();
  }

  async #commit(group: Group, checkpoints: readonly Checkpoint[]): Promise<CommitRefusal | undefined> {
    const { store, leases, metrics, clock, atOnce, onCommitted } = this.#parts;
    const started = clock.now();
    const chosen = atOnce.choose(group.entries);
    const taking = chosen === undefined ? {} : { taking: chosen.taking };
    const result = await store.commit({ leases: leases(), entries: group.entries, checkpoints, ...taking });
    if (result.refusal !== undefined) {
      if (chosen !== undefined) atOnce.refused(chosen, result);
      metrics.count("commits_refused", { refusal: result.refusal });
      return result;
    }
    this.outage.over();
    this.#lastCommit = clock.now();
    metrics.observe("commit_ms", this.#lastCommit - started);
    if (chosen !== undefined) atOnce.go(chosen, result);
    this.frames.relieve();
    onCommitted(group.entries, result, checkpoints);
    return undefined;
  }

  /** Their orders are not announced again: the sweep finds the rows. */
  async #wasThere(entries: readonly CommitEntry[]): Promise<void> {
    await this.#parts.atOnce.there(entries);
    this.#parts.onCommitted(entries, { caseNumbers: {}, ready: [] }, []);
  }

  #checkpointIsDue(): boolean {
    const quiet = this.#parts.clock.now() - this.#lastCommit >= IDLE_CHECKPOINT_MS;
    return this.frames.hasProgress() && (quiet || this.#stopping);
  }

  async #sleep(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.turns.size > 0 || this.#stopping) resolve();
      else timer = setTimeout(resolve, IDLE_CHECKPOINT_MS);
    });
    clearTimeout(timer);
    this.#wake = () => undefined;
  }
}
