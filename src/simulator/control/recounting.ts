import { canonical } from "#core";
import { KEPT_LINES } from "../limits.ts";
import type { Change } from "../world/changes.ts";
import { asManual } from "../world/clock.ts";
import type { World } from "../world/world.ts";

/** Tells what happened: to listeners as it happens, and as a log that is the same for the same seed and script. */
export function recountingControl(world: World) {
  const lines: string[] = [];
  const listeners = new Set<(change: Change) => void>();
  world.told = (change) => {
    lines.push(canonical(change));
    if (lines.length > KEPT_LINES) lines.shift();
    for (const listener of listeners) listener(change);
  };
  return {
    log: (): readonly string[] => lines,
    subscribe(listener: (change: Change) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now: () => world.clock.now(),
    setClock: (milliseconds: number) => asManual(world.clock).set(milliseconds),
    advance: (milliseconds: number) => asManual(world.clock).advance(milliseconds),
  };
}
