import { propose, write, type Effect, type EventOf, type Look, type Ticket, type Words } from "#core";
import { excerpt, plain } from "#core/text/index";
import type { Config } from "./config.ts";
import { kept, nudgeTimer, ticketOf } from "./keeping.ts";
import { answer, post, refusal } from "./saying.ts";
import { momentOf } from "./when.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const MOST_NUDGES = 10;
const LONGEST = 300;
const REMIND = { rule: "ticket-remind", why: "somebody of staff asked to be reminded" } as const;

/** One of staff wants to be reminded, themselves alone, of an open ticket. */
export function remind(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { number, nudges = [] } = ticket;
  const { text: said } = event.options;
  const moment = momentOf(event, ticket, look, config);
  if ("mistake" in moment) return refusal(event, moment.mistake);
  if (nudges.length >= MOST_NUDGES) return refusal(event, words.say(locale, "wrong.nudges", { count: MOST_NUDGES }));
  const { at } = moment;
  const text = typeof said === "string" ? excerpt(said.trim(), LONGEST) : "";
  const nudge = { id: event.interaction.id, byUserId: event.by.userId, at, text };
  const when = Math.floor(at / 1_000);
  const reply = words.say(locale, "remind.done", { number, when: `<t:${when}:f>`, since: `<t:${when}:R>` });
  return [
    kept({ ...ticket, nudges: [...nudges, nudge] }),
    write({ write: "timer.set", timer: nudgeTimer(number, nudge.id), at, payload: { number } }),
    answer(event, { text: reply }, REMIND),
  ];
}

/** In staff's channel where there is one, by direct message otherwise: the member has nothing to do with it. */
export function nudgeStruck(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const [, number = "", id] = event.timer.split(":");
  const ticket = ticketOf(Number(number), look);
  const nudge = ticket?.nudges?.find((one) => one.id === id);
  if (ticket?.status !== "open" || nudge === undefined) return [];
  const { byUserId, text } = nudge;
  const link = ticket.threadId === undefined ? "" : `<#${ticket.threadId}>`;
  const head = words.say(look.guild().locale, "remind.now", { who: `<@${byUserId}>`, number: ticket.number, link });
  const said: Words = { text: text === "" ? head : `${head}\n> ${plain(text).replaceAll("\n", "\n> ")}` };
  const { staffChannelId } = config;
  const isThere = staffChannelId !== undefined && look.channel(staffChannelId) !== undefined;
  return [
    isThere
      ? post(staffChannelId, { ...said, pingUserIds: [byUserId] }, REMIND.rule, REMIND.why)
      : propose({ verb: "member.tell", userId: byUserId, words: said }, { ...REMIND, confidence: 1 }),
    kept({ ...ticket, nudges: (ticket.nudges ?? []).filter((one) => one !== nudge) }),
  ];
}
