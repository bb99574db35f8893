import {
  parseCustomId,
  permissionTitle,
  propose,
  write,
  type Effect,
  type EventOf,
  type Look,
  type Ticket,
} from "#core";
import { cardOf, labelOf } from "./card.ts";
import type { Config, TicketType } from "./config.ts";
import { clocked, dueTimer } from "./deadlines.ts";
import { closedLine } from "./hours.ts";
import { kept, listed, pointed, ticketOf, unlisted, unpointed, type Outcome } from "./keeping.ts";
import { hindrance, limitText, parentFor } from "./limits.ts";
import { categoryAfter, lackingFor, letIn, placeFor, placeOrder, proposed } from "./places.ts";
import { saidIn } from "./questions.ts";
import { answer, post, refusal, toStaff } from "./saying.ts";
import { calledFor, staffRoles, typeOf } from "./staff.ts";
import { silenceTimer } from "./waiting.ts";
import { words } from "./words.ts";

type Form = EventOf<"modal.submitted">;

/** A thread takes a second; after this long something is wrong, and the member should not wait for it. */
const PATIENCE_MS = 180_000;

/** The form is here: a number, a record and a thread, or one line that says why not. */
export function openTicket(event: Form, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const typeId = parseCustomId(event.customId)?.args[0] ?? "";
  const type = typeOf(typeId, config);
  if (type === undefined) return refusal(event, words.say(locale, "wrong.type"));
  const limit = hindrance(event.by.userId, event.at, look, config);
  if (limit !== undefined) return refusal(event, limitText(limit, locale, config));
  const parentId = parentFor(type, event.channelId, look, config);
  const isChannel = placeFor(type, config) === "channel";
  if (parentId === undefined) return refusal(event, words.say(locale, isChannel ? "wrong.category" : "wrong.parent"));
  if (type.staffRoleIds.length > 0 && staffRoles(type, look).length === 0)
    return refusal(event, words.say(locale, "wrong.roles"));
  const lacking = isChannel ? lackingFor(look).map(permissionTitle) : [];
  if (lacking.length > 0)
    return refusal(event, words.say(locale, "wrong.permissions", { permissions: lacking.join(", ") }));
  const ticket = newTicket(event, type, parentId, look);
  const placed: Ticket = isChannel ? { ...ticket, place: "channel" } : ticket;
  return begun(event, clocked(placed, event.at, config), look, config);
}

function newTicket(event: Form, type: TicketType, parentId: string, look: Look): Ticket {
  const { by, at, interaction, fields } = event;
  return {
    ...{ number: look.total("numbers", "all") + 1, status: "opening", typeId: type.id },
    ...{ userId: by.userId, name: by.name, parentId, at, interaction },
    said: saidIn(fields, type, labelOf(type, look.guild().locale)),
    ...{ priority: "normal", waitsFor: "staff", lastAt: at, reminders: 0 },
  };
}

/** The thread or channel must be the first proposal: by that its outcome is known. */
function begun(event: Form, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { number } = ticket;
  const { locale } = event.interaction;
  const text = withClosed(words.say(locale, "open.begun", { number }), ticket, event.at, locale, config);
  return [
    ordered(ticket, event.guildId, look, config),
    write({ write: "total.add", total: "numbers", key: "all", by: 1 }),
    kept(ticket),
    pointed(event.id, { number, step: "thread" }),
    ...listed(ticket, look, event.at),
    write({ write: "timer.set", timer: `opening:${number}`, at: event.at + PATIENCE_MS, payload: { number } }),
    answer(event, { text }, { rule: "ticket-open", why: "a member asks for staff" }),
  ];
}

function ordered(ticket: Ticket, guildId: string, look: Look, config: Config): Effect {
  const reasons = { rule: "ticket-open", why: "a member asks for staff", confidence: 1 } as const;
  return propose(placeOrder(ticket, guildId, look, config), reasons);
}

/** Nobody should wait for an answer that cannot come before the morning without knowing it. */
function withClosed(text: string, { typeId }: Ticket, at: number, locale: string | undefined, config: Config): string {
  const closed = closedLine(typeId, at, locale, config);
  return closed === undefined ? text : `${text}\n${closed}`;
}

