import type {
  Checkpoint,
  Clock,
  CommitEntry,
  CommitRefusal,
  Committed,
  KillSwitch,
  Lease,
  Log,
  Metrics,
  Store,
} from "#core";
import { errorFields, GuildhallError } from "#core";
import { fetchNeeds, type GuildState } from "../guild/state.ts";
import type { createComposer } from "./compose.ts";
import { Frames } from "./frames.ts";
import type { Guilds } from "./guilds.ts";
import { type Item, Turns } from "./turns.ts";

/** How many events share a transaction. Larger groups win little more and keep a crash's replay longer. */
const GROUP = 512;
/** Frames without events move the checkpoint too; without traffic it is written after so long. */
const IDLE_CHECKPOINT_MS = 2_000;
const STALE_TRIES = 50;

export interface CommitterParts {
  readonly store: Store;
  readonly guilds: Guilds;
  readonly compose: ReturnType<typeof createComposer>;
  readonly lease: () => Lease;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly killSwitch: KillSwitch;
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

interface Group {
  readonly items: readonly Item[];
  readonly entries: readonly CommitEntry[];
}

/**
 * The one place that commits. While a group is on its way to the database the next one is decided on top of it; should the
 * first fail, both are forgotten and decided again from what the store says is true.
 */
export class Committer {
  readonly turns = new Turns();
  readonly frames = new Frames();
  readonly #parts: CommitterParts;
  #wake: () => void = () => undefined;
  #stopping = false;
  #done: Promise<void> = Promise.resolve();
  #lastCommit = 0;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
  }

  push(item: Item): void {
    this.turns.push(item);
    this.#wake();
  }

