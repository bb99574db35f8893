import {
  TICKET_PRIORITIES,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type OptionValue,
  type Ticket,
  type Use,
} from "#core";
import { absenceOf } from "./absence.ts";
import { untilOf } from "./away.ts";
import { cardAnew, cardOf } from "./card.ts";
import type { Config } from "./config.ts";
import { dueTimer } from "./deadlines.ts";
import { kept } from "./keeping.ts";
import { letIn, letOneIn, letOut, proposed } from "./places.ts";
import { answer, post, refusal } from "./saying.ts";
import { answersIn, isStaff } from "./staff.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const WORK = { rule: "ticket-work", why: "staff work on the ticket" } as const;

/** What staff do with a ticket that is open, or one line that says why not. */
export function work(event: Use, ticket: Ticket, look: Look, config: Config, what: string): readonly Effect[] {
  const { locale } = event.interaction;
  if (!isStaff(event.by, ticket.typeId, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  if (ticket.status !== "open") return refusal(event, words.say(locale, "wrong.not-open"));
  switch (what) {
    case "claim":
      return claim(event, ticket, look, config);
    case "unclaim":
      return unclaim(event, ticket, look, config);
    default:
      return event.kind === "command.used" ? byCommand(event, ticket, look, config, what) : [];
  }
}

function byCommand(event: Used, ticket: Ticket, look: Look, config: Config, what: string): readonly Effect[] {
  switch (what) {
    case "transfer":
      return transfer(event, ticket, look, config);
    case "priority":
      return prioritise(event, ticket, look, config);
    case "add":
    case "remove":
      return admit(event, ticket, look, what);
    default:
      return [];
  }
}

function claim(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { claimedBy, userId } = ticket;
  if (event.by.userId === userId) return refusal(event, words.say(locale, "wrong.own"));
  if (claimedBy !== undefined) return refusal(event, words.say(locale, "wrong.claimed", { who: `<@${claimedBy}>` }));
  return changed(event, { ...ticket, claimedBy: event.by.userId }, look, config);
}

/** Any of the staff may: whoever has claimed it may be away. */
function unclaim(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { claimedBy, ...free } = ticket;
  if (claimedBy === undefined) return refusal(event, words.say(locale, "wrong.unclaimed"));
  return changed(event, free, look, config);
}

/** The card is changed by the very answer to its button, and by an edit where a command asked for it. */
function changed(event: Use, after: Ticket, look: Look, config: Config, note?: string): readonly Effect[] {
  const { locale } = event.interaction;
  if (event.kind === "button.pressed")
    return [kept(after), answer(event, cardOf(after, look.guild().locale, config), { ...WORK, update: true })];
  const done = words.say(locale, "work.done", { number: after.number });
  return [
    kept(after),
    ...cardAnew(after, look, config),
    answer(event, { text: [done, ...(note === undefined ? [] : [note])].join("\n") }, WORK),
  ];
}

function transfer(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const to = memberIn(event.options["member"]);
  if (to === undefined || to.bot === true || !answersIn(ticket, to, look, config))
    return refusal(event, words.say(locale, "wrong.not-staff"));
  const { threadId } = ticket;
  const text = words.say(look.guild().locale, "transferred", { who: `<@${to.userId}>`, by: `<@${event.by.userId}>` });
  const told = threadId === undefined ? [] : [post(threadId, { text, pingUserIds: [to.userId] }, WORK.rule, WORK.why)];
  const absence = absenceOf(to.userId, event.at, look);
  const who = `<@${to.userId}>`;
  const note = absence && words.say(locale, "transfer.away", { who, until: untilOf(absence, locale) });
  return [
    ...changed(event, { ...ticket, claimedBy: to.userId }, look, config, note),
    ...proposed(letOneIn(ticket, to, look, config), WORK.rule, WORK.why),
    ...told,
  ];
}

function prioritise(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const priority = TICKET_PRIORITIES.find((one) => one === event.options["priority"]);
  if (priority === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.ticket"));
  const after = { ...ticket, priority };
  return [...changed(event, after, look, config), ...dueTimer(after, config)];
}

function admit(event: Used, ticket: Ticket, look: Look, what: "add" | "remove"): readonly Effect[] {
  const { locale } = event.interaction;
  const member = memberIn(event.options["member"]);
  const { threadId, userId } = ticket;
  if (member === undefined || threadId === undefined) return refusal(event, words.say(locale, "wrong.member"));
  if (what === "remove" && member.userId === userId) return refusal(event, words.say(locale, "wrong.opener"));
  const text = words.say(locale, `admit.${what}`, { member: `<@${member.userId}>` });
  const actions = what === "add" ? letIn(ticket, member.userId, look) : letOut(ticket, member.userId);
  return [...proposed(actions, WORK.rule, WORK.why), answer(event, { text }, WORK)];
}

function memberIn(value: OptionValue | undefined): Member | undefined {
  return typeof value === "object" && "userId" in value ? value : undefined;
}
