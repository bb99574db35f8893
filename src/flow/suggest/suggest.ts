import {
  type Agent,
  type Choice,
  type Clock,
  errorFields,
  type Log,
  MOST_CHOICES,
  type Store,
  type Typing,
} from "#core";
import type { Guilds } from "../commit/guilds.ts";
import { type Looked, RecordingLook } from "../decide/look.ts";
import { fetchNeeds, type GuildState, type Need } from "../guild/state.ts";

/** Somebody types for a few seconds: what was fetched for one keystroke serves those after it, and then grows old. */
const HELD_MS = 15_000;

export interface SuggestParts {
  readonly agents: readonly Agent[];
  readonly guilds: Pick<Guilds, "loaded" | "read">;
  readonly store: Pick<Store, "guild">;
  readonly clock: Clock;
  readonly log: Log;
}

interface Fetched {
  readonly since: number;
  readonly cache: Map<string, unknown>;
  readonly fresh: Map<string, unknown>;
  /** Where no event of the guild has come yet. */
  guild?: GuildState;
  isFetching: boolean;
}

/**
 * Asks an agent what could stand in an option. Nothing is recorded, and nothing of it reaches a decision: what is fetched
 * lies in a memory of its own beside the guild's, which alone knows what is decided and not yet stored.
 */
export function createSuggester(parts: SuggestParts): (guildId: string, typing: Typing) => readonly Choice[] {
  const owners = new Map(
    parts.agents.flatMap((agent) => (agent.commands ?? []).map(({ name }): [string, Agent] => [name, agent])),
  );
  const fetched = new Map<string, Fetched>();

  return (guildId, typing) => {
    const agent = owners.get(typing.command);
    if (agent?.suggest === undefined) return [];
    const own = ownOf(guildId);
    const state = parts.guilds.loaded(guildId) ?? own.guild;
    if (state === undefined) {
      later(own, async () => void (own.guild = await parts.guilds.read(guildId, parts.clock.now())));
      return [];
    }
    const policy = state.policy.agents[agent.name];
    if (policy === undefined || policy.mode === "off") return [];
    const look = new RecordingLook(beside(state, own), agent, { at: parts.clock.now() });
    try {
      return agent.suggest(look, typing, policy.config).slice(0, MOST_CHOICES);
    } catch (error) {
      if (look.needs.length > 0) later(own, () => fetchInto(own, state, look.needs));
      else parts.log.warn({ agent: agent.name, ...errorFields(error) }, "an agent's suggestions failed");
      return [];
    }
  };

  function ownOf(guildId: string): Fetched {
    const now = parts.clock.now();
    for (const [id, { since }] of fetched) if (now - since > HELD_MS) fetched.delete(id);
    const own = fetched.get(guildId) ?? {
      since: now,
      cache: new Map<string, unknown>(),
      fresh: new Map<string, unknown>(),
      isFetching: false,
    };
    fetched.set(guildId, own);
    return own;
  }

  function fetchInto({ cache, fresh }: Fetched, state: GuildState, needs: readonly Need[]): Promise<void> {
    const apart: GuildState = { ...state, cache, fresh, decided: new Set() };
    return fetchNeeds(apart, parts.store.guild(state.guildId), needs);
  }

  /** One fetch at a time for a guild: whoever types faster than the store answers asks again with the next key. */
  function later(own: Fetched, work: () => Promise<void>): void {
    if (own.isFetching) return;
    own.isFetching = true;
    void work()
      .catch((error: unknown) => parts.log.debug(errorFields(error), "what suggestions need could not be fetched"))
      .finally(() => (own.isFetching = false));
  }
}

/** What the guild's own memory holds goes first: it is newer. */
function beside(state: GuildState, { cache, fresh }: Fetched): Looked {
  const has = (key: string): boolean => state.cache.has(key) || cache.has(key);
  const get = (key: string): unknown => (state.cache.has(key) ? state.cache.get(key) : cache.get(key));
  const { policy, counters, directory, holdsAllRecords } = state;
  return { policy, counters, directory, holdsAllRecords, cache: { has, get }, fresh };
}
