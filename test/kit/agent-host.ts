import { type Agent, BLANK_LOOK, type GuildEvent, type Look, type ProposedAction, type Records } from "#core";
import { smallHouse } from "./small-house.ts";

/** What one event came to. */
export interface Step {
  readonly event: GuildEvent;
  readonly proposals: readonly ProposedAction[];
}

/** One agent, alone, over a row of events, with its timers striking in between. */
export interface AgentHost {
  readonly steps: readonly Step[];
  bring(event: GuildEvent): readonly ProposedAction[];
  /** As it is for a house that was away: no timer strikes before. */
  bringLate(event: GuildEvent): readonly ProposedAction[];
  /** Timers that are due by then strike, each at its own time. */
  waitUntil(at: number): void;
  record<N extends keyof Records>(name: N, key: string): Records[N] | undefined;
  /** What another agent has written. */
  keep<N extends keyof Records>(name: N, key: string, value: Records[N]): void;
}

export function hostAgent(
  agent: Agent,
  config: unknown,
  facts: Partial<ReturnType<Look["guild"]>> = {},
  sight: Partial<Look> = {},
): AgentHost {
  const guild = { ...BLANK_LOOK.guild(), ...facts };
  const house = smallHouse(agent, agent.config.parse(config), { guild: () => guild, ...sight });
  const steps: Step[] = [];
  let struck = 0;

  function decide(event: GuildEvent): readonly ProposedAction[] {
    const proposals = house.bring(event);
    steps.push({ event, proposals });
    return proposals;
  }

  function waitUntil(at: number): void {
    for (;;) {
      const due = [...house.timers].filter(([, timer]) => timer.at <= at).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) return;
      const [timer, { at: struckAt, payload }] = due;
      house.timers.delete(timer);
      const id = `t${++struck}`;
      decide({ id, guildId: "100", at: struckAt, kind: "clock.struck", timer, owner: agent.name, payload });
    }
  }

  return {
    steps,
    waitUntil,
    bringLate: decide,
    record: (name, key) => house.look.record(name, key),
    keep: (name, key, value) => void house.records.set(`${name} ${key}`, value),
    bring: (event) => {
      waitUntil(event.at);
      return decide(event);
    },
  };
}
