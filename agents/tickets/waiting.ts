import { write, type Effect, type Ticket } from "#core";
import type { Config } from "./config.ts";
import { HOUR } from "./keeping.ts";

export const MOST_REMINDERS = 3;

/** When a ticket is looked at again, should nobody say anything until then: never where nothing would be done. */
export function silenceDue(ticket: Ticket, config: Config): number | undefined {
  const { waitsFor, lastAt, reminders, snoozedUntil } = ticket;
  if (snoozedUntil !== undefined) return undefined;
  if (waitsFor === "staff") {
    if (config.remindAfterHours === 0 || reminders >= MOST_REMINDERS) return undefined;
    return lastAt + config.remindAfterHours * HOUR;
  }
  if (config.closeAfterHours === 0) return undefined;
  return lastAt + Math.max(1, config.closeAfterHours - config.warnBeforeHours) * HOUR;
}

export function silenceTimer(ticket: Ticket, config: Config): Effect {
  return timerAt(ticket.number, silenceDue(ticket, config));
}

/** One timer a ticket; it lies in the store, and strikes whoever runs the house by then. */
export function timerAt(number: number, at: number | undefined): Effect {
  const timer = `silence:${number}`;
  return at === undefined
    ? write({ write: "timer.clear", timer })
    : write({ write: "timer.set", timer, at, payload: { number } });
}
