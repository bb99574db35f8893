import type { Api } from "grammy";
import { type Clock, errorFields, type Log } from "#core";

/** Chats that belong to no guild. What they are told concerns no guild's road, and nothing depends on its arrival. */
export interface Strangers {
  tell(reply: { readonly chatId: string; readonly text: string }): void;
}

const ONCE_IN_MS = 10_000;
const MOST_REMEMBERED = 1_000;

/** Once in a while each, so that nobody makes the bot write without end. */
export function createStrangers(api: Api, log: Log, clock: Clock): Strangers {
  const told = new Map<string, number>();
  return {
    tell({ chatId, text }) {
      const now = clock.now();
      const key = `${chatId} ${text}`;
      if (now - (told.get(key) ?? -Infinity) < ONCE_IN_MS) return;
      if (told.size >= MOST_REMEMBERED) told.clear();
      told.set(key, now);
      api.sendMessage(chatId, text).catch((error: unknown) => {
        log.debug(errorFields(error), "a chat that is not linked could not be told so");
      });
    },
  };
}
