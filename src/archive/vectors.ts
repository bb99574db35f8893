import {
  errorFields,
  type Clock,
  type CommitEntry,
  type GuildEvent,
  type LlmGateway,
  type Log,
  type Store,
} from "#core";

export interface VectorParts {
  readonly store: Pick<Store, "guild" | "guilds">;
  readonly llm: LlmGateway;
  readonly clock: Clock;
  readonly log: Log;
  /** What it cost is an event like any other, booked by its commit. */
  readonly submit: (event: GuildEvent) => Promise<void>;
}

/** So many passages at once: a handful of requests, and little lost where the process ends in between. */
const AT_ONCE = 256;

/**
 * Turns passages into vectors, behind the road's back: they follow from the passages alone and can be made again at any time, so
 * that they are an index and no record. Only their cost is an event. Without a model of vectors there is nothing to do.
 */
export function createVectors(parts: VectorParts) {
  const { store, llm } = parts;
  const model = llm.embeddingModel;
  const changed = new Set<string>();
  let isClosed = false;
  let isAsking = false;
  let running: Promise<void> | undefined;

  /** Guild after guild, until nothing is bare or nobody answers; what is left waits for the next change, or the next start. */
  async function run(): Promise<void> {
    for (const guildId of changed) {
      changed.delete(guildId);
      try {
        while (!isClosed && (await someOf(guildId)));
      } catch (error) {
        parts.log.warn(errorFields(error), "passages could not be turned into vectors; search goes by words meanwhile");
      }
    }
  }

  /** Whether there may be more. */
  async function someOf(guildId: string): Promise<boolean> {
    const guild = store.guild(guildId);
    const bare = await guild.bare(model!, AT_ONCE);
    if (bare.length === 0) return false;
    const texts = bare.map(({ text }) => text);
    isAsking = true;
    const answer = await llm
      .embed({ texts, as: "passage" }, { guildId, agent: "house", priority: "low" })
      .finally(() => (isAsking = false));
    if (isClosed) return false;
    if (answer.ok)
      await guild.putVectors(
        model!,
        bare.map((passage, index) => ({ ...passage, vector: answer.value[index]! })),
      );
    const spent = answer.receipt?.spent ?? [];
    const at = parts.clock.now();
    const made = answer.ok ? bare.length : 0;
    const id = `vectors:${guildId}:${bare[0]!.ordinal}:${at}`;
    if (spent.length > 0)
      await parts.submit({ id, guildId, at, kind: "vectors.made", model: model!, passages: made, spent });
    return answer.ok && bare.length === AT_ONCE;
  }

  function wake(guildIds: Iterable<string>): void {
    if (model === undefined || isClosed) return;
    for (const guildId of guildIds) changed.add(guildId);
    if (changed.size === 0) return;
    running ??= run().finally(() => {
      running = undefined;
      if (!isClosed && changed.size > 0) wake([]);
    });
  }

  return {
    /** Looks at every guild once: another model may have been chosen, or the house was ended in between. */
    async start(): Promise<void> {
      if (model !== undefined) wake((await store.guilds()).map(({ guildId }) => guildId));
    },
    committed(entries: readonly CommitEntry[]): void {
      const puts = entries.filter(({ writes }) => writes.some(({ change }) => change.write === "knowledge.put"));
      wake(puts.map(({ event }) => event.guildId));
    },
    /** What is being stored is stored first; nobody waits for a provider. */
    async close(): Promise<void> {
      isClosed = true;
      if (!isAsking) await running;
    },
  };
}
