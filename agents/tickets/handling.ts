import type { Choice, CommandOption, CommandSpec, Effect, EventOf, Look, Ticket, Typing } from "#core";
import type { Config } from "./config.ts";
import { suggestReplies } from "./canned.ts";
import { merge } from "./merging.ts";
import { remind } from "./nudges.ts";
import { LONGEST_NOTE, LONGEST_TAG, note, notes, tag } from "./remarks.ts";
import { refusal } from "./saying.ts";
import { snooze } from "./snooze.ts";
import { isStaff } from "./staff.ts";
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

const DAY_MINUTES = 1_440;
const LONGEST_MINUTES = 90 * DAY_MINUTES;
/** What staff usually choose, in minutes; whatever else is typed is offered as it stands. */
const USUAL = [15, 30, 60, 120, 240, 480, DAY_MINUTES, 2 * DAY_MINUTES, 7 * DAY_MINUTES, 30 * DAY_MINUTES];

const spoken = (verb: HandlingName) => ({
  name: `ticket ${verb}`,
  description: words.every(`command.${verb}`),
  reply: "ephemeral" as const,
});
const number: CommandOption = { type: "integer", name: "number", description: words.every("option.number"), min: 1 };
const minutes = { type: "integer", name: "minutes", min: 1, max: LONGEST_MINUTES, autocomplete: true } as const;

export const HANDLING_COMMANDS: readonly CommandSpec[] = [
  { ...spoken("snooze"), options: [{ ...minutes, description: words.every("option.snooze") }, number] },
  {
    ...spoken("remind"),
    options: [
      { ...minutes, description: words.every("option.minutes"), required: true },
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
];

/** Spans of time, and the guild's own tags, while they are typed. */
export function suggestHandling({ option, partial }: Typing, config: Config): readonly Choice[] {
  const typed = partial.trim().toLowerCase();
  if (option === "tag")
    return config.tags.filter((one) => one.includes(typed)).map((one) => ({ name: one, value: one }));
  if (option === "reply") return suggestReplies({ partial }, config.replies);
  if (option !== "minutes") return [];
  const own = Number(typed);
  const fitting = typed === "" ? USUAL : USUAL.filter((value) => String(value).startsWith(typed));
  const isOwn = Number.isInteger(own) && own >= 1 && own <= LONGEST_MINUTES && !fitting.includes(own);
  return (isOwn ? [own, ...fitting] : fitting).map((value) => ({ name: spanOf(value), value }));
}

function spanOf(value: number) {
  if (value % DAY_MINUTES === 0) return words.every("span.days", { count: value / DAY_MINUTES });
  if (value % 60 === 0) return words.every("span.hours", { count: value / 60 });
  return words.every("span.minutes", { count: value });
}