/** The thread is there: everybody is called into it. Should it come later than anybody waited for, it is a ticket all the same. */
export function threadOpened(
  event: Outcome,
  key: string,
  ticket: Ticket,
  threadId: string,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { interaction, ...lasting } = ticket;
  const { number, userId } = ticket;
  const open: Ticket = { ...lasting, status: "open", threadId, lastAt: event.at };
  const { locale } = look.guild();
  const called = { pingUserIds: [userId], pingRoleIds: calledFor(open, event.at, look, config).pingRoleIds ?? [] };
  const link = { number, link: `<#${threadId}>` };
  const card = cardOf(open, locale, config);
  const said = { ...card, text: withClosed(card.text, open, event.at, locale, config) };
  const again = ticket.status === "failed" ? listed(open, look) : [];
  return [
    post(threadId, { ...said, ...called }, "ticket-card", "the ticket's thread is open"),
    // A channel was made with them in it.
    ...(open.place === undefined
      ? proposed(letIn(open, userId, look), "ticket-card", "the thread is the member's")
      : []),
    kept(open),
    unpointed(key),
    pointed(threadId, { number }),
    pointed(event.id, { number, step: "card" }),
    ...again,
    write({ write: "timer.clear", timer: `opening:${number}` }),
    silenceTimer(open, config),
    ...dueTimer(open, config),
    ...(interaction === undefined
      ? []
      : [
          answer(
            { interaction },
            {
              text: withClosed(
                words.say(interaction.locale, "open.done", link),
                open,
                event.at,
                interaction.locale,
                config,
              ),
            },
            { rule: "ticket-open", why: "the thread is open" },
          ),
        ]),
    ...toStaff("staff.opened", open, look, config),
  ];
}

/** Discord's numbers for what it refuses: a category with fifty channels, or one that is gone, and a server with five hundred. */
const FORM_INVALID = "50035";
const TOO_MANY_CHANNELS = "30013";

/** Discord refused it. Where a category takes no channel, the next one may. */
export function refused(
  event: EventOf<"action.failed">,
  key: string,
  ticket: Ticket,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { number, place, status } = ticket;
  if (place === undefined || status !== "opening") return [unpointed(key), ...notOpened(ticket, look, config)];
  const parentId = event.code === FORM_INVALID ? categoryAfter(ticket, look, config) : undefined;
  if (parentId === undefined) {
    const full = { [FORM_INVALID]: "category", [TOO_MANY_CHANNELS]: "server" } as const;
    const fullness = Object.hasOwn(full, event.code) ? full[event.code as keyof typeof full] : undefined;
    return [unpointed(key), ...notOpened(ticket, look, config, fullness)];
  }
  const there = { ...ticket, parentId };
  return [
    ordered(there, event.guildId, look, config),
    unpointed(key),
    kept(there),
    pointed(event.id, { number, step: "thread" }),
  ];
}

/** Nobody may wait for a ticket that does not come. */
export function notOpened(ticket: Ticket, look: Look, config: Config, full?: "category" | "server"): readonly Effect[] {
  if (ticket.status !== "opening") return [];
  const { interaction, place, parentId, ...lasting } = ticket;
  const failed: Ticket = { ...lasting, ...(place !== undefined && { place }), parentId, status: "failed" };
  const what = full === undefined ? (place ?? "thread") : (`full-${full}` as const);
  const text = words.say(interaction?.locale, `open.failed.${what}`, { channel: `<#${parentId}>` });
  return [
    kept(failed),
    ...unlisted(failed, look),
    ...(interaction === undefined
      ? []
      : [answer({ interaction }, { text }, { rule: "ticket-open", why: "it could not be opened" })]),
    ...toStaff(full === undefined ? "staff.failed" : `staff.full-${full}`, failed, look, config),
  ];
}

export function openingDue(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const ticket = ticketOf(Number(event.timer.slice("opening:".length)), look);
  return ticket === undefined ? [] : notOpened(ticket, look, config);
}

/** The card is in the thread: its buttons can be changed from now on. */
export function cardPosted(event: Outcome, key: string, ticket: Ticket): readonly Effect[] {
  const { messageId } = (event.kind === "action.done" ? (event.result ?? {}) : {}) as { messageId?: unknown };
  return [unpointed(key), ...(typeof messageId === "string" ? [kept({ ...ticket, cardId: messageId })] : [])];
}
