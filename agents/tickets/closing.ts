import { type Effect, type EventOf, type Look, type Ticket, type Use } from "#core";
import { excerpt, plain } from "#core/text/index";
import { cardAnew, closedRows, confirmRow } from "./card.ts";
import type { Config } from "./config.ts";
import { clocked, dueTimer } from "./deadlines.ts";
import { DAY, kept, listed, ticketOf, unlisted } from "./keeping.ts";
import { deletionCleared, deletionTimer } from "./deleting.ts";
import { hindrance, limitText } from "./limits.ts";
import { proposed, shut, unshut } from "./places.ts";
import { answer, post, refusal, toStaff } from "./saying.ts";
import { isStaff } from "./staff.ts";
import { transcriptAtClosing } from "./transcripts.ts";
import { silenceTimer } from "./waiting.ts";
import { words } from "./words.ts";

const STAFF_LINE = {
  asked: "staff.closed",
  silence: "staff.silence",
  gone: "staff.gone",
  merged: "staff.closed",
} as const;

/** Its end: nobody is waited for any more. The thread stays, and is locked, so that it can be read and opened again. */
export function closedBy(
  ticket: Ticket,
  closed: NonNullable<Ticket["closed"]>,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { warnedAt: _past, interaction: _answered, snoozedUntil: _later, nudges: _told, ...lasting } = ticket;
  const after = clocked({ ...lasting, status: "closed", closed }, closed.at, config);
  return [
    ...(closed.how === "gone" ? [] : farewell(after, look, config)),
    kept(after),
    ...transcriptAtClosing(after, closed.at, look, config),
    ...unlisted(ticket, look),
    ...deletionTimer(after, config),
    ...toStaff(STAFF_LINE[closed.how], after, look, config),
  ];
}

function farewell(ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { threadId, closed, number, userId } = ticket;
  if (threadId === undefined) return [];
  const { locale } = look.guild();
  if (closed?.how === "merged") return mergedFarewell(threadId, ticket, look, config);
  const by = closed?.byUserId === undefined ? "" : `<@${closed.byUserId}>`;
  const lines = [
    words.say(locale, closed?.how === "silence" ? "closed.silence" : "closed.asked", { number, who: by }),
    ...(closed?.reason === undefined ? [] : [`> ${plain(closed.reason)}`]),
    words.say(locale, "closed.rate", { member: `<@${userId}>` }),
  ];
  const said = { text: lines.join("\n"), components: closedRows(ticket, locale, config) };
  return [
    post(threadId, said, "ticket-closed", "the ticket is closed"),
    ...proposed(shut(ticket, look, config), "ticket-closed", "the ticket is closed"),
    ...cardAnew(ticket, look, config),
  ];
}

/** It goes on elsewhere: nothing to rate yet, and nothing to open again. */
function mergedFarewell(threadId: string, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const into = ticketOf(ticket.closed?.into, look);
  const link = into?.threadId === undefined ? `#${ticket.closed?.into ?? ""}` : `<#${into.threadId}>`;
  const text = words.say(look.guild().locale, "merged.there", { number: ticket.number, link });
  return [
    post(threadId, { text }, "ticket-merge", "it goes on in another ticket"),
    ...proposed(shut(ticket, look, config), "ticket-merge", "it goes on in another ticket"),
    ...cardAnew(ticket, look, config),
  ];
}

function mayEnd(event: Use, ticket: Ticket, look: Look, config: Config): boolean {
  return event.by.userId === ticket.userId || isStaff(event.by, ticket.typeId, look, config);
}

/** One press too many must not end a conversation: the button asks first. */
export function askToClose(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayEnd(event, ticket, look, config)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (ticket.status !== "open") return refusal(event, words.say(locale, "wrong.not-open"));
  const said = {
    text: words.say(locale, "close.sure", { number: ticket.number }),
    components: [confirmRow(ticket, locale)],
  };
  return [answer(event, said, { rule: "ticket-close", why: "somebody wants to close it" })];
}

