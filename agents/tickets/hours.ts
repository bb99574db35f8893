import type { Ticket } from "#core";
import { isOpenAt, nextOpening, openingHours, type OpeningHours } from "#core/calendar/index";
import type { Config } from "./config.ts";
import { typeOf } from "./staff.ts";
import { words } from "./words.ts";

/** A type's own hours, or the guild's; undefined where somebody is always there. */
export function hoursFor(typeId: string, config: Config): OpeningHours | undefined {
  const settings = typeOf(typeId, config)?.hours ?? config.hours;
  return settings === undefined ? undefined : openingHours(settings);
}

/** What whoever opens a ticket should know while nobody is there; undefined while somebody is. */
export function closedLine(typeId: string, at: number, locale: string | undefined, config: Config): string | undefined {
  const hours = hoursFor(typeId, config);
  if (isOpenAt(hours, at)) return undefined;
  const next = nextOpening(hours, at);
  if (next === undefined) return words.say(locale, "hours.away");
  const seconds = Math.floor(next / 1_000);
  return words.say(locale, "hours.closed", { when: `<t:${seconds}:f>`, since: `<t:${seconds}:R>` });
}

/** Nobody is warned, called or closed out of hours, where the guild wants it so: when it may be done, if not now. */
export function quietUntil({ typeId }: Ticket, at: number, config: Config): number | undefined {
  if (!config.quietWhileClosed) return undefined;
  const next = nextOpening(hoursFor(typeId, config), at);
  return next === at ? undefined : next;
}
