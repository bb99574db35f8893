import type { Approval, Card, EventOf, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { moment } from "./card.ts";
import { order, put } from "./faces.ts";
import { inWords, minutesIn, readModification } from "./modify.ts";
import { answered } from "./answer.ts";
import { waitingLine } from "./remind.ts";

type Said = EventOf<"chat.said">;

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

function reply(event: Said, card: Card, writes: readonly Write[] = []): HouseSays {
  const place = { face: "telegram" as const, chatId: event.chatId };
  return { ...NOTHING, house: [put(order(`say:${event.id}`, 0, { verb: "card.show", place, card }, event))], writes };
}

function note(title: string, ...fields: Card["fields"]): Card {
  return { title, fields, evidence: [], buttons: [] };
}

function help(look: HouseLook): Card {
  return note(
    `${look.guild().name}: what can be said here`,
    { label: "/pending", value: "what waits for an answer; /pending 2 for the next page" },
    { label: "/case 42", value: "one case" },
    { label: "/stats", value: "how many questions were answered, and how fast" },
    { label: "/mute 2h", value: "no reminders for so long; /mute off" },
    { label: "Reply to a card", value: "timeout 2h and a reason; kick; warn; reason: …; all but 123, 456" },
  );
}

function pending({ rest }: Said, look: HouseLook): Card {
  const { list, count } = look.read("waiting");
  const pages = Math.max(1, Math.ceil(list.length / PAGE));
  const page = Math.min(Math.max(1, Math.trunc(Number(rest)) || 1), pages);
  const lines = list.slice((page - 1) * PAGE, page * PAGE).map(waitingLine);
  if (lines.length === 0) return note(`${look.guild().name}: nothing waits for an answer`);
  const more = page < pages ? [{ label: "Next page", value: `/pending ${page + 1}` }] : [];
  return note(`${look.guild().name}: ${count} waiting, page ${page} of ${pages}`, ...lines, ...more);
}

function file({ rest }: Said, look: HouseLook): Card {
  const number = Number(rest.replace("#", ""));
  const found = Number.isSafeInteger(number) && number > 0 ? look.read("file", number) : undefined;
  if (found === undefined)
    return note(`${look.guild().name}: there is no case ${rest || "without a number: write /case 42"}`);
  return note(
    `${look.guild().name}: case #${found.number}`,
    { label: "Action", value: found.verb },
    { label: "Member", value: `${found.userName} (${found.userId})` },
    { label: "Reason", value: found.reason },
    { label: "Rule", value: found.rule },
    { label: "Decided by", value: found.decidedBy },
    { label: "Opened", value: moment(found.openedAt) },
    { label: "Outcome", value: found.outcome },
  );
}

function stats(look: HouseLook): Card {
  const { waiting, answered: count, expired, medianMs, byFace } = look.read("times");
  const faces = Object.entries(byFace).map(([face, number]) => `${face} ${number}`);
  return note(
    `${look.guild().name}: answers`,
    { label: "Waiting", value: String(waiting) },
    { label: "Answered", value: `${count}${faces.length === 0 ? "" : ` (${faces.join(", ")})`}` },
    { label: "Expired", value: String(expired) },
    { label: "Half took no longer than", value: medianMs === undefined ? "nothing answered yet" : lengthOf(medianMs) },
  );
}

function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 120 ? `${seconds} seconds` : inWords(Math.round(seconds / 60));
}

/** Reminders wait until then; cards still come. */
function mute(event: Said, look: HouseLook): HouseSays {
  const chat = look.record("chat", "telegram") ?? { chatId: event.chatId, at: event.at, before: [] };
  const { mutedUntil: _before, ...loud } = chat;
  const minutes = minutesIn(event.rest.trim());
  if (minutes === undefined && event.rest.trim() !== "off")
    return reply(event, note("Say for how long: /mute 2h, or /mute off"));
  const value = minutes === undefined ? loud : { ...loud, mutedUntil: event.at + minutes * 60_000 };
  const text = minutes === undefined ? "Reminders are on" : `No reminders until ${moment(event.at + minutes * 60_000)}`;
  return reply(event, note(text), [{ write: "record.put", record: "chat", key: "telegram", value }]);
}

/** A code is good once, for a while, for one guild: `rest` is its hash. */
function link(event: Said, look: HouseLook): HouseSays {
  const invitation = look.record("invitation", event.rest);
  if (invitation === undefined || invitation.expiresAt <= event.at)
    return reply(event, note("This code is not good any more: make a new one with `guildhall telegram link`"));
  const value = { chatId: event.chatId, by: event.by, at: event.at, before: [] };
  const text = `This chat now answers for ${look.guild().name}`;
  return reply(event, note(text, { label: "You may answer", value: `${event.name} (${event.by})` }), [
    { write: "record.delete", record: "invitation", key: event.rest },
    { write: "record.put", record: "chat", key: "telegram", value },
  ]);
}

/** A reply to a card changes what it asks, or leaves members of a cohort out. */
function replied(event: Said, look: HouseLook): HouseSays {
  const approval = look.read("waiting").list.find((one) => isShownAs(one, event.replyToMessageId));
  if (approval === undefined) return NOTHING;
  const except = exceptIn(event.rest);
  const modification = readModification(event.rest);
  return answered(
    {
      approvalId: approval.id,
      by: `telegram:${event.by}`,
      name: event.name,
      event,
      tell: (text) => (text === "" ? [] : (reply(event, note(text)).house ?? [])),
      ...(except === undefined
        ? { answer: "modify" as const, ...(modification === undefined ? {} : { modification }) }
        : { answer: "approve" as const, except }),
    },
    look,
  );
}

function isShownAs({ progress }: Pick<Approval, "progress">, messageId: string | undefined): boolean {
  return progress?.shown.some((one) => one.place.face === "telegram" && one.messageId === messageId) === true;
}

function exceptIn(text: string): readonly string[] | undefined {
  const match = /^all but\s+(.+)$/is.exec(text.trim());
  return match === null ? undefined : match[1]!.split(/[\s,]+/).filter((id) => /^\d+$/.test(id));
}
