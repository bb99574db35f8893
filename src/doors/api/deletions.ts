import type { CommitEntry } from "#core";
import type { House } from "./house.ts";

/** Enough for every message the playground still shows. */
const REMEMBERED = 2000;

/** Which event a message was deleted for: the message itself, its edit, or a human's answer. */
export interface Deletions {
  eventFor(messageId: string): string | undefined;
  stop(): void;
}

/** Kept in memory and from now on only: the playground's messages do not outlive the process either. */
export function watchDeletions(house: House): Deletions {
  const events = new Map<string, string>();
  const stop = house.onCommitted((entries) => {
    for (const [messageId, eventId] of entries.flatMap(deletionsIn)) events.set(messageId, eventId);
    for (const messageId of events.keys()) {
      if (events.size <= REMEMBERED) break;
      events.delete(messageId);
    }
  });
  return { eventFor: (messageId) => events.get(messageId), stop };
}

function deletionsIn({ event, decisions }: CommitEntry): [string, string][] {
  const verdicts = decisions.flatMap((decision) => decision.verdicts);
  return verdicts.flatMap(({ ruling, proposal: { action } }): [string, string][] =>
    ruling === "run" && action.verb === "message.delete" ? [[action.messageId, event.id]] : [],
  );
}
