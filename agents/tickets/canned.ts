import { write, type Choice, type Effect, type EventOf, type Look, type Ticket, type Typing } from "#core";
import { excerpt, plain } from "#core/text/index";
import type { Config } from "./config.ts";
import { PLACEHOLDER, PLACEHOLDER_LIST, type PlaceholderName, unknownPlaceholders } from "./placeholders.ts";
import { answer, post, refusal } from "./saying.ts";
import { spokenFor } from "./silence.ts";
import { isStaff } from "./staff.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

export interface Canned {
  readonly name: string;
  readonly text: string;
  /** For these types only; none, and it is for all. */
  readonly typeIds: readonly string[];
}

/** More than anybody finds again. */
export const MOST_REPLIES = 100;
export const LONGEST_REPLY = 1_500;
export const LONGEST_NAME = 40;
const MOST_SHOWN = 25;
const LIST_SHOWN = 30;

/** Those that staff keep by command go before those of the settings, should two be called the same. */
export function cannedReplies(look: Pick<Look, "record">, config: Config): readonly Canned[] {
  const kept = look.record("cannedReplies", "all")?.replies ?? [];
  const names = new Set(kept.map(({ name }) => nameKey(name)));
  return [...kept, ...config.replies.filter(({ name }) => !names.has(nameKey(name)))];
}

export const nameKey = (name: string): string => name.trim().toLowerCase();

/** Staff say it in the thread by the house's mouth; it counts as their answer. */
export function reply(event: Used, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { threadId, number } = ticket;
  if (!isStaff(event.by, ticket.typeId, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  if (event.by.userId === ticket.userId) return refusal(event, words.say(locale, "wrong.own"));
  if (ticket.status !== "open" || threadId === undefined) return refusal(event, words.say(locale, "wrong.not-open"));
  const wanted = typeof event.options["reply"] === "string" ? nameKey(event.options["reply"]) : "";
  const found = cannedReplies(look, config).find(({ name }) => nameKey(name) === wanted);
  if (found === undefined || !isFor(found, ticket.typeId))
    return refusal(event, words.say(locale, "wrong.reply", { name: plain(excerpt(wanted, LONGEST_NAME)) }));
  const text = filled(found.text, ticket, event, look);
  const calls = found.text.includes("{member}") ? { pingUserIds: [ticket.userId] } : {};
  return [
    post(threadId, { text, ...calls }, "ticket-reply", "staff answer with words they keep"),
    ...spokenFor(ticket, event.at, config),
    answer(event, { text: words.say(locale, "reply.done", { number }) }, { rule: "ticket-reply", why: "it is said" }),
  ];
}

const isFor = ({ typeIds }: Canned, typeId: string): boolean => typeIds.length === 0 || typeIds.includes(typeId);

function filled(text: string, ticket: Ticket, { by }: Used, look: Look): string {
  const values: Readonly<Record<PlaceholderName, string>> = {
    ...{ member: `<@${ticket.userId}>`, name: plain(ticket.name), staff: `<@${by.userId}>` },
    ...{ number: String(ticket.number), title: plain(ticket.said.title), guild: plain(look.guild().name) },
  };
  const named: Readonly<Record<string, string>> = values;
  return excerpt(
    text.replace(PLACEHOLDER, (as, name: string) => named[name] ?? as),
    4_000,
  );
}

/** Names of what can be said, while somebody types. */
export function suggestReplies({ partial }: Pick<Typing, "partial">, all: readonly Canned[]): readonly Choice[] {
  const typed = nameKey(partial);
  return all
    .filter(({ name }) => nameKey(name).includes(typed))
    .slice(0, MOST_SHOWN)
    .map(({ name }) => ({ name, value: name }));
}

/** By the form: a new one, or another text for one there is. */
export function saveReply(
  event: EventOf<"modal.submitted">,
  isNew: boolean,
  look: Look,
  config: Config,
): readonly Effect[] {
  const { locale } = event.interaction;
  const field = (name: string): string => {
    const value = event.fields[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const [name, text] = [excerpt(field("name"), LONGEST_NAME), excerpt(field("text"), LONGEST_REPLY)];
  const typeIds = [
    ...new Set(
      field("types")
        .split(/[\s,]+/)
        .filter((id) => id !== ""),
    ),
  ];
  const kept = look.record("cannedReplies", "all")?.replies ?? [];
  const isKnown = kept.some((one) => nameKey(one.name) === nameKey(name));
  const mistake = savingMistake({ name, text, typeIds }, { isNew, isKnown, count: kept.length }, locale, config);
  if (mistake !== undefined) return refusal(event, mistake);
  const others = kept.filter((one) => nameKey(one.name) !== nameKey(name));
  const replies = [...others, { name, text, typeIds }].sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
  return [
    write({ write: "record.put", record: "cannedReplies", key: "all", value: { replies } }),
    answer(
      event,
      { text: words.say(locale, isNew ? "replies.added" : "replies.changed", { name: plain(name) }) },
      { rule: "ticket-replies", why: "staff keep what they often say" },
    ),
  ];
}

function savingMistake(
  { name, text, typeIds }: Canned,
  { isNew, isKnown, count }: { readonly isNew: boolean; readonly isKnown: boolean; readonly count: number },
  locale: string | undefined,
  config: Config,
): string | undefined {
  if (name === "" || text === "") return words.say(locale, "wrong.reply-empty");
  if (isNew && isKnown) return words.say(locale, "wrong.reply-known", { name: plain(name) });
  if (!isNew && !isKnown) return words.say(locale, "wrong.reply", { name: plain(name) });
  if (isNew && count >= MOST_REPLIES) return words.say(locale, "wrong.replies", { count: MOST_REPLIES });
  const strange = unknownPlaceholders(text);
  if (strange.length > 0)
    return words.say(locale, "wrong.placeholder", { found: plain(strange.join(" ")), known: PLACEHOLDER_LIST });
  const types = config.types.map(({ id }) => id);
  const missing = typeIds.find((id) => !types.includes(id));
  if (missing === undefined) return undefined;
  return words.say(locale, "wrong.reply-type", { id: plain(excerpt(missing, 40)), known: types.join(", ") });
}

export function removeReply(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const wanted = String(event.options["reply"] ?? "");
  const kept = look.record("cannedReplies", "all")?.replies ?? [];
  const replies = kept.filter(({ name }) => nameKey(name) !== nameKey(wanted));
  const name = plain(excerpt(wanted, LONGEST_NAME));
  if (replies.length === kept.length) return refusal(event, words.say(locale, "wrong.reply", { name }));
  return [
    write({ write: "record.put", record: "cannedReplies", key: "all", value: { replies } }),
    answer(
      event,
      { text: words.say(locale, "replies.removed", { name }) },
      { rule: "ticket-replies", why: "staff tidy up" },
    ),
  ];
}

export function listReplies(event: Used, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const all = cannedReplies(look, config);
  const more = all.length - LIST_SHOWN;
  const lines = all.slice(0, LIST_SHOWN).map(({ name, text, typeIds }) => {
    const types = typeIds.length === 0 ? "" : ` (${typeIds.join(", ")})`;
    return `**${plain(name)}**${types}\n-# ${plain(excerpt(text.replaceAll("\n", " "), 70))}`;
  });
  const text = [...lines, ...(more > 0 ? [words.say(locale, "list.more", { count: more })] : [])].join("\n");
  const said = {
    title: words.say(locale, "replies.title"),
    text: text === "" ? words.say(locale, "replies.none") : text,
  };
  return [answer(event, said, { rule: "ticket-replies", why: "somebody asked" })];
}
