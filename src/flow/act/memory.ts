import type { Action, Records, Write } from "#core";
import { type GuildState, heldIn, type Need } from "../guild/state.ts";
import { afterUnlock, beforeLock, lockKey } from "./lock.ts";
import { beforePause, PAUSE_KEY } from "./pause.ts";
import type { PlanView } from "./view.ts";

const need = (key: string): Need => ({ need: "record", record: "before", key });

/** What a plan asks of the past: fetched before anything is judged, as a plan cannot wait. */
export function memoryNeeds(actions: readonly Action[], state: GuildState): readonly Need[] {
  return actions
    .flatMap((action) => keyOf(action) ?? [])
    .map(need)
    .filter((one) => heldIn(state, one) === undefined);
}

function keyOf(action: Action): string | undefined {
  switch (action.verb) {
    case "channel.lock":
    case "channel.unlock":
      return lockKey(action.channelId);
    case "guild.pause":
    case "guild.resume":
      return PAUSE_KEY;
    default:
      return undefined;
  }
}

export function remembered(state: GuildState, key: string): unknown {
  return (heldIn(state, need(key))?.value as Records["before"] | undefined)?.value;
}

type BeforeWrite = Extract<Write, { write: "record.put"; record: "before" }>;

/** What stands there now, committed before it is changed. */
export function toRemember(action: Action, view: PlanView): BeforeWrite | undefined {
  const key = keyOf(action);
  const value = key === undefined ? undefined : valueOf(action, view);
  if (key === undefined || value === undefined) return undefined;
  return { write: "record.put", record: "before", key, value: { value, at: view.at } };
}

function valueOf(action: Action, view: PlanView): unknown {
  switch (action.verb) {
    case "channel.lock":
      return beforeLock(action, view);
    case "channel.unlock":
      return afterUnlock(action.channelId, view);
    case "guild.pause":
    case "guild.resume":
      return beforePause(action, view);
    default:
      return undefined;
  }
}
