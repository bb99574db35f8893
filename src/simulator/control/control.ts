import { flood, type FloodOptions } from "../flood.ts";
import type { Hub } from "../gateway/hub.ts";
import type { Faults } from "../rest/faults.ts";
import type { Rest } from "../rest/server.ts";
import type { World } from "../world/world.ts";
import { actingControl } from "./acting.ts";
import { commandingControl } from "./commanding.ts";
import { disturbingControl } from "./disturbing.ts";
import { happeningControl } from "./happening.ts";
import { moderatingControl } from "./moderating.ts";
import { readingControl } from "./reading.ts";
import { recountingControl } from "./recounting.ts";

export interface ControlParts {
  readonly world: World;
  readonly hub: Hub;
  readonly rest: Rest;
  readonly faults: Faults;
}

/** The hand that moves the world from inside the process: tests, the kill test's script, the demo page. */
export function createControl({ world, hub, rest, faults }: ControlParts) {
  return {
    seed: world.seed,
    ...recountingControl(world),
    ...actingControl(world),
    ...happeningControl(world),
    ...moderatingControl(world),
    ...commandingControl(world),
    ...disturbingControl(hub, faults),
    ...readingControl(world, hub, rest),
    /** A stream of messages that are stored nowhere, for benches. */
    flood: (options: FloodOptions) => flood({ world, hub, rest }, options),
    /** Hears of every request the moment it arrives. */
    onRequest(listener: (method: string, path: string) => void): () => void {
      rest.arrivals.add(listener);
      return () => void rest.arrivals.delete(listener);
    },
  };
}

export type Control = ReturnType<typeof createControl>;
