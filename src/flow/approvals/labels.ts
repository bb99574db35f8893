import { type Action, targetsOf } from "#core";
import { capital, type Key, lengthIn, text } from "./words.ts";

const MINUTE = 60_000;

const NAMED = [
  "member.warn",
  "member.kick",
  "member.ban",
  "members.bulk-ban",
  "message.delete",
  "role.add",
  "channel.lock",
  "guild.pause",
] as const;

/** What would be done, in a few words: "time out for 2 hours". */
export function labelOf(action: Action, askedAt: number, locale: string | undefined): string {
  const { verb } = action;
  if (verb === "member.timeout")
    return text(locale, "do.member.timeout", { length: lengthIn(locale, minutesLeft(action.until, askedAt)) });
  if (verb === "message.bulk-delete")
    return text(locale, "do.message.bulk-delete", { count: action.messageIds.length });
  const known = NAMED.find((one) => one === verb);
  return known === undefined ? text(locale, "do.other", { verb }) : text(locale, `do.${known}` satisfies Key);
}

export function titleOf(action: Action, askedAt: number, locale: string | undefined): string {
  const targets = targetsOf(action);
  const whom =
    targets.length > 1
      ? text(locale, "title.members", { count: targets.length })
      : (targets[0]?.name ?? text(locale, "title.nobody"));
  return text(locale, "title", { action: capital(labelOf(action, askedAt, locale)), whom });
}

/** A time-out that is asked for is as long as it was at asking, however long that is ago. */
export function minutesLeft(until: number, askedAt: number): number {
  return Math.max(1, Math.round((until - askedAt) / MINUTE));
}
