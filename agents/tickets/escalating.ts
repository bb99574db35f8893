import { TICKET_PRIORITIES, type Effect, type EventOf, type Look, type Ticket, type TicketPriority } from "#core";
import { cardAnew, labelOf } from "./card.ts";
import type { Config } from "./config.ts";
import { clocked, deadlinesFor, dueTimer, duesOf, type Due } from "./deadlines.ts";
import { kept, ticketOf } from "./keeping.ts";
import { letStaffIn, proposed } from "./places.ts";
import { post, tellStaff } from "./saying.ts";
import { calledFor, staffRoles, typeOf } from "./staff.ts";
import { words } from "./words.ts";

/** A deadline is near, or has passed. A house that was away over both tells of the second alone. */
export function deadlineStruck(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const ticket = ticketOf(Number(event.timer.slice("due:".length)), look);
  if (ticket === undefined) return [];
  const due = duesOf(ticket, config).filter(({ at }) => at <= event.at);
  if (ticket.clock === undefined || due.length === 0) return dueTimer(ticket, config);
  const told: Ticket = {
    ...ticket,
    clock: { ...ticket.clock, told: [...ticket.clock.told, ...due.map((one) => one.told)] },
  };
  const worst = due.filter((one) => one.isLate || !due.some(({ what, isLate }) => isLate && what === one.what));
  const after = worst.some(({ isLate }) => isLate) ? escalated(told, event.at, config) : told;
  return [
    ...worst.flatMap((one) => toldOf(one, ticket, event.at, look, config)),
    kept(after),
    ...changes(ticket, after, look, config),
    ...dueTimer(after, config),
  ];
}

function toldOf(
  { what, isLate, lateAt }: Due,
  ticket: Ticket,
  at: number,
  look: Look,
  config: Config,
): readonly Effect[] {
  const key = `due.${what}.${isLate ? "late" : "near"}` as const;
  const said = { number: ticket.number, since: `<t:${Math.floor(lateAt / 1_000)}:R>` };
  const called = calledFor(ticket, at, look, config);
  const extra = isLate ? (deadlinesFor(ticket, config)?.escalation.roleIds ?? []) : [];
  const roles = [...(called.pingRoleIds ?? []), ...extra.filter((id) => look.role(id) !== undefined)];
  const pings = { ...called, pingRoleIds: [...new Set(roles)] };
  const rule = isLate ? "ticket-late" : "ticket-due";
  const why = isLate ? "a deadline has passed" : "a deadline is near";
  return tellStaff(ticket, words.say(look.guild().locale, key, said), pings, { rule, why }, look, config);
}

/** What the guild wants to happen to a ticket that is late. */
function escalated(ticket: Ticket, at: number, config: Config): Ticket {
  const escalation = deadlinesFor(ticket, config)?.escalation;
  const priority = escalation?.raisePriority === true ? raised(ticket.priority) : ticket.priority;
  const typeId = escalation?.moveToType ?? ticket.typeId;
  if (typeId === ticket.typeId) return { ...ticket, priority };
  // Counted up by the hours it was promised by, before those of its new staff hold.
  const { claimedBy: _gone, ...free } = clocked(ticket, at, config);
  return { ...free, priority, typeId };
}

function raised(priority: TicketPriority): TicketPriority {
  return TICKET_PRIORITIES[TICKET_PRIORITIES.indexOf(priority) + 1] ?? priority;
}

/** The card says so, and new staff are called into the thread. */
function changes(before: Ticket, after: Ticket, look: Look, config: Config): readonly Effect[] {
  const { threadId, typeId } = after;
  if (before.priority === after.priority && before.typeId === typeId) return [];
  const { locale } = look.guild();
  const type = typeOf(typeId, config);
  const text = words.say(locale, "due.moved", { type: labelOf(type, locale) });
  const called = { text, pingRoleIds: staffRoles(type, look) };
  return [
    ...cardAnew(after, look, config),
    ...(before.typeId === typeId || threadId === undefined
      ? []
      : [
          ...proposed(letStaffIn(after, look, config), "ticket-moved", "it is for other staff now"),
          post(threadId, called, "ticket-moved", "it is for other staff now"),
        ]),
  ];
}
