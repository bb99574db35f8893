import type { Update } from "grammy/types";
import type { Api } from "grammy";
import type { GuildEvent, Log, Store } from "#core";
import { errorFields } from "#core";
import { eventsOf, type IntakeTools } from "./intake.ts";
import type { Strangers } from "./strangers.ts";

export interface UpdateTools extends IntakeTools {
  readonly api: Api;
  readonly log: Log;
  readonly submit: (event: GuildEvent) => Promise<void>;
  readonly taps: Taps;
  readonly strangers: Strangers;
  readonly signal: AbortSignal;
}

export const HEARD_UPDATES = ["message", "callback_query"] as const;

/** Handed in, and waited for until it is committed: only then does Telegram hear that it need not send it again. */
export async function takeUpdates(updates: readonly Update[], tools: UpdateTools): Promise<void> {
  const ids: string[] = [];
  for (const update of updates) {
    const { events, callbackId, refused, reply } = await eventsOf(update, tools);
    if (callbackId !== undefined) tools.taps.received(callbackId, refused);
    if (reply !== undefined) tools.strangers.tell(reply);
    for (const event of events) {
      await tools.submit(event);
      ids.push(event.id);
    }
  }
  await committed(ids, tools.store, tools.signal);
}

const LOOK_EVERY_MS = 40;

async function committed(ids: readonly string[], store: Store, signal: AbortSignal): Promise<void> {
  let waiting = [...ids];
  for (;;) {
    if (waiting.length === 0) return;
    signal.throwIfAborted();
    const seen = await store.seen(waiting);
    waiting = waiting.filter((id) => !seen.has(id));
    if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** A press that nobody has answered spins on the screen: acknowledged without a word if the road takes longer. */
export interface Taps {
  received(callbackId: string, refused: string | undefined): void;
  answered(callbackId: string): void;
  close(): void;
}

const ACKNOWLEDGE_AFTER_MS = 1_500;

export function createTaps(api: Api, log: Log, afterMs = ACKNOWLEDGE_AFTER_MS): Taps {
  const timers = new Map<string, NodeJS.Timeout>();
  const acknowledge = (callbackId: string, other: object): void => {
    timers.delete(callbackId);
    api.answerCallbackQuery(callbackId, other).catch((error: unknown) => {
      log.debug(errorFields(error), "a press could not be acknowledged");
    });
  };
  return {
    received(callbackId, refused) {
      if (refused !== undefined) acknowledge(callbackId, { text: refused, show_alert: true });
      else timers.set(callbackId, setTimeout(acknowledge, afterMs, callbackId, {}));
    },
    answered(callbackId) {
      clearTimeout(timers.get(callbackId));
      timers.delete(callbackId);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
