import { type Choice, type EventOf, type Look, type Ticket } from "#core";
import { minutesWritten } from "#core/calendar/index";
import { whenWritten } from "#core/calendar/written";
import type { Config } from "./config.ts";
import { typeOf } from "./staff.ts";
import { words } from "./words.ts";

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
const LONGEST_DAYS = 90;
const LONGEST_MINUTES = LONGEST_DAYS * DAY_MINUTES;
/** What staff usually choose, in minutes; whatever else is typed is offered as it stands. */
const USUAL = [15, 30, 60, 120, 240, 480, DAY_MINUTES, 2 * DAY_MINUTES, 7 * DAY_MINUTES, 30 * DAY_MINUTES];
/** "18:30" is a time of day here, and no length of time. */
const TIME_OF_DAY = /^\d{1,2}:\d{2}$/;

/** In how long ("90", "2h"), or when ("tomorrow at nine"): by the clocks of whoever says it, else by those of the team's hours. */
export function momentOf(
  event: EventOf<"command.used">,
  ticket: Pick<Ticket, "typeId"> | undefined,
  look: Look,
  config: Config,
): { readonly at: number } | { readonly mistake: string } {
  const given = event.options["when"];
  const said = typeof given === "string" ? given.trim() : "";
  const { locale } = event.interaction;
  const wrong = (key: `time.${"none" | "unreadable" | "no-time" | "past" | "far"}`, values = {}) => ({
    mistake: words.say(locale, key, values),
  });
  if (said === "") return wrong("time.none");
  const minutes = TIME_OF_DAY.test(said) ? undefined : minutesWritten(said);
  const zone = zoneOf(event.by.userId, ticket, look, config);
  const found =
    minutes === undefined
      ? whenWritten(said, { at: event.at, zone, ...(locale !== undefined && { locale }) })
      : { at: event.at + minutes * MINUTE };
  if ("mistake" in found) return wrong(`time.${found.mistake}`, { text: said });
  if (found.at <= event.at) return wrong("time.past");
  if (found.at > event.at + LONGEST_MINUTES * MINUTE) return wrong("time.far", { count: LONGEST_DAYS });
  return { at: found.at };
}

function zoneOf(userId: string, ticket: Pick<Ticket, "typeId"> | undefined, look: Look, config: Config): string {
  const own = look.record("zone", userId)?.zone;
  const types = ticket === undefined ? undefined : typeOf(ticket.typeId, config)?.hours?.zone;
  return own ?? types ?? config.hours?.zone ?? config.timeZone;
}

/** Spans of time while they are typed; words go as they are. */
export function suggestWhen(partial: string): readonly Choice[] {
  const typed = partial.trim();
  const own = Number(typed);
  const fitting = typed === "" ? USUAL : USUAL.filter((value) => String(value).startsWith(typed));
  const isOwn = typed !== "" && Number.isInteger(own) && own >= 1 && own <= LONGEST_MINUTES && !fitting.includes(own);
  const spans = (isOwn ? [own, ...fitting] : fitting).map((value) => ({ name: spanOf(value), value: String(value) }));
  const tomorrow = { name: words.every("span.tomorrow"), value: "tomorrow at 9:00" };
  return typed === "" ? [...spans, tomorrow] : spans;
}

function spanOf(value: number) {
  if (value % DAY_MINUTES === 0) return words.every("span.days", { count: value / DAY_MINUTES });
  if (value % 60 === 0) return words.every("span.hours", { count: value / 60 });
  return words.every("span.minutes", { count: value });
}
