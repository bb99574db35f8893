import { type Approval, type Card, type CardText, plainText } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { answered } from "./answer.ts";
import { moment } from "./card.ts";
import { maySpeak } from "./eligible.ts";
import type { Answer } from "./ending.ts";
import { link } from "./link.ts";
import { minutesIn, readModification } from "./modify.ts";
import { note, reply, type Said } from "./notes.ts";
import { waitingLine } from "./remind.ts";
import { type Key, lengthIn, say, text } from "./words.ts";

const PAGE = 10;

/** What is written to the bot in its chat: a command, or a reply to a card. */
export function heard(event: Said, look: HouseLook): HouseSays {
  if (event.command === "link") return link(event, look);
  if (!event.isBound) return NOTHING;
  switch (event.command) {
    case "":
      return replied(event, look);
    case "pending":
      return reply(event, pending(event, look));
    case "case":
      return reply(event, file(event, look));
    case "stats":
      return reply(event, stats(look));
    case "mute":
      return mute(event, look);
    default:
      return reply(event, help(look));
  }
}

function help(look: HouseLook): Card {
  const { locale, name: server } = look.guild();
  const line = (label: string, key: Key) => ({ label, value: text(locale, key) });
  return note(
    look,
    text(locale, "help.title", { server }),
    line("/pending", "help.pending"),
    line("/case 42", "help.case"),
    line("/stats", "help.stats"),
    line("/mute 2h", "help.mute"),
    line(text(locale, "help.reply"), "help.replies"),
  );
}

function pending({ rest }: Said, look: HouseLook): Card {
  const { locale, name: server } = look.guild();
  const { list, count } = look.read("waiting");
  const pages = Math.max(1, Math.ceil(list.length / PAGE));
  const page = Math.min(Math.max(1, Math.trunc(Number(rest)) || 1), pages);
  const lines = list.slice((page - 1) * PAGE, page * PAGE).map((one) => waitingLine(one, locale));
  if (lines.length === 0) return note(look, text(locale, "pending.none", { server }));
  const more = page < pages ? [{ label: text(locale, "pending.next"), value: `/pending ${page + 1}` }] : [];
  return note(look, text(locale, "pending.title", { server, count, page, pages }), ...lines, ...more);
}

function file({ rest }: Said, look: HouseLook): Card {
  const { locale, name: server } = look.guild();
  const asked = rest.trim().replace("#", "");
  if (!/^\d{1,9}$/.test(asked)) return note(look, text(locale, "case.which", { server }));
  const found = look.read("file", Number(asked));
  if (found === undefined) return note(look, text(locale, "case.none", { server, number: `#${asked}` }));
  const field = (key: Key, value: CardText) => ({ label: text(locale, key), value });
  return note(
    look,
    text(locale, "case.title", { server, number: `#${found.number}` }),
    field("field.action", found.verb),
    field("field.member", `${found.userName} (${found.userId})`),
    field("field.reason", found.reason),
    field("field.rule", found.rule),
    field("case.decided", found.decidedBy),
    field("case.opened", moment(found.openedAt)),
    field("case.outcome", found.outcome),
  );
}

function stats(look: HouseLook): Card {
  const { locale, name: server } = look.guild();
  const { waiting, answered: count, expired, medianMs, byFace } = look.read("times");
  const faces = Object.entries(byFace).map(([face, number]) => `${face} ${number}`);
  const field = (key: Key, value: string) => ({ label: text(locale, key), value });
  return note(
    look,
    text(locale, "stats.title", { server }),
    field("stats.waiting", String(waiting)),
    field("stats.answered", `${count}${faces.length === 0 ? "" : ` (${faces.join(", ")})`}`),
    field("stats.expired", String(expired)),
    field("stats.median", medianMs === undefined ? text(locale, "stats.no-median") : lengthOf(medianMs, locale)),
  );
}

function lengthOf(milliseconds: number, locale: string): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120
    ? text(locale, "length.seconds", { count: seconds })
    : lengthIn(locale, Math.round(seconds / 60));
}

/** Reminders wait until then; cards still come. Only who may answer may silence them. */
function mute(event: Said, look: HouseLook): HouseSays {
  const { locale, name: server } = look.guild();
  const known = look.record("chat", "telegram");
  if (!maySpeak(event.by, look.read("choices"), known))
    return reply(event, note(look, text(locale, "refused.stranger", { id: event.by })));
  const { mutedUntil: _before, ...loud } = known ?? { chatId: event.chatId, at: event.at, before: [] };
  const minutes = minutesIn(event.rest.trim());
  if (minutes === undefined && event.rest.trim() !== "off")
    return reply(event, note(look, text(locale, "mute.how", { server })));
  const until = event.at + (minutes ?? 0) * 60_000;
  const value = minutes === undefined ? loud : { ...loud, mutedUntil: until };
  const said = say(locale, minutes === undefined ? "mute.off" : "mute.on", { server, at: moment(until) });
  return reply(event, note(look, told(said, look)), [{ write: "record.put", record: "chat", key: "telegram", value }]);
}

/** A reply to a card rejects it with a reason, changes what it asks, or leaves members of a cohort out. */
function replied(event: Said, look: HouseLook): HouseSays {
  const approval = look.read("waiting").list.find((one) => isShownAs(one, event));
  if (approval === undefined) return NOTHING;
  const who = { by: `telegram:${event.by}`, name: event.name, locale: look.guild().locale };
  const tell = (words: CardText) => reply(event, note(look, told(words, look))).house;
  return answered({ ...who, approvalId: approval.id, event, tell, ...readReply(event.rest) }, look);
}

function isShownAs({ progress }: Pick<Approval, "progress">, { replyToMessageId }: Said): boolean {
  return progress?.shown.some((one) => one.place.face === "telegram" && one.messageId === replyToMessageId) === true;
}

function readReply(words: string): Pick<Answer, "answer" | "note" | "except" | "modification"> {
  const spared = /^all but\s+(.+)$/is.exec(words.trim())?.[1];
  if (spared !== undefined)
    return { answer: "approve", except: spared.split(/[\s,]+/).filter((id) => /^\d+$/.test(id)) };
  const rejected = /^reject\b[:,]?\s*(.*)$/is.exec(words.trim())?.[1];
  if (rejected !== undefined) return { answer: "reject", note: rejected };
  const modification = readModification(words);
  return { answer: "modify", ...(modification === undefined ? {} : { modification }) };
}

/** What is told as a title: a title has no moments. */
function told(words: CardText, look: HouseLook): string {
  const { timeZone } = look.read("choices");
  return plainText(words, { locale: look.guild().locale, ...(timeZone !== undefined && { timeZone }) });
}
