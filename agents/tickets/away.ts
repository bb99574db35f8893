import { write, type Effect, type EventOf, type Look } from "#core";
import { absenceOf, awayAt, type Away } from "./absence.ts";
import type { Config } from "./config.ts";
import { openTickets } from "./keeping.ts";
import { answer, refusal } from "./saying.ts";
import { isStaff } from "./staff.ts";
import { momentOf } from "./when.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const AWAY = { rule: "ticket-away", why: "staff say who is there" } as const;
/** Of more, the oldest are taken to be back. */
const MOST_AWAY = 100;
const SHOWN = 25;

/** Away until then, or until they say otherwise: without a time, whoever is away is back. */
export function away(event: Used, look: Look, config: Config): readonly Effect[] {
  const { by, at, options, interaction } = event;
  const { locale } = interaction;
  if (!isAnyStaff(event, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  const others = awayAt(at, look).filter(({ userId }) => userId !== by.userId);
  if (options["when"] === undefined && absenceOf(by.userId, at, look) !== undefined)
    return [kept(others), answer(event, { text: words.say(locale, "away.back") }, AWAY)];
  const moment = options["when"] === undefined ? undefined : momentOf(event, undefined, look, config);
  if (moment !== undefined && "mistake" in moment) return refusal(event, moment.mistake);
  const absence: Away = { userId: by.userId, since: at, ...(moment !== undefined && { until: moment.at }) };
  const text = words.say(locale, "away.done", { until: untilOf(absence, locale) });
  return [kept([...others, absence].slice(-MOST_AWAY)), answer(event, { text }, AWAY)];
}

function kept(all: readonly Away[]): Effect {
  return write({ write: "record.put", record: "ticketAway", key: "all", value: { away: all } });
}

export function untilOf({ until }: Away, locale: string | undefined): string {
  if (until === undefined) return words.say(locale, "away.open-end");
  return words.say(locale, "away.until", { when: `<t:${Math.floor(until / 1_000)}:f>` });
}

function isAnyStaff({ by }: Used, look: Look, config: Config): boolean {
  return config.types.some(({ id }) => isStaff(by, id, look, config));
}

/** Who looks after open tickets, and who is away: first whoever is there and has the fewest. Reads a record for each open ticket. */
export function team(event: Used, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  if (!isAnyStaff(event, look, config)) return refusal(event, words.say(locale, "wrong.staff"));
  const loads = new Map<string, number>();
  for (const { userId } of awayAt(event.at, look)) loads.set(userId, 0);
  for (const { claimedBy } of openTickets(look))
    if (claimedBy !== undefined) loads.set(claimedBy, (loads.get(claimedBy) ?? 0) + 1);
  const rows = [...loads].map(([userId, load]) => ({ userId, load, absence: absenceOf(userId, event.at, look) }));
  const rank = ({ absence, load }: (typeof rows)[number]) => (absence === undefined ? 0 : 1_000) + load;
  const lines = rows
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN)
    .map(({ userId, load, absence }) =>
      [
        `<@${userId}>`,
        words.say(locale, "team.load", { count: load }),
        ...(absence === undefined ? [] : [untilOf(absence, locale)]),
      ].join(" · "),
    );
  const text = lines.length === 0 ? words.say(locale, "team.none") : lines.join("\n");
  return [answer(event, { title: words.say(locale, "team.title"), text }, AWAY)];
}
