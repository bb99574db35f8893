import { z } from "zod";
import {
  consider,
  spanText,
  ticketStats,
  type Effect,
  type EventOf,
  type Look,
  type SlowLook,
  type Spread,
  type TicketSums,
} from "#core";
import { plain } from "#core/text/index";
import { labelOf } from "./card.ts";
import type { Config } from "./config.ts";
import { DAY } from "./keeping.ts";
import { managesThis } from "./reading.ts";
import { answer, refusal } from "./saying.ts";
import { isStaff, typeOf } from "./staff.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

export const LONGEST_DAYS = 365;
const USUAL_DAYS = 30;
/** Lines of types, and of staff. */
const SHOWN = 10;

export const counting = z.strictObject({ do: z.literal("stats"), days: z.number() });

/** Counting reads every ticket, which is nothing for the fast half. */
export function statsAsked(event: Used, look: Look, config: Config): readonly Effect[] {
  if (typesSeen(event, look, config).length === 0)
    return refusal(event, words.say(event.interaction.locale, "wrong.staff"));
  const given = event.options["days"];
  const days = typeof given === "number" ? Math.min(LONGEST_DAYS, Math.max(1, given)) : USUAL_DAYS;
  return [consider({ do: "stats", days })];
}

/** Staff see how it stands with what is theirs; who manages the guild sees all. */
function typesSeen({ by }: Used, look: Look, config: Config): readonly string[] {
  const all = config.types.map(({ id }) => id);
  return managesThis(by, look) ? all : all.filter((id) => isStaff(by, id, look, config));
}

export async function statsTold(
  event: Used,
  { days }: z.infer<typeof counting>,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const { locale } = event.interaction;
  const from = event.at - days * DAY;
  const seen = new Set(typesSeen(event, look, config));
  const isAll = managesThis(event.by, look);
  const known = new Set(config.types.map(({ id }) => id));
  const tickets = (await look.ticketFigures(from)).filter(
    ({ typeId }) => seen.has(typeId) || (isAll && !known.has(typeId)),
  );
  const { all, types, staff } = ticketStats(tickets, from, event.at + 1);
  const title = words.say(locale, "stats.title", { count: days });
  if (all.opened === 0)
    return [
      answer(event, { title, text: words.say(locale, "stats.none") }, { rule: "ticket-stats", why: "somebody asked" }),
    ];
  const typeLines = types.map(
    ({ typeId, ...sums }) => `**${typeLabel(typeId, locale, config)}** · ${short(sums, locale)}`,
  );
  const staffLines = staff.map(({ userId, ...sums }) => `<@${userId}> · ${short(sums, locale)}`);
  const parts = [
    whole(all, locale).join("\n"),
    ...(types.length > 1 ? [group(words.say(locale, "stats.types"), typeLines, locale)] : []),
    ...(staff.length > 0 ? [group(words.say(locale, "stats.staff"), staffLines, locale)] : []),
  ];
  return [answer(event, { title, text: parts.join("\n\n") }, { rule: "ticket-stats", why: "somebody asked" })];
}

/** A type that is gone keeps its id for a name. */
function typeLabel(typeId: string, locale: string | undefined, config: Config): string {
  const type = typeOf(typeId, config);
  return plain(type === undefined ? typeId : labelOf(type, locale));
}

function group(title: string, lines: readonly string[], locale: string | undefined): string {
  const more = lines.length - SHOWN;
  return [
    `__${title}__`,
    ...lines.slice(0, SHOWN),
    ...(more > 0 ? [words.say(locale, "list.more", { count: more })] : []),
  ].join("\n");
}

function whole(sums: TicketSums, locale: string | undefined): readonly string[] {
  const { opened, closed, firstAnswer, resolution, answerKept, solveKept, ratings } = sums;
  const kept = ({ kept, of }: TicketSums["answerKept"]) => ({ kept, of, percent: Math.round((100 * kept) / of) });
  return [
    words.say(locale, "stats.volume", { opened, closed }),
    ...spread("stats.answer", firstAnswer, locale),
    ...spread("stats.solve", resolution, locale),
    ...(answerKept.of > 0 ? [words.say(locale, "stats.answer-kept", kept(answerKept))] : []),
    ...(solveKept.of > 0 ? [words.say(locale, "stats.solve-kept", kept(solveKept))] : []),
    ...(ratings.mean === undefined
      ? []
      : [words.say(locale, "stats.stars", { stars: ratings.mean.toFixed(1), count: ratings.count })]),
  ];
}

function spread(
  key: "stats.answer" | "stats.solve",
  { median, p95 }: Spread,
  locale: string | undefined,
): readonly string[] {
  if (median === undefined || p95 === undefined) return [];
  return [words.say(locale, key, { median: spanText(median), most: spanText(p95) })];
}

function short({ opened, firstAnswer, ratings }: TicketSums, locale: string | undefined): string {
  return [
    words.say(locale, "stats.tickets", { count: opened }),
    ...(firstAnswer.median === undefined ? [] : [`⏱ ${spanText(firstAnswer.median)}`]),
    ...(ratings.mean === undefined ? [] : [`★ ${ratings.mean.toFixed(1)}`]),
  ].join(" · ");
}
