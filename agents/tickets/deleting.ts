import { propose, write, type Effect, type EventOf, type Look, type Ticket } from "#core";
import type { Config } from "./config.ts";
import { DAY, HOUR, ticketOf } from "./keeping.ts";
import { transcriptAtClosing } from "./transcripts.ts";

const timerOf = (number: number) => `delete:${number}`;

/** A server has room for five hundred channels: those of closed tickets go, where the guild wants that. Threads stay. */
export function deletionTimer({ number, place, threadId, closed }: Ticket, config: Config): readonly Effect[] {
  const { deleteClosedAfterHours } = config;
  if (place === undefined || threadId === undefined || closed === undefined || closed.how === "gone") return [];
  if (deleteClosedAfterHours === 0) return [];
  return [dueAt(number, threadId, closed.at + deleteClosedAfterHours * HOUR)];
}

function dueAt(number: number, channelId: string, at: number): Effect {
  return write({ write: "timer.set", timer: timerOf(number), at, payload: { number, channelId } });
}

export function deletionCleared({ number, place }: Ticket): readonly Effect[] {
  return place === undefined ? [] : [write({ write: "timer.clear", timer: timerOf(number) })];
}

/**
 * What was said is not lost with the channel: without the transcript that the guild wants it stays, and another day is tried. A
 * ticket that is gone, because its member was erased, wants none.
 */
export function deletionDue(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const { number, channelId } = event.payload as { readonly number: number; readonly channelId: string };
  const { deleteClosedAfterHours } = config;
  const ticket = ticketOf(number, look);
  if (deleteClosedAfterHours === 0) return [];
  if (ticket !== undefined && (ticket.closed === undefined || ticket.closed.how === "gone")) return [];
  const due = (ticket?.closed?.at ?? 0) + deleteClosedAfterHours * HOUR;
  if (event.at < due) return [dueAt(number, channelId, due)];
  const made = look.record("transcript", String(number));
  const isKept = ticket?.closed === undefined || (made !== undefined && made.at >= ticket.closed.at);
  if (ticket !== undefined && config.transcripts.atClosing && !isKept)
    return [...transcriptAtClosing(ticket, event.at, look, config), dueAt(number, channelId, event.at + DAY)];
  return [
    propose(
      { verb: "channel.delete", channelId },
      { rule: "ticket-delete", why: "the ticket has been closed for as long as its channel is kept", confidence: 1 },
    ),
  ];
}
