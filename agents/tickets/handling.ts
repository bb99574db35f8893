import type { Choice, CommandOption, CommandSpec, Effect, EventOf, Look, Ticket, Typing } from "#core";
import type { Config } from "./config.ts";
import { cannedReplies, suggestReplies } from "./canned.ts";
import { merge } from "./merging.ts";
import { remind } from "./nudges.ts";
import { LONGEST_NOTE, LONGEST_TAG, note, notes, tag } from "./remarks.ts";
import { refusal } from "./saying.ts";
import { snooze } from "./snooze.ts";
import { isStaff } from "./staff.ts";
import { suggestWhen } from "./when.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;
type Handles = (event: Used, ticket: Ticket, look: Look, config: Config) => readonly Effect[];

interface Handling {
  readonly handle: Handles;
  /** Makes sense for an open ticket only. */
  readonly isForOpen: boolean;
}

const HANDLINGS = {
  snooze: { handle: snooze, isForOpen: true },
  remind: { handle: remind, isForOpen: true },
  merge: { handle: merge, isForOpen: true },
  tag: { handle: tag, isForOpen: false },
  note: { handle: note, isForOpen: false },
  notes: { handle: notes, isForOpen: false },
} as const satisfies Record<string, Handling>;

export type HandlingName = keyof typeof HANDLINGS;

export function isHandling(what: string): what is HandlingName {
  return Object.hasOwn(HANDLINGS, what);
}

/** What staff do about a ticket beside answering it, or one line that says why not. */
export function handled(
  event: Used,
  ticket: Ticket,
  look: Look,
  config: Config,
  what: HandlingName,
): readonly Effect[] {
  const { locale } = event.interaction;
  const { handle, isForOpen }: Handling = HANDLINGS[what];
  if (!isStaff(event.by, ticket.typeId, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  if (isForOpen && ticket.status !== "open") return refusal(event, words.say(locale, "wrong.not-open"));
  // Whoever opened it may be staff elsewhere: notes about them are not for them.
  if (event.by.userId === ticket.userId) return refusal(event, words.say(locale, "wrong.own"));
  return handle(event, ticket, look, config);
}

const spoken = (verb: HandlingName | "away" | "team") => ({
  name: `ticket ${verb}`,
  description: words.every(`command.${verb}`),
  reply: "ephemeral" as const,
});
const number: CommandOption = { type: "integer", name: "number", description: words.every("option.number"), min: 1 };
const when = { type: "text", name: "when", maxLength: 100, autocomplete: true } as const;

export const HANDLING_COMMANDS: readonly CommandSpec[] = [
  { ...spoken("snooze"), options: [{ ...when, description: words.every("option.snooze") }, number] },
  {
    ...spoken("remind"),
    options: [
      { ...when, description: words.every("option.when"), required: true },
      { type: "text", name: "text", description: words.every("option.remind"), maxLength: 300 },
      number,
    ],
  },
  {
    ...spoken("merge"),
    options: [
      { type: "integer", name: "into", description: words.every("option.into"), min: 1, required: true },
      number,
    ],
  },
  {
    ...spoken("tag"),
    options: [
      {
        ...{ type: "text", name: "tag", description: words.every("option.tag"), required: true },
        ...{ maxLength: LONGEST_TAG, autocomplete: true },
      },
      number,
    ],
  },
  {
    ...spoken("note"),
    options: [
      {
        ...{ type: "text", name: "text", description: words.every("option.note"), required: true },
        maxLength: LONGEST_NOTE,
      },
      number,
    ],
  },
  { ...spoken("notes"), options: [number] },
  { ...spoken("away"), options: [{ ...when, description: words.every("option.away") }] },
  { ...spoken("team"), options: [] },
];

/** Spans of time, the guild's own tags, and the replies that are kept, while they are typed. */
export function suggestHandling(
  { option, partial }: Typing,
  look: Pick<Look, "record">,
  config: Config,
): readonly Choice[] {
  const typed = partial.trim().toLowerCase();
  if (option === "tag")
    return config.tags.filter((one) => one.includes(typed)).map((one) => ({ name: one, value: one }));
  if (option === "reply") return suggestReplies({ partial }, cannedReplies(look, config));
  return option === "when" ? suggestWhen(partial) : [];
}
