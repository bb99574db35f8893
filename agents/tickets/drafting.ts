import { z } from "zod";
import {
  consider,
  customId,
  write,
  type Effect,
  type EventOf,
  type Look,
  type MessageFacts,
  type Passage,
  type Row,
  type SlowLook,
  type Ticket,
  type Use,
} from "#core";
import { excerpt, linksIn, plain } from "#core/text/index";
import { AGENT } from "./card.ts";
import type { Config } from "./config.ts";
import { ticketOf } from "./keeping.ts";
import { answer, post, refusal } from "./saying.ts";
import { spokenFor } from "./silence.ts";
import { answersIn, isStaff } from "./staff.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const draftSchema = z.strictObject({ enough: z.boolean(), reply: z.string().max(1_500) });
const summarySchema = z.strictObject({
  wish: z.string().min(1).max(400),
  done: z.string().max(600),
  next: z.string().max(400),
});

/** As much of a conversation as fits into a question; the newest of it. */
const MOST_MESSAGES = 40;
const MOST_SOURCES = 3;
const SOURCE_LENGTH = 1_000;
const RULE = "ticket-draft";

export const drafting = z.strictObject({ do: z.enum(["draft", "summary"]), number: z.number() });

/** Staff ask; a model is asked by the slow half. */
export function draftAsked(
  event: Used,
  ticket: Ticket,
  look: Look,
  config: Config,
  what: "draft" | "summary",
): readonly Effect[] {
  const { locale } = event.interaction;
  if (!isStaff(event.by, ticket.typeId, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  if (event.by.userId === ticket.userId) return refusal(event, words.say(locale, "wrong.own"));
  if (what === "draft" && ticket.status !== "open") return refusal(event, words.say(locale, "wrong.not-open"));
  return [consider({ do: what, number: ticket.number })];
}

export async function drafted(
  event: Used,
  about: z.infer<typeof drafting>,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const ticket = ticketOf(about.number, look);
  if (ticket === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.ticket"));
  return about.do === "draft" ? draft(event, ticket, look, config) : summary(event, ticket, look, config);
}

async function draft(event: Used, ticket: Ticket, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const { number } = ticket;
  const sources = await sourcesFor(ticket, look, config);
  const asked = await look.ask({
    prompt: "tickets/draft",
    variables: {
      tone: config.draftTone,
      ...conversation(ticket, look, config),
      sources: sources.map(numbered).join("\n\n"),
    },
    schema: draftSchema,
  });
  if (!asked.ok) return refusal(event, words.say(locale, "wrong.no-model"));
  const text = excerpt(asked.value.reply.trim(), 1_500);
  if (!asked.value.enough || text === "") return refusal(event, words.say(locale, "draft.thin"));
  if (!isSound(text, sources, ticket)) return refusal(event, words.say(locale, "draft.unsound"));
  const value = { text, userId: ticket.userId, at: event.at };
  const said = {
    title: words.say(locale, "draft.title", { number }),
    text,
    components: [sendRow(ticket, locale, event.at)],
  };
  const keeping = write({ write: "record.put", record: "ticketDraft", key: String(number), value });
  if (!config.sendDrafts) return [keeping, answer(event, said, { rule: RULE, why: "staff asked for a draft" })];
  // A ticket may have changed while the model was asked: it is sent by a decision that sees how it stands then.
  return [
    keeping,
    write({ write: "timer.set", timer: `draft:${number}`, at: event.at, payload: { at: event.at } }),
    answer(event, { text: words.say(locale, "draft.sent", { number }) }, { rule: RULE, why: "the guild allows it" }),
  ];
}

/** Where the guild lets drafts be sent by themselves. */
export function draftDue(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const number = Number(event.timer.slice("draft:".length));
  const [ticket, kept] = [ticketOf(number, look), look.record("ticketDraft", String(number))];
  if (!config.sendDrafts || kept === undefined || ticket?.threadId === undefined || ticket.status !== "open") return [];
  return [
    ...sent(ticket, ticket.threadId, kept.text, event.at, look, config),
    write({ write: "record.delete", record: "ticketDraft", key: String(number) }),
  ];
}

/** Nothing that staff did not see is said in their name: the button sends exactly the draft it stands under. */
export function sendDraft(event: Use, ticket: Ticket, at: number, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { number, threadId, status } = ticket;
  const kept = look.record("ticketDraft", String(number));
  if (!isStaff(event.by, ticket.typeId, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  if (kept?.at !== at) return refusal(event, words.say(locale, "draft.gone"));
  if (status !== "open" || threadId === undefined) return refusal(event, words.say(locale, "wrong.not-open"));
  return [
    ...sent(ticket, threadId, kept.text, event.at, look, config),
    write({ write: "record.delete", record: "ticketDraft", key: String(number) }),
    answer(
      event,
      { text: words.say(locale, "draft.sent", { number }) },
      { rule: RULE, why: "staff sent it", update: true },
    ),
  ];
}

function sent(
  ticket: Ticket,
  threadId: string,
  text: string,
  at: number,
  look: Look,
  config: Config,
): readonly Effect[] {
  const note = words.say(look.guild().locale, "draft.note");
  return [
    post(threadId, { text: `${text}\n\n-# ${note}` }, RULE, "staff sent a draft"),
    ...spokenFor(ticket, at, config),
  ];
}

/** Under the draft; its moment says which draft it is, should there be a newer one. */
function sendRow({ number }: Ticket, locale: string | undefined, at: number): Row {
  const label = words.say(locale, "button.send");
  return [
    { component: "button", customId: customId(AGENT, "send", String(number), String(at)), label, style: "primary" },
  ];
}

async function summary(event: Used, ticket: Ticket, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const asked = await look.ask({
    prompt: "tickets/summary",
    variables: { ...conversation(ticket, look, config), language: locale ?? look.guild().locale },
    schema: summarySchema,
  });
  if (!asked.ok) return refusal(event, words.say(locale, "wrong.no-model"));
  const { wish, done, next } = asked.value;
  const part = (key: "wish" | "done" | "next", text: string) =>
    text.trim() === "" ? [] : [`**${words.say(locale, `summary.${key}`)}**\n${plain(excerpt(text.trim(), 600))}`];
  const text = [...part("wish", wish), ...part("done", done), ...part("next", next)].join("\n\n");
  const title = words.say(locale, "summary.title", { number: ticket.number });
  return [answer(event, { title, text }, { rule: "ticket-summary", why: "staff asked for a summary" })];
}

/** What a question may hold of a ticket: all of it members' and staff's words, and nothing of it an instruction. */
function conversation(ticket: Ticket, look: Look, config: Config) {
  const said = ticket.threadId === undefined ? [] : look.recent(ticket.threadId).slice(0, MOST_MESSAGES).toReversed();
  const line = ({ author, text }: MessageFacts) =>
    `${answersIn(ticket, author, look, config) ? "staff" : "member"}: ${text}`;
  return {
    language: look.guild().locale,
    title: ticket.said.title,
    details: ticket.said.text,
    conversation: said
      .filter(({ text }) => text !== "")
      .map(line)
      .join("\n"),
  };
}

/** What the guild's knowledge has for what the member said last. */
async function sourcesFor(ticket: Ticket, look: SlowLook, config: Config): Promise<readonly Passage[]> {
  const said = ticket.threadId === undefined ? [] : look.recent(ticket.threadId);
  const last = said.find(({ author, text }) => text !== "" && !answersIn(ticket, author, look, config))?.text;
  const found = await look.search({ of: "knowledge", text: last ?? `${ticket.said.title}\n${ticket.said.text}` });
  return found.hits.slice(0, MOST_SOURCES).map(({ passage }) => passage);
}

function numbered({ asks, text }: Passage, index: number): string {
  return `[${index + 1}] ${asks[0] ?? ""}\n${excerpt(text, SOURCE_LENGTH)}`;
}

/** A link that stands in no source is somebody's invention, and what calls somebody is no answer. */
function isSound(text: string, sources: readonly Passage[], ticket: Ticket): boolean {
  const known = new Set(sources.flatMap((source) => linksIn(source.text)).map(({ url }) => url));
  const calls = [...text.matchAll(/<[@#][&!]?\d+>|@everyone|@here/g)].some(([call]) => call !== `<@${ticket.userId}>`);
  return !calls && linksIn(text).every(({ url }) => known.has(url));
}
