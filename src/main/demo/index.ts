import { randomInt } from "node:crypto";
import type { Clock, GuildEvent, Log } from "#core";
import { systemClock } from "../../adapters/memory/clock.ts";
import type { Demo } from "../../doors/api/demo.ts";
import { foundDemoGuild, startSimulator, tellDemoHistory } from "../../simulator/index.ts";
import { demoChoices } from "./choices.ts";
import { demoKnowledge } from "./knowledge.ts";
import { createPlayground } from "./playground.ts";

export interface DemoHouse {
  readonly guildId: string;
  readonly token: string;
  readonly apiUrl: string;
  readonly playground: Demo;
  /** What its owner has done before anybody looks round; handed in at each start, it counts once. */
  readonly beforehand: readonly GuildEvent[];
  close(): Promise<void>;
}

/** When the demo guild was made, the same at every start: what follows from it, each id in the guild, is the same, too. */
const FOUNDED_AT = 1_784_970_000_000;
const LARGEST_SEED = 2 ** 31;

/**
 * A local Discord with a small community in it, for whoever has no token yet. What was said in it begins anew with every
 * start; who is in it stays, so that the journal goes on about the same guild. The seed is another each time, because
 * sessions are named by it and no two of them are the same: their events would be taken for ones already seen.
 */
export async function openDemo(log: Log): Promise<DemoHouse> {
  let now = (): number => FOUNDED_AT;
  const clock: Clock = { now: () => now() };
  const simulator = await startSimulator({ log, clock, seed: randomInt(LARGEST_SEED) });
  const community = foundDemoGuild(simulator.control);
  now = systemClock.now;
  tellDemoHistory(simulator.control, community);
  const { guildId } = community;
  const { demo, stop } = createPlayground(simulator.control, guildId);
  return {
    guildId,
    token: simulator.token,
    apiUrl: simulator.apiUrl,
    playground: demo,
    beforehand: [demoChoices(community, systemClock.now()), demoKnowledge(guildId, systemClock.now())],
    async close() {
      stop();
      await simulator.close();
    },
  };
}
