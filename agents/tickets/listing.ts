import { TICKET_PRIORITIES, type Effect, type Look, type Ticket, type Use } from "#core";
import { excerpt, plain } from "#core/text/index";
import { labelOf } from "./card.ts";
import type { Config } from "./config.ts";
import { openTickets, ticketOf } from "./keeping.ts";
import { answer } from "./saying.ts";
import { isStaff, typeOf } from "./staff.ts";
import { words } from "./words.ts";

const SHOWN = 15;

/** The most urgent first; among equals whoever has waited for staff longest, then those who have to answer themselves, and last what is put off. */
export function inOrder(tickets: readonly Ticket[]): readonly Ticket[] {
  const rank = ({ priority, waitsFor, snoozedUntil }: Ticket) =>
    (snoozedUntil === undefined ? 0 : 20) + (waitsFor === "staff" ? 0 : 10) - TICKET_PRIORITIES.indexOf(priority);
  return [...tickets].sort((a, b) => rank(a) - rank(b) || a.lastAt - b.lastAt || a.number - b.number);
}

/** Staff see what is theirs to answer, everybody else their own. Reads a record for each open ticket. */
export function list(event: Use, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { userId } = event.by;
  const own = (look.record("ticketing", userId)?.open ?? []).flatMap((number) => ticketOf(number, look) ?? []);
  const theirs = config.types.some(({ id }) => isStaff(event.by, id, look, config))
    ? openTickets(look).filter(({ typeId }) => isStaff(event.by, typeId, look, config))
    : [];
  const all = inOrder([...new Map([...own, ...theirs].map((ticket) => [ticket.number, ticket])).values()]);
  const more = all.length - SHOWN;
  const lines = all.slice(0, SHOWN).map((ticket) => lineOf(ticket, locale, config));
  const text =
    all.length === 0
      ? words.say(locale, "list.none")
      : [...lines, ...(more > 0 ? [words.say(locale, "list.more", { count: more })] : [])].join("\n");
  return [
    answer(event, { title: words.say(locale, "list.title"), text }, { rule: "ticket-list", why: "somebody asked" }),
  ];
}

function lineOf(ticket: Ticket, locale: string | undefined, config: Config): string {
  const { number, typeId, said, priority, waitsFor, lastAt, threadId, claimedBy, userId, snoozedUntil } = ticket;
  const where = threadId === undefined ? "" : ` <#${threadId}>`;
  const facts = [
    labelOf(typeOf(typeId, config), locale),
    words.say(locale, `priority.${priority}`),
    words.say(locale, `waits.${waitsFor}`, { since: `<t:${Math.floor(lastAt / 1_000)}:R>` }),
    ...(snoozedUntil === undefined
      ? []
      : [words.say(locale, "card.snoozed", { when: `<t:${Math.floor(snoozedUntil / 1_000)}:R>` })]),
    ...(ticket.tags ?? []).map((tag) => `#${plain(tag)}`),
    ...(claimedBy === undefined ? [] : [words.say(locale, "card.claimed", { who: `<@${claimedBy}>` })]),
  ];
  return `**#${number}**${where} · ${plain(excerpt(said.title, 60))} · <@${userId}>\n-# ${facts.join(" · ")}`;
}
