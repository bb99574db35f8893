import { write, type DeadlineTold, type Effect, type Ticket, type TicketClock } from "#core";
import { afterOpenTime, openBetween } from "#core/calendar/index";
import type { Config } from "./config.ts";
import { hoursFor } from "./hours.ts";
import type { Deadlines } from "./promises.ts";
import { typeOf } from "./staff.ts";

const MINUTE = 60_000;

export function deadlinesFor({ typeId }: Pick<Ticket, "typeId">, config: Config): Deadlines | undefined {
  return typeOf(typeId, config)?.deadlines ?? config.deadlines;
}

type Promised = "answer" | "solve";

/** In milliseconds of opening hours; 0 where nothing is promised. */
function promised(ticket: Ticket, what: Promised, config: Config): number {
  const deadlines = deadlinesFor(ticket, config);
  const key = `${what}Minutes` as const;
  return (deadlines?.priorities[ticket.priority]?.[key] ?? deadlines?.[key] ?? 0) * MINUTE;
}

/** It stands still while it is closed or put off, and, where the guild wants it so, while the member is waited for. */
function runs({ status, snoozedUntil, waitsFor }: Ticket, { pausesForMember }: Deadlines): boolean {
  if (status !== "opening" && status !== "open") return false;
  return snoozedUntil === undefined && !(pausesForMember && waitsFor === "member");
}

/**
 * The ticket with its clock brought up to this moment, running on or standing still as the ticket now stands. To be asked
 * with every change of whose turn it is, of its status and of its type. What came before a guild promised anything is not held against it.
 */
export function clocked(ticket: Ticket, at: number, config: Config): Ticket {
  const deadlines = deadlinesFor(ticket, config);
  if (deadlines === undefined) return ticket;
  const before: TicketClock = ticket.clock ?? { askedAt: at, spent: 0, told: [] };
  const { since, ...standing } = before;
  const gone = since === undefined ? 0 : openBetween(hoursFor(ticket.typeId, config), since, at);
  const clock: TicketClock = {
    ...{ ...standing, spent: before.spent + gone },
    ...(runs(ticket, deadlines) && { since: at }),
  };
  return { ...ticket, clock: judged({ ...ticket, clock }, clock, at, config) };
}

/** Whether what was promised was kept, once it is known. */
function judged(ticket: Ticket, clock: TicketClock, at: number, config: Config): TicketClock {
  const answer = promised(ticket, "answer", config);
  const solve = promised(ticket, "solve", config);
  const { answeredAt, status } = ticket;
  const waited = () => openBetween(hoursFor(ticket.typeId, config), clock.askedAt, answeredAt ?? at);
  return {
    ...clock,
    ...(answer > 0 && answeredAt !== undefined && clock.answerKept === undefined && { answerKept: waited() <= answer }),
    ...(solve > 0 && status === "closed" && { solveKept: clock.spent <= solve }),
  };
}

export interface Due {
  readonly told: DeadlineTold;
  readonly what: Promised;
  readonly isLate: boolean;
  readonly at: number;
  /** When the deadline itself passes. */
  readonly lateAt: number;
}

/** Whatever staff have not been told yet, and when it is due. */
export function duesOf(ticket: Ticket, config: Config): readonly Due[] {
  const deadlines = deadlinesFor(ticket, config);
  const { clock, answeredAt, status } = ticket;
  if (deadlines === undefined || clock === undefined || (status !== "open" && status !== "opening")) return [];
  const dues = [
    ...(answeredAt === undefined ? dueOf(ticket, "answer", clock.askedAt, 0, config) : []),
    ...(clock.since === undefined ? [] : dueOf(ticket, "solve", clock.since, clock.spent, config)),
  ];
  return dues.filter(({ told }) => !clock.told.includes(told)).sort((a, b) => a.at - b.at);
}

function dueOf(ticket: Ticket, what: Promised, since: number, spent: number, config: Config): readonly Due[] {
  const all = promised(ticket, what, config);
  if (all === 0) return [];
  const hours = hoursFor(ticket.typeId, config);
  const lateAt = afterOpenTime(hours, since, all - spent);
  if (lateAt === undefined) return [];
  const percent = deadlinesFor(ticket, config)?.warnAtPercent ?? 0;
  const nearAt = percent === 0 ? undefined : afterOpenTime(hours, since, Math.floor((all * percent) / 100) - spent);
  return [
    ...(nearAt === undefined ? [] : [{ told: `${what}.near` as const, what, isLate: false, at: nearAt, lateAt }]),
    { told: `${what}.late` as const, what, isLate: true, at: lateAt, lateAt },
  ];
}

/** One timer a ticket for whatever staff are told next; it lies in the store. */
export function dueTimer(ticket: Ticket, config: Config): readonly Effect[] {
  if (deadlinesFor(ticket, config) === undefined && ticket.clock === undefined) return [];
  const timer = `due:${ticket.number}`;
  const [next] = duesOf(ticket, config);
  return next === undefined
    ? [write({ write: "timer.clear", timer })]
    : [write({ write: "timer.set", timer, at: next.at, payload: { number: ticket.number } })];
}
