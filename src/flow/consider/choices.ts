import {
  type Agent,
  canonical,
  type Clock,
  ConfigurationError,
  type GuildPolicy,
  type GuildStore,
  heavyRules,
  type OwnPolicy,
  type PolicyFor,
  type PolicyKeeper,
  type SlowLook,
  whatNoLongerWorks,
} from "#core";
import type { GuildState } from "../guild/state.ts";
import { rehearse } from "../rehearse/rehearse.ts";

export interface ChoiceParts {
  readonly agents: ReadonlyMap<string, Agent>;
  readonly policyFor: PolicyFor;
  readonly keeper: PolicyKeeper;
  readonly clock: Clock;
}

export type ChoiceRoads = Pick<SlowLook, "inForce" | "amended" | "rehearse">;

/** What a slow half may find out about the guild's choices. Asked twice in one thought, it is looked at once. */
export function choiceRoads(parts: ChoiceParts, state: GuildState, guild: GuildStore): ChoiceRoads {
  const agents = [...parts.agents.values()];
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(key: unknown, look: () => Promise<T>): Promise<T> => {
    const words = canonical(key);
    const before = known.get(words) as Promise<T> | undefined;
    const found = before ?? look();
    known.set(words, found);
    return found;
  };

  async function held(): Promise<{ readonly own?: OwnPolicy; readonly policy: GuildPolicy }> {
    const [own] = await guild.policies(1);
    return { policy: parts.policyFor(guild.guildId, own), ...(own !== undefined && { own }) };
  }

  const inForce: ChoiceRoads["inForce"] = async () => {
    const { policy, own } = await held();
    const { presets } = parts.keeper;
    return { policy, presets, ...(own !== undefined && { by: own.by }) };
  };

  const amended: ChoiceRoads["amended"] = async (changes) => {
    const { policy, own } = await held();
    if (policy.isKeptInFile === true) return { refused: "kept-in-file" };
    try {
      const document = parts.keeper.amend(own?.document ?? "", changes);
      const after = parts.keeper.check(guild.guildId, document);
      const { directory } = state;
      const shortcomings =
        directory === undefined ? [] : whatNoLongerWorks(directory, after, agents, parts.clock.now());
      return { document, basedOn: own?.version ?? 0, shortcomings };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return { refused: "mistake", mistake: error.message };
    }
  };

  const rehearsed: ChoiceRoads["rehearse"] = async (document, from, to) => {
    const { policy } = await held();
    const after = parts.keeper.check(guild.guildId, document);
    const { messages, hits } = await rehearse(guild, agents, after, { from, to }, state.lists);
    return { messages, hits, heavy: heavyRules({ messages, hits }, policy, after) };
  };

  return {
    inForce: () => once(["inForce"], inForce),
    amended: (changes) => once(["amended", changes], () => amended(changes)),
    rehearse: (document, from, to) => once(["rehearse", document, from, to], () => rehearsed(document, from, to)),
  };
}
