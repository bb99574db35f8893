import type { Effect, Exhausted, GuildEvent, Read, Spending } from "#core";
import type { Frame } from "./frames.ts";

/** One thing to be decided and committed: an event that arrived, or a slow half that came back with its answer. */
export interface Item {
  readonly event: GuildEvent;
  readonly receivedAt: number;
  readonly from?: { readonly frame: Frame; readonly shardId: number };
  readonly considered?: {
    readonly agent: string;
    readonly about: unknown;
    readonly effects: readonly Effect[];
    readonly reads: readonly Read[];
    readonly error?: string;
    /** What models cost on the way, also in a pass that was thought again. */
    readonly spent: readonly Spending[];
    /** Nobody answered one of the questions: rules alone spoke. */
    readonly exhausted?: Exhausted;
  };
  /** Journaled alone, without effects: with them it could not be committed. */
  readonly poison?: string;
}

/** How many items of one guild go before the next guild has its turn. */
const TURN = 64;

/** Waiting items: in arrival order within a guild, guilds taking turns, so that a busy one starves nobody. */
export class Turns {
  readonly #queues = new Map<string, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: Item): void {
    const queue = this.#queues.get(item.event.guildId);
    if (queue === undefined) this.#queues.set(item.event.guildId, [item]);
    else queue.push(item);
    this.#size++;
  }

  take(limit: number): readonly Item[] {
    const taken: Item[] = [];
    // A Map iterates in insertion order: a guild whose turn is over is put behind all others.
    for (const [guildId, queue] of this.#queues) {
      if (taken.length >= limit) break;
      const turn = queue.splice(0, Math.min(TURN, limit - taken.length));
      for (const item of turn) taken.push(item);
      this.#queues.delete(guildId);
      if (queue.length > 0) this.#queues.set(guildId, queue);
    }
    this.#size -= taken.length;
    return taken;
  }
}
