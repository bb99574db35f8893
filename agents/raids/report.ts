import type { Raid, RaidMoment } from "#core";
import { words } from "./words.ts";

const LISTED = 15;

/** What happened when, and how many it was: for the channel, for the command and for the end. Reasons stand as they were recorded. */
export function reportOf(raid: Raid, locale: string | undefined): string {
  const { joins, members, quarantined, channels } = raid;
  const locked = channels.filter((one) => one.locked === true).length;
  const since = Math.max(1, Math.round(((raid.endedAt ?? raid.lastAt) - raid.startedAt) / 60_000));
  const hidden = raid.moments.length - LISTED;
  return [
    words.say(locale, raid.endedAt === undefined ? "report.going-on" : "report.over", { minutes: since }),
    words.say(locale, "report.counts", { joins, members, quarantined, locked }),
    ...(hidden > 0 ? [words.say(locale, "report.earlier", { count: hidden })] : []),
    ...raid.moments.slice(-LISTED).map((moment) => line(moment, locale)),
  ].join("\n");
}

/** Discord writes the moment in each reader's own time. */
function line({ at, what, why }: RaidMoment, locale: string | undefined): string {
  return `<t:${Math.floor(at / 1_000)}:T> ${words.say(locale, `moment.${what}`)}: ${why}`;
}
