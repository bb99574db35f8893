import type { CommitEntry, Store } from "#core";
import { fetchNeeds, type GuildState } from "../guild/state.ts";
import type { createComposer } from "./compose.ts";
import type { Guilds } from "./guilds.ts";
import type { Outage } from "./outage.ts";
import type { Item } from "./turns.ts";

/** Items decided together, each with what will be committed for it. */
export interface Group {
  readonly items: readonly Item[];
  readonly entries: readonly CommitEntry[];
}

export interface DecidingParts {
  readonly store: Store;
  readonly guilds: Guilds;
  readonly compose: ReturnType<typeof createComposer>;
  readonly outage: Outage;
}

const LONGEST_PAUSE_MS = 5_000;

/** The store could not be read: what was decided of the group so far is worth nothing. */
class Unreadable extends Error {}

/** Decides groups of items over the guilds in memory: serial within a guild, side by side between guilds. */
export function createDeciding({ store, guilds, compose, outage }: DecidingParts) {
  /** Undefined where the store could not be read; then the group's guilds have to be forgotten before the next try. */
  async function tryDecide(items: readonly Item[]): Promise<Group | undefined> {
    try {
      return await decide(items);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      outage.goesOn(error.cause);
      return undefined;
    }
  }

  /** Decides on what the store says is true, however long the store takes to say it. Nothing may be in flight. */
  async function decideAfresh(items: readonly Item[]): Promise<Group> {
    for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      forget(items);
      const group = await tryDecide(items);
      if (group !== undefined) return group;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  function forget(items: readonly Item[]): void {
    guilds.forget(new Set(items.map((item) => item.event.guildId)));
  }

  async function decide(items: readonly Item[]): Promise<Group> {
    const entries = new Array<CommitEntry>(items.length);
    const byGuild = new Map<string, number[]>();
    items.forEach((item, index) => {
      const indexes = byGuild.get(item.event.guildId);
      if (indexes === undefined) byGuild.set(item.event.guildId, [index]);
      else indexes.push(index);
    });
    const chains = [...byGuild].map(([guildId, indexes]) => decideGuild(guildId, indexes, items, entries));
    const slow = chains.filter((chain) => chain !== undefined);
    // All are waited for, so that none goes on deciding behind the back of whoever starts over.
    const results = slow.length === 0 ? [] : await Promise.allSettled(slow);
    for (const result of results) if (result.status === "rejected") throw result.reason;
    return { items, entries };
  }

  /** Without anything to fetch this runs through at once and returns nothing to wait for. */
  function decideGuild(
    guildId: string,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ): Promise<void> | undefined {
    const state = guilds.loaded(guildId);
    const done = state === undefined ? 0 : decideFrom(0, state, indexes, items, entries).done;
    return done === indexes.length ? undefined : decideSlowly(done, guildId, indexes, items, entries);
  }

  async function decideSlowly(
    start: number,
    guildId: string,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ): Promise<void> {
    const state = await read(() => guilds.load(guildId, items[indexes[start]!]!.event.at));
    for (let done = start; done < indexes.length;) {
      const step = decideFrom(done, state, indexes, items, entries);
      done = step.done;
      if (step.needs.length > 0) await read(() => fetchNeeds(state, store.guild(guildId), step.needs));
    }
  }

  function decideFrom(
    start: number,
    state: GuildState,
    indexes: readonly number[],
    items: readonly Item[],
    entries: CommitEntry[],
  ) {
    for (let done = start; done < indexes.length; done++) {
      const index = indexes[done]!;
      const composed = compose(items[index]!, state);
      if ("needs" in composed) return { done, needs: composed.needs };
      entries[index] = composed.entry;
    }
    return { done: indexes.length, needs: [] };
  }

  return { tryDecide, decideAfresh, forget };
}

async function read<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Unreadable("the store could not be read", { cause });
  }
}