export function close(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayEnd(event, ticket, look, config)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (ticket.status !== "open") return refusal(event, words.say(locale, "wrong.not-open"));
  const given = event.kind === "command.used" ? event.options["reason"] : undefined;
  const reason = typeof given === "string" && given.trim() !== "" ? { reason: excerpt(given.trim(), 300) } : {};
  const closed = { at: event.at, how: "asked", byUserId: event.by.userId, ...reason } as const;
  const update = event.kind === "button.pressed" ? ({ update: true } as const) : {};
  const said = { text: words.say(locale, "close.done", { number: ticket.number }) };
  return [
    ...closedBy(ticket, closed, look, config),
    answer(event, said, { rule: "ticket-close", why: "somebody closed it", ...update }),
  ];
}

/** Whoever opened it can come back for some days, within what they may open at all; staff always can. */
export function reopen(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { threadId, closed, feedback: _before, ...lasting } = ticket;
  const staff = isStaff(event.by, ticket.typeId, look, config);
  if (!mayEnd(event, ticket, look, config)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (ticket.status !== "closed" || closed === undefined) return refusal(event, words.say(locale, "wrong.not-closed"));
  if (closed.how === "merged") return refusal(event, words.say(locale, "wrong.merged"));
  if (threadId === undefined || closed.how === "gone") return refusal(event, words.say(locale, "wrong.gone"));
  if (!staff && event.at > closed.at + config.reopenDays * DAY)
    return refusal(event, words.say(locale, "wrong.too-late", { count: config.reopenDays }));
  const limit = staff ? undefined : hindrance(ticket.userId, event.at, look, config);
  if (limit !== undefined) return refusal(event, limitText(limit, locale, config));
  const turn = { waitsFor: staff ? "member" : "staff", lastAt: event.at, reminders: 0 } as const;
  const open = clocked({ ...askedAnew(lasting, event.at), threadId, status: "open", ...turn }, event.at, config);
  const text = words.say(look.guild().locale, "reopened", { number: ticket.number, who: `<@${event.by.userId}>` });
  return [
    ...proposed(unshut(open, look), "ticket-reopen", "somebody opened it again"),
    ...deletionCleared(open),
    post(threadId, { text }, "ticket-reopen", "somebody opened it again"),
    ...cardAnew(open, look, config),
    kept(open),
    ...listed(open, look, staff ? undefined : event.at),
    silenceTimer(open, config),
    ...dueTimer(open, config),
    answer(
      event,
      { text: words.say(locale, "reopen.done", { number: ticket.number }) },
      { rule: "ticket-reopen", why: "somebody opened it again" },
    ),
  ];
}

/** While it was closed nobody owed an answer. */
function askedAnew<T extends Pick<Ticket, "clock" | "answeredAt">>(ticket: T, at: number): T {
  const { clock, answeredAt } = ticket;
  return clock === undefined || answeredAt !== undefined ? ticket : { ...ticket, clock: { ...clock, askedAt: at } };
}

/** Stars and a word, once, from whoever opened it. */
export function rate(event: EventOf<"modal.submitted">, ticket: Ticket, given: string | undefined): readonly Effect[] {
  const { locale } = event.interaction;
  const stars = Number(given);
  if (event.by.userId !== ticket.userId) return refusal(event, words.say(locale, "wrong.rate-others"));
  if (ticket.status !== "closed") return refusal(event, words.say(locale, "wrong.not-closed"));
  if (ticket.feedback !== undefined) return refusal(event, words.say(locale, "wrong.rated"));
  if (![1, 2, 3, 4, 5].includes(stars)) return refusal(event, words.say(locale, "wrong.ticket"));
  const comment = event.fields["comment"];
  const text = typeof comment === "string" ? excerpt(comment.trim(), 1_000) : "";
  return [
    kept({ ...ticket, feedback: { stars, text, at: event.at } }),
    answer(event, { text: words.say(locale, "rate.thanks") }, { rule: "ticket-rated", why: "the member rated it" }),
  ];
}

/** Its thread is deleted: there is nothing left to answer in. */
export function threadGone(at: number, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  if (ticket.status === "closed" && ticket.closed !== undefined)
    return [kept({ ...ticket, closed: { ...ticket.closed, how: "gone" } })];
  return closedBy(ticket, { at, how: "gone" }, look, config);
}
