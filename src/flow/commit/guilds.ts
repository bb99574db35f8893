import type { Agent, Lists, PolicyFor, Store } from "#core";
import { loadGuild, quotaWindow, type GuildState } from "../guild/state.ts";
import { LONGEST_SAME_SECONDS } from "../judge/facts.ts";

/** The guilds in memory. A guild is read from the store when its first event comes, and again after a failed commit. */
export class Guilds {
  readonly #loaded = new Map<string, GuildState>();
  readonly #loading = new Map<string, Promise<GuildState>>();
  readonly #longestAgentWindow: number;
  readonly #store: Store;
  readonly #policyFor: PolicyFor;
  readonly #lists: Lists | undefined;

  constructor(store: Store, agents: readonly Agent[], policyFor: PolicyFor, lists?: Lists) {
    this.#store = store;
    this.#lists = lists;
    this.#policyFor = policyFor;
    const windows = agents.flatMap((agent) => Object.values(agent.counters ?? {}).map((spec) => spec.windowSeconds));
    this.#longestAgentWindow = Math.max(LONGEST_SAME_SECONDS, ...windows);
  }

  loaded(guildId: string): GuildState | undefined {
    return this.#loaded.get(guildId);
  }

  async load(guildId: string, asOf: number): Promise<GuildState> {
    const known = this.#loaded.get(guildId);
    if (known !== undefined) return known;
    const loading = this.#loading.get(guildId) ?? this.read(guildId, asOf);
    this.#loading.set(guildId, loading);
    try {
      const state = await loading;
      // Forgotten while it was read: what it holds may be older than the commit that made us forget.
      if (this.#loading.get(guildId) === loading) this.#loaded.set(guildId, state);
      return this.#loaded.get(guildId) ?? this.load(guildId, asOf);
    } finally {
      if (this.#loading.get(guildId) === loading) this.#loading.delete(guildId);
    }
  }

  /** What is decided and not committed goes with it: the store knows what is true. */
  forget(guildIds: Iterable<string>): void {
    for (const guildId of guildIds) {
      this.#loaded.delete(guildId);
      this.#loading.delete(guildId);
    }
  }

  /** As the store has it, kept by nobody. */
  async read(guildId: string, asOf: number): Promise<GuildState> {
    const store = this.#store.guild(guildId);
    const [own] = await store.policies(1);
    const policy = this.#policyFor(guildId, own);
    return loadGuild(store, policy, Math.max(this.#longestAgentWindow, quotaWindow(policy)), asOf, this.#lists);
  }
}
