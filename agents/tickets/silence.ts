import { propose, type Effect, type EventOf, type Look, type Ticket } from "#core";
import { closedBy } from "./closing.ts";
import type { Config } from "./config.ts";
import { clocked, dueTimer } from "./deadlines.ts";
import { quietUntil } from "./hours.ts";
import { HOUR, kept, pointed, ticketIn, ticketOf, unpointed, type Outcome } from "./keeping.ts";
import { mayBeTickets } from "./places.ts";
import { answersIn, calledFor } from "./staff.ts";
import { woken } from "./snooze.ts";
import { MOST_REMINDERS, silenceTimer, timerAt } from "./waiting.ts";
import { words } from "./words.ts";

/** Somebody writes in a thread: if it is a ticket's, the other side has the next word. */
export function heard(event: EventOf<"message.created">, look: Look, config: Config): readonly Effect[] {
  if (event.author.bot === true || event.webhookId !== undefined) return [];
  if (!mayBeTickets(event.channelId, look)) return [];
  const ticket = ticketIn(event.channelId, look);
  if (ticket?.status !== "open") return [];
  const isAnswer = answersIn(ticket, event.author, look, config);
  if (ticket.snoozedUntil !== undefined && !isAnswer) return woken(ticket, event.at, look, config, "member");
  return turned(ticket, isAnswer, event.at, config);
}

/** The house has said something in staff's name: whoever opened it has the next word. */
export function spokenFor(ticket: Ticket, at: number, config: Config): readonly Effect[] {
  return turned(ticket, true, at, config);
}

function turned(ticket: Ticket, isAnswer: boolean, at: number, config: Config): readonly Effect[] {
  const { warnedAt: _past, ...lasting } = ticket;
  const heardNow: Ticket = {
    ...{ ...lasting, waitsFor: isAnswer ? "member" : "staff", lastAt: at, reminders: 0 },
    ...(isAnswer && ticket.answeredAt === undefined && { answeredAt: at }),
  };
  if (heardNow.waitsFor === ticket.waitsFor && heardNow.answeredAt === ticket.answeredAt)
    return [kept(heardNow), silenceTimer(heardNow, config)];
  const after = clocked(heardNow, at, config);
  return [kept(after), silenceTimer(after, config), ...dueTimer(after, config)];
}

/** Nobody has said anything for long: the member is warned, staff are called again, or what was announced is done. */
export function silenceStruck(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const ticket = ticketOf(Number(event.timer.slice("silence:".length)), look);
  if (ticket?.status !== "open" || ticket.threadId === undefined) return [];
  const quiet = quietUntil(ticket, event.at, config);
  if (quiet !== undefined) return [timerAt(ticket.number, quiet)];
  if (ticket.warnedAt !== undefined) return closedBy(ticket, { at: event.at, how: "silence" }, look, config);
  const step = ticket.waitsFor === "member" ? "warning" : "reminder";
  const { locale } = look.guild();
  const said = { count: config.warnBeforeHours, member: `<@${ticket.userId}>` };
  const called = step === "warning" ? { pingUserIds: [ticket.userId] } : calledFor(ticket, event.at, look, config);
  const text = words.say(locale, `silence.${step}`, said);
  return [
    propose(
      { verb: "message.send", channelId: ticket.threadId, words: { text, ...called } },
      { rule: `ticket-${step}`, why: "nobody has written for long", confidence: 1 },
    ),
    pointed(event.id, { number: ticket.number, step, since: ticket.lastAt }),
  ];
}

/**
 * The time to answer begins when the warning stands in the thread, not when it was due: whatever the house was doing in
 * between, nobody's ticket is closed before they had all of it.
 */
export function silenceTold(
  event: Outcome,
  key: string,
  ticket: Ticket,
  { step, since }: { readonly step: "warning" | "reminder"; readonly since?: number },
  look: Look,
  config: Config,
): readonly Effect[] {
  const done = unpointed(key);
  if (ticket.status !== "open" || ticket.lastAt !== since) return [done];
  if (event.kind === "action.failed") return [done, ...closedBy(ticket, { at: event.at, how: "gone" }, look, config)];
  if (step === "warning") {
    const warned = { ...ticket, warnedAt: event.at };
    return [done, kept(warned), timerAt(ticket.number, event.at + config.warnBeforeHours * HOUR)];
  }
  const reminded = { ...ticket, reminders: ticket.reminders + 1 };
  const isLast = reminded.reminders >= MOST_REMINDERS;
  return [done, kept(reminded), timerAt(ticket.number, isLast ? undefined : event.at + config.remindAfterHours * HOUR)];
}
