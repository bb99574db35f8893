import { write, type Effect, type EventOf, type Look, type Ticket } from "#core";
import { cardAnew } from "./card.ts";
import type { Config } from "./config.ts";
import { clocked, dueTimer } from "./deadlines.ts";
import { kept, ticketOf } from "./keeping.ts";
import { answer, refusal, tellStaff } from "./saying.ts";
import { calledFor } from "./staff.ts";
import { silenceTimer } from "./waiting.ts";
import { momentOf } from "./when.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const SNOOZE = { rule: "ticket-snooze", why: "staff come back to it later" } as const;
const timerOf = ({ number }: Ticket) => `snooze:${number}`;

/** Put off: nobody is called, nothing is closed and its time stands still until then. Without a time it is back at once. */
export function snooze(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { number } = ticket;
  if (event.options["when"] === undefined) {
    if (ticket.snoozedUntil === undefined) return refusal(event, words.say(locale, "wrong.not-snoozed"));
    const text = words.say(locale, "snooze.over", { number });
    return [...back(ticket, event.at, look, config), answer(event, { text }, SNOOZE)];
  }
  const moment = momentOf(event, ticket, look, config);
  if ("mistake" in moment) return refusal(event, moment.mistake);
  const { warnedAt: _past, ...lasting } = ticket;
  const snoozedUntil = moment.at;
  const after = clocked({ ...lasting, snoozedUntil }, event.at, config);
  const when = Math.floor(snoozedUntil / 1_000);
  const text = words.say(locale, "snooze.done", { number, when: `<t:${when}:f>`, since: `<t:${when}:R>` });
  return [
    kept(after),
    write({ write: "timer.set", timer: timerOf(ticket), at: snoozedUntil, payload: { number } }),
    silenceTimer(after, config),
    ...dueTimer(after, config),
    ...cardAnew(after, look, config),
    answer(event, { text }, SNOOZE),
  ];
}

export function snoozeOver(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const ticket = ticketOf(Number(event.timer.slice("snooze:".length)), look);
  if (ticket?.status !== "open" || ticket.snoozedUntil === undefined) return [];
  return woken(ticket, event.at, look, config, "timer");
}

/** Its time has come, or the member has written: staff are called to it. */
export function woken(
  ticket: Ticket,
  at: number,
  look: Look,
  config: Config,
  by: "timer" | "member",
): readonly Effect[] {
  const { number, userId } = ticket;
  const text = words.say(look.guild().locale, `snooze.back.${by}`, { number, member: `<@${userId}>` });
  const why = by === "timer" ? "its time has come" : "the member has written";
  return [
    ...tellStaff(ticket, text, calledFor(ticket, at, look, config), { ...SNOOZE, why }, look, config),
    ...back(ticket, at, look, config),
  ];
}

/** It is staff's turn from now on, whoever had it before. */
function back(ticket: Ticket, at: number, look: Look, config: Config): readonly Effect[] {
  const { snoozedUntil: _until, warnedAt: _past, ...lasting } = ticket;
  const after = clocked({ ...lasting, waitsFor: "staff", lastAt: at, reminders: 0 }, at, config);
  return [
    kept(after),
    write({ write: "timer.clear", timer: timerOf(ticket) }),
    silenceTimer(after, config),
    ...dueTimer(after, config),
    ...cardAnew(after, look, config),
  ];
}
