import type { EventOf, GuildEvent, GuildPolicy } from "#core";
import { fingerprint } from "#core/text/fingerprint";
import type { HouseLook } from "../decide/look.ts";

/** Whether agents hear of an event; journaled it is in any case. */
export function isHeard(event: GuildEvent, policy: GuildPolicy, look: HouseLook): boolean {
  switch (event.kind) {
    case "message.created":
    case "message.edited":
      return event.author.bot !== true || policy.otherBots?.includes(event.author.userId) === true;
    case "automod.acted":
      return look.count("automod", automodKey(event)) === 0;
    default:
      // Nobody waits for an answer any more: what was asked must not happen now.
      return !("interaction" in event && event.interaction.expired === true);
  }
}

/** Discord tells of each thing a rule did: blocked, alerted, timed out. What comes within this time is about one text. */
export const AUTOMOD_SECONDS = 15;

export function automodKey(event: EventOf<"automod.acted">): string {
  return `${event.userId}/${event.ruleId}/${fingerprint(event.text)}`;
}
