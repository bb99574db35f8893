import type { Update } from "grammy/types";
import { TelegramRefusal, type TelegramState } from "./state.ts";

/** One long poll at a time, as Telegram has it: a second one ends the first with 409. */
export interface Updates {
  get(payload: Readonly<Record<string, unknown>>, gone: AbortSignal): Promise<readonly Update[]>;
  /** Something came: whoever waits is answered. */
  wake(): void;
}

export function createUpdates(state: TelegramState): Updates {
  let waiting: { readonly end: (conflict: boolean) => void } | undefined;
  const conflict = (): TelegramRefusal =>
    new TelegramRefusal(
      409,
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );

  return {
    async get(payload, gone) {
      if (state.webhook !== undefined)
        throw new TelegramRefusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      waiting?.end(true);
      const offset = Number(payload["offset"] ?? 0);
      // An offset confirms everything before it.
      if (offset > 0) state.updates = state.updates.filter(({ update_id: id }) => id >= offset);
      if (state.updates.length === 0) {
        const isConflict = await wait(Number(payload["timeout"] ?? 0) * 1_000, gone);
        if (isConflict) throw conflict();
      }
      return state.updates.slice(0, Number(payload["limit"] ?? 100));
    },
    wake: () => waiting?.end(false),
  };

  function wait(milliseconds: number, gone: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isConflict: boolean): void => {
        clearTimeout(timer);
        gone.removeEventListener("abort", leave);
        if (waiting === own) waiting = undefined;
        resolve(isConflict);
      };
      const leave = (): void => end(false);
      const timer = setTimeout(leave, milliseconds);
      const own = { end };
      waiting = own;
      gone.addEventListener("abort", leave, { once: true });
    });
  }
}
