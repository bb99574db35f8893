import type { Look } from "#core";
import type { Config, TicketType } from "./config.ts";
import { DAY } from "./keeping.ts";
import { categoriesFor, placeFor } from "./places.ts";
import { words } from "./words.ts";

/** Why somebody cannot have another ticket now: the key of what they are told. */
export type Hindrance = "limit.open" | "limit.day" | "limit.all";

/** Limits against opening and closing in turns: what is closed at once still counts for the day. */
export function hindrance(userId: string, at: number, look: Look, config: Config): Hindrance | undefined {
  const known = look.record("ticketing", userId);
  if ((known?.open.length ?? 0) >= config.openPerMember) return "limit.open";
  const lately = known?.openedAt.filter((one) => one > at - DAY).length ?? 0;
  if (lately >= config.opensPerDay) return "limit.day";
  const all = look.record("ticketsOpen", "all")?.numbers.length ?? 0;
  return all >= config.openInAll ? "limit.all" : undefined;
}

export function limitText(limit: Hindrance, locale: string | undefined, config: Config): string {
  const { openPerMember, opensPerDay, openInAll } = config;
  const most = { "limit.open": openPerMember, "limit.day": opensPerDay, "limit.all": openInAll };
  return words.say(locale, limit, { count: most[limit] });
}

const TEXT_CHANNEL = 0;
const THREADS: readonly number[] = [10, 11, 12];

/** The text channel a thread of this type belongs to, or the category its channel is made in; undefined where there is none. */
export function parentFor(type: TicketType, usedIn: string, look: Look, config: Config): string | undefined {
  if (placeFor(type, config) === "channel") return categoriesFor(type, look, config)[0];
  const chosen = type.channelId ?? config.channelId;
  const here = look.channel(usedIn);
  const around = here !== undefined && THREADS.includes(here.type) ? here.parentId : here?.id;
  const channel = look.channel(chosen ?? around ?? "");
  return channel?.type === TEXT_CHANNEL ? channel.id : undefined;
}
