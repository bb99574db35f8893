import type { Agent, Answer, Approval, GuildEvent, Look, Question, Read, SlowLook } from "#core";
import { GuildhallError } from "#core";
import { type GuildState, heldIn, type Need, needKey } from "../guild/state.ts";

/** What the road's own deciders may look at besides. */
export interface HouseLook extends Look {
  /** Which version of the guild's own choices is in force; 0 where there is none. */
  policyVersion(): number;
  approval(id: string): Approval | undefined;
}

/** Thrown through an agent when memory does not hold what it asks for. Agents don't catch; should one, the needs still stand. */
class Missing extends Error {}

/**
 * A look over one guild's state as of one event. Every read is recorded in the order it was made; a read that memory cannot
 * answer is noted in `needs` and ends the decision, which is then made again.
 */
export class RecordingLook implements HouseLook {
  readonly reads: Read[] = [];
  readonly needs: Need[] = [];
  readonly #state: GuildState;
  readonly #agent: Pick<Agent, "name" | "counters">;
  readonly #at: number;

  constructor(state: GuildState, agent: Pick<Agent, "name" | "counters">, event: GuildEvent) {
    this.#state = state;
    this.#agent = agent;
    this.#at = event.at;
  }

  count(counter: string, key: string): number {
    const spec = this.#agent.counters?.[counter];
    if (spec === undefined)
      throw new GuildhallError("unknown-counter", `${this.#agent.name} counts "${counter}" without declaring it`);
    const value = this.#state.counters.count(this.#agent.name, counter, key, spec.windowSeconds, this.#at);
    return this.#recorded("count", [counter, key], value);
  }

  total(total: string, key: string): number {
    const value = this.#held({ need: "total", owner: this.#agent.name, total, key }) as number;
    return this.#recorded("total", [total, key], value);
  }

  record(record: string, key: string): never {
    return this.#recorded("record", [record, key], this.#held({ need: "record", record, key })) as never;
  }

  channel(channelId: string) {
    return this.#recorded("channel", [channelId], this.#state.directory?.channels[channelId]);
  }

  role(roleId: string) {
    return this.#recorded("role", [roleId], this.#state.directory?.roles[roleId]);
  }

  guild() {
    const {
      name = "",
      ownerId = "",
      memberCount = 0,
      locale = this.#state.policy.locale,
    } = this.#state.directory ?? {};
    return this.#recorded("guild", [], { name, ownerId, memberCount, locale });
  }

  policyVersion(): number {
    return this.#recorded("policyVersion", [], this.#state.policy.version ?? 0);
  }

  approval(id: string): Approval | undefined {
    return this.#recorded("approval", [id], this.#held({ need: "approval", id }) as Approval | undefined);
  }

  #held(need: Need): unknown {
    const held = heldIn(this.#state, need);
    if (held !== undefined) return held.value;
    this.needs.push(need);
    throw new Missing(needKey(need));
  }

  #recorded<T>(method: string, args: readonly unknown[], value: T): T {
    this.reads.push({ method, args, value });
    return value;
  }
}

/** Adds the one thing only slow halves may do, recorded like any other read. */
export function slowLook(look: RecordingLook, ask: <T>(question: Question<T>) => Promise<Answer<T>>): SlowLook {
  const asking = {
    async ask<T>(question: Question<T>): Promise<Answer<T>> {
      const answer = await ask(question);
      look.reads.push({ method: "ask", args: [question.prompt, question.variables], value: answer });
      return answer;
    },
  };
  return { ...reads(look), ...asking };
}

function reads(look: RecordingLook): Look {
  return {
    count: look.count.bind(look),
    total: look.total.bind(look),
    record: look.record.bind(look),
    channel: look.channel.bind(look),
    role: look.role.bind(look),
    guild: look.guild.bind(look),
  };
}
