import { type Action, type ActionExecutor, type Order, type Outcome, sameness, VERBS } from "#core";

/** What goes wrong with the next request, on purpose: it never arrives, or its answer does not, or it comes too soon. */
export type Mishap = "lost-before" | "lost-after" | "too-soon" | "refused";

export interface MemoryExecutor extends ActionExecutor {
  /** How often what this order asks for has happened. */
  times(order: Order): number;
  next(mishap: Mishap): void;
}

/** Planned, and never a request of their own. */
const PLANNED = new Set([
  "member.warn",
  "member.tell",
  "channel.lock",
  "channel.unlock",
  "guild.pause",
  "guild.resume",
]);
const PAUSE = 1_000;

/**
 * A small world that performs and can be looked at. What has a state is the same done twice; what has none (a message, a
 * thread) is known by its order, as Discord knows it by our marker.
 */
export function memoryExecutor(): MemoryExecutor {
  const happened = new Map<string, number>();
  const mishaps: Mishap[] = [];

  function happen(order: Order): Outcome {
    const key = keyOf(order);
    const isState = sameness(order.action) !== undefined;
    happened.set(key, isState ? 1 : (happened.get(key) ?? 0) + 1);
    return { kind: "done", result: resultOf(order.action) };
  }

  return {
    times: (order) => happened.get(keyOf(order)) ?? 0,
    next: (mishap) => void mishaps.push(mishap),
    perform(order, signal) {
      const { verb } = order.action;
      if (PLANNED.has(verb))
        return answer({ kind: "failed", code: "no-hand", why: `${verb} is planned, not performed` });
      if (signal.aborted) return answer({ kind: "later", afterMs: PAUSE, why: "nothing was sent" });
      const mishap = mishaps.shift();
      if (mishap === "too-soon") return answer({ kind: "later", afterMs: PAUSE, why: "rate limit" });
      if (mishap === "refused") return answer({ kind: "failed", code: "50013", why: `lacks ${needed(order.action)}` });
      const outcome = mishap === "lost-before" ? undefined : happen(order);
      return answer(mishap === undefined ? outcome! : { kind: "unknown", why: "no answer" });
    },
    reconcile: (order) =>
      Promise.resolve(
        happened.has(keyOf(order)) ? { found: "done", result: resultOf(order.action) } : { found: "absent" },
      ),
  };
}

const answer = (outcome: Outcome): Promise<Outcome> => Promise.resolve(outcome);

function keyOf({ id, guildId, action }: Order): string {
  const state = sameness(action);
  return state === undefined ? id : `${guildId}/${state}`;
}

function needed(action: Action): string {
  return VERBS[action.verb].needs.join(", ") || "permission";
}

function resultOf(action: Action): object {
  return "channelId" in action ? { channelId: action.channelId } : {};
}
