import type { Log } from "#core";
import type { Demo } from "../../doors/api/house.ts";
import { createDemoGuild, startSimulator } from "../../simulator/index.ts";
import { createPlayground } from "./playground.ts";

export interface DemoHouse {
  readonly guildId: string;
  readonly token: string;
  readonly apiUrl: string;
  readonly playground: Demo;
  close(): Promise<void>;
}

/** A local Discord with a small community in it, for whoever has no token yet. It begins anew with every start. */
export async function openDemo(log: Log): Promise<DemoHouse> {
  const simulator = await startSimulator({ log });
  const { guildId } = createDemoGuild(simulator.control);
  const { demo, stop } = createPlayground(simulator.control, guildId);
  return {
    guildId,
    token: simulator.token,
    apiUrl: simulator.apiUrl,
    playground: demo,
    async close() {
      stop();
      await simulator.close();
    },
  };
}
