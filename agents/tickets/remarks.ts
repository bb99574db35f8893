import type { Effect, EventOf, Look, Ticket } from "#core";
import { excerpt, plain } from "#core/text/index";
import { cardAnew } from "./card.ts";
import type { Config } from "./config.ts";
import { kept } from "./keeping.ts";
import { answer, refusal } from "./saying.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

export const LONGEST_NOTE = 1_000;
const MOST_NOTES = 50;
/** Of so many the newest fit into one answer. */
const NOTES_SHOWN = 10;
export const LONGEST_TAG = 30;
const MOST_TAGS = 10;

const NOTE = { rule: "ticket-note", why: "staff write for one another" } as const;

/** A note lies in the ticket's record and never in its thread: whoever opened it reads all that is written there. */
export function note(event: Used, ticket: Ticket): readonly Effect[] {
  const { locale } = event.interaction;
  const { number, notes = [] } = ticket;
  const text = textIn(event.options["text"], LONGEST_NOTE);
  if (text === "") return refusal(event, words.say(locale, "wrong.note"));
  if (notes.length >= MOST_NOTES) return refusal(event, words.say(locale, "wrong.notes", { count: MOST_NOTES }));
  const added = { byUserId: event.by.userId, at: event.at, text };
  return [
    kept({ ...ticket, notes: [...notes, added] }),
    answer(event, { text: words.say(locale, "note.done", { number }) }, NOTE),
  ];
}

export function notes(event: Used, { number, notes: all = [] }: Ticket): readonly Effect[] {
  const { locale } = event.interaction;
  const older = all.length - NOTES_SHOWN;
  const lines = all
    .slice(-NOTES_SHOWN)
    .map(({ byUserId, at, text }) => `<@${byUserId}> · <t:${Math.floor(at / 1_000)}:f>\n${marked(excerpt(text, 350))}`);
  const said = [...(older > 0 ? [words.say(locale, "notes.older", { count: older })] : []), ...lines].join("\n");
  const title = words.say(locale, "notes.title", { number });
  return [answer(event, { title, text: said === "" ? words.say(locale, "notes.none") : said }, NOTE)];
}

const marked = (text: string): string =>
  plain(text)
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");

/** Put on, or taken off where it is on already. Where the guild lists its tags there are no others. */
export function tag(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { number, tags = [] } = ticket;
  const wanted = textIn(event.options["tag"], LONGEST_TAG).toLowerCase();
  if (wanted === "") return refusal(event, words.say(locale, "wrong.tag"));
  const isOn = tags.includes(wanted);
  if (!isOn && config.tags.length > 0 && !config.tags.includes(wanted))
    return refusal(event, words.say(locale, "wrong.tag-unknown", { tags: config.tags.join(", ") }));
  if (!isOn && tags.length >= MOST_TAGS) return refusal(event, words.say(locale, "wrong.tags", { count: MOST_TAGS }));
  const after = { ...ticket, tags: isOn ? tags.filter((one) => one !== wanted) : [...tags, wanted] };
  const text = words.say(locale, isOn ? "tag.off" : "tag.on", { number, tag: plain(wanted) });
  return [
    kept(after),
    ...cardAnew(after, look, config),
    answer(event, { text }, { rule: "ticket-tag", why: "staff sort their tickets" }),
  ];
}

function textIn(value: unknown, longest: number): string {
  return typeof value === "string" ? excerpt(value.trim(), longest) : "";
}