  start(): void {
    this.#done = this.#run().catch((error: unknown) => {
      const fatal =
        error instanceof GuildhallError
          ? error
          : new GuildhallError("road-broken", "the road stopped on an unexpected error", { cause: error });
      this.#parts.onFatal(fatal);
    });
  }

  /** Decides and commits everything that has arrived, then ends. */
  async drain(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    let inFlight: Promise<CommitRefusal | undefined> = Promise.resolve(undefined);
    let previous: Flight | undefined;
    for (;;) {
      const items = this.turns.take(GROUP);
      const idle = items.length === 0;
      let group = idle ? undefined : await this.#decide(items);
      const refusal = await inFlight;
      if (refusal !== undefined) {
        this.#forget(previous!.group.items);
        this.#forget(items);
        await this.#settle(previous!.group, previous!.checkpoints, refusal);
        if (group !== undefined) group = await this.#decide(items);
      }
      previous = undefined;
      inFlight = Promise.resolve(undefined);
      if (group === undefined && !this.#checkpointIsDue()) {
        if (this.turns.size > 0) continue;
        if (this.#stopping) return;
        await this.#sleep();
        continue;
      }
      const flight = { group: group ?? { items: [], entries: [] }, checkpoints: this.#through(items) };
      previous = flight;
      inFlight = this.#commit(flight.group, flight.checkpoints);
      // With nothing more to decide meanwhile, the loop comes round at once and waits for this commit.
    }
  }

  async #decide(items: readonly Item[]): Promise<Group> {
    const entries = new Array<CommitEntry>(items.length);
    const byGuild = new Map<string, number[]>();
    items.forEach((item, index) => {
      const indexes = byGuild.get(item.event.guildId);
      if (indexes === undefined) byGuild.set(item.event.guildId, [index]);
      else indexes.push(index);
    });
    // Serial within a guild, side by side between guilds: one guild's query never holds up another's decisions.
    const chains = [...byGuild].map(([guildId, indexes]) => this.#decideGuild(guildId, indexes, items, entries));
    await Promise.all(chains.filter((chain) => chain !== undefined));
    return { items, entries };
  }

  /** Without anything to fetch this runs through at once and returns nothing to wait for. */
  #decideGuild(
    guildId: string,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ): Promise<void> | undefined {
    const state = this.#parts.guilds.loaded(guildId);
    const done = state === undefined ? 0 : this.#decideFrom(0, state, indexes, items, entries).done;
    if (done === indexes.length) return undefined;
    return this.#decideSlowly(done, guildId, indexes, items, entries);
  }

  async #decideSlowly(
    start: number,
    guildId: string,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ): Promise<void> {
    const { guilds, store } = this.#parts;
    const state = await guilds.load(guildId, items[indexes[start]!]!.event.at);
    for (let done = start; done < indexes.length;) {
      const step = this.#decideFrom(done, state, indexes, items, entries);
      done = step.done;
      if (step.needs.length > 0) await fetchNeeds(state, store.guild(guildId), step.needs);
    }
  }

  #decideFrom(
    start: number,
    state: GuildState,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ) {
    for (let done = start; done < indexes.length; done++) {
      const index = indexes[done]!;
      const composed = this.#parts.compose(items[index]!, state);
      if ("needs" in composed) return { done, needs: composed.needs };
      entries[index] = composed.entry;
    }
    return { done: indexes.length, needs: [] };
  }

  #through(items: readonly Item[]): readonly Checkpoint[] {
    for (const item of items) if (item.from !== undefined) this.frames.done(item.from.frame, item.from.shardId);
    return this.frames.checkpoints();
  }

  async #commit(group: Group, checkpoints: readonly Checkpoint[]): Promise<CommitRefusal | undefined> {
    const { store, lease, metrics, clock, onCommitted } = this.#parts;
    const started = clock.now();
    const result = await store.commit({ lease: lease(), entries: group.entries, checkpoints });
    if (result.refusal !== undefined) {
      metrics.count("commits_refused", { refusal: result.refusal });
      return result;
    }
    this.#lastCommit = clock.now();
    metrics.observe("commit_ms", this.#lastCommit - started);
    this.frames.relieve();
    onCommitted(group.entries, result, checkpoints);
    return undefined;
  }

  /**
   * Gets a refused group through, whatever it takes: without what is there already, on fresh state, in halves. The checkpoint
   * goes with the last piece only, so that it never covers an event that is not in the journal.
   */
  async #settle(refused: Group, checkpoints: readonly Checkpoint[], first: CommitRefusal): Promise<void> {
    let group = refused;
    let refusal: CommitRefusal | undefined = first;
    for (let tries = 0; refusal !== undefined; tries++) {
      this.#forget(group.items);
      const rest = await this.#answerRefusal(refusal, group, checkpoints, tries);
      if (rest === "settled" || (rest.length === 0 && checkpoints.length === 0)) return;
      group = await this.#decide(rest);
      refusal = await this.#commit(group, checkpoints);
    }
  }

  async #answerRefusal(
    refusal: CommitRefusal,
    group: Group,
    checkpoints: readonly Checkpoint[],
    tries: number,
  ): Promise<readonly Item[] | "settled"> {
    switch (refusal.refusal) {
      case "duplicate": {
        const isKnown = (item: Item) => refusal.eventIds.includes(item.event.id);
        this.#parts.onKnown(group.items.filter(isKnown));
        return group.items.filter((item) => !isKnown(item));
      }
      case "stale":
        if (tries > STALE_TRIES)
          throw new GuildhallError("stale", `the commit stays stale: ${refusal.keys.join(", ")}`);
        return group.items;
      case "lease-lost":
        throw new GuildhallError("lease-lost", "another process owns this shard now; this one stops");
      case "unreachable":
        this.#parts.log.warn({ tries, ...errorFields(refusal.cause) }, "the database is away; waiting for it");
        return this.#whenReachable(group, tries);
      case "refused":
        return this.#bisect(group.items, checkpoints, refusal.cause);
    }
  }

  /** Waits, then keeps what the journal does not have: a COMMIT whose answer was lost may have taken place. */
  async #whenReachable({ items, entries }: Group, tries: number): Promise<readonly Item[]> {
    const events = items.filter((item) => item.considered === undefined).map((item) => item.event.id);
    for (let wait = Math.min(100 * 2 ** tries, 5_000); ; wait = Math.min(wait * 2, 5_000)) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        const seen = await this.#parts.store.seen(events);
        const isThere = (entry: CommitEntry) => entry.considered === undefined && seen.has(entry.event.id);
        const there = entries.filter(isThere);
        // Its orders are not announced again: the sweep finds their rows.
        if (there.length > 0) this.#parts.onCommitted(there, { caseNumbers: {}, ready: [] }, []);
        return items.filter((_item, index) => !isThere(entries[index]!));
      } catch (error) {
        this.#parts.log.warn(errorFields(error), "the database is still away");
      }
    }
  }

  async #bisect(
    items: readonly Item[],
    checkpoints: readonly Checkpoint[],
    cause: unknown,
  ): Promise<readonly Item[] | "settled"> {
    if (items.length === 0)
      throw new GuildhallError("commit-refused", "the store refuses even a checkpoint", { cause });
    if (items.length > 1) {
      const middle = items.length >> 1;
      await this.#settlePart(items.slice(0, middle), []);
      await this.#settlePart(items.slice(middle), checkpoints);
      return "settled";
    }
    const offender = items[0]!;
    if (offender.poison !== undefined)
      throw new GuildhallError("commit-refused", `the store refuses even the bare event ${offender.event.id}`, {
        cause,
      });
    this.#parts.metrics.count("events_poisoned");
    this.#parts.log.error(
      { event: offender.event.id, kind: offender.event.kind, ...errorFields(cause) },
      "an event could not be committed with its effects; journaled as poison",
    );
    return [{ ...offender, poison: errorFields(cause).code }];
  }

  async #settlePart(items: readonly Item[], checkpoints: readonly Checkpoint[]): Promise<void> {
    const group = await this.#decide(items);
    const refusal = await this.#commit(group, checkpoints);
    if (refusal !== undefined) await this.#settle(group, checkpoints, refusal);
  }

  #forget(items: readonly Item[]): void {
    this.#parts.guilds.forget(new Set(items.map((item) => item.event.guildId)));
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

interface Flight {
  readonly group: Group;
  readonly checkpoints: readonly Checkpoint[];
}
