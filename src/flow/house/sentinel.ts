import type { EventOf, GuildEvent, HouseWrite, Shortcoming, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { noticeOrders } from "./notice.ts";

const TIMER = "standing";
/** Roles are dragged and channels changed in series: the last of them says how it is meant. */
const SETTLED_MS = 10_000;
const RECORD = { record: "standing", key: "guild" } as const;

/** After whatever may change what the bot can do, a look is due. */
export function standingMayChange(event: GuildEvent): readonly Write[] {
  if (!concernsStanding(event)) return [];
  return [{ write: "timer.set", timer: TIMER, at: event.at + SETTLED_MS, payload: {} }];
}

function concernsStanding(event: GuildEvent): boolean {
  if (event.kind === "guild.available" || event.kind === "policy.chosen") return true;
  if (event.kind !== "directory.changed") return false;
  const { change } = event.change;
  return (
    change.startsWith("role.") || change.startsWith("channel.") || change === "bot.roles" || change === "guild.facts"
  );
}

export function isStandingDue(event: EventOf<"clock.struck">): boolean {
  return event.timer === TIMER;
}

/**
 * Tells those who run the guild what no longer works and how to mend it, once for each thing, and once more when it works
 * again. What was told is on record and outlives any restart.
 */
export function checkStanding(
  event: EventOf<"clock.struck">,
  look: HouseLook,
): { readonly house: readonly HouseWrite[]; readonly writes: readonly Write[]; readonly decides: boolean } {
  const { broken, channelId } = look.standing();
  const told = look.record(RECORD.record, RECORD.key)?.told ?? {};
  const isTold = (key: string) => Object.hasOwn(told, key);
  const news = broken.filter(({ key }) => !isTold(key));
  const mended = Object.entries(told).filter(([key]) => !broken.some((each) => each.key === key));
  if (news.length === 0 && mended.length === 0) return { house: [], writes: [], decides: false };
  const { ownerId, name } = look.guild();
  const text = textOf(
    name,
    news,
    mended.map(([, what]) => what),
  );
  const value = { told: Object.fromEntries(broken.map(({ key, what }) => [key, what])) };
  return {
    house: noticeOrders(event, {
      ...{ ownerId, text, reason: "standing: what the guild wants and what the bot may do have come apart" },
      ...(channelId !== undefined && { channelId }),
    }),
    writes: [{ write: "record.put", ...RECORD, value }],
    decides: true,
  };
}

const LISTED = 6;

function textOf(name: string, news: readonly Shortcoming[], mended: readonly string[]): string {
  const problems = news.slice(0, LISTED).map(({ what, fix }) => `• ${what} ${fix}`);
  return [
    ...(news.length === 0 ? [] : [`In ${name}, this does not work:`, ...problems, ...more(news.length)]),
    ...(mended.length === 0
      ? []
      : [`In ${name}, this works again:`, ...mended.slice(0, LISTED).map((what) => `• ~~${what}~~`)]),
  ].join("\n");
}

function more(count: number): readonly string[] {
  return count <= LISTED ? [] : [`… and ${count - LISTED} more: \`guildhall doctor\` lists them all.`];
}
