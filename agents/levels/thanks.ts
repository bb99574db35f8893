import type { Effect, EventOf, Look, Member } from "#core";
import { addPoints } from "./boards.ts";
import type { Config } from "./config.ts";
import { habitsAt, withSum, put } from "./habits.ts";
import { words } from "./words.ts";

/** Thanks given, or why not: a few a day, each member once, never oneself. The level shows with their next message. */
export function thank(
  event: EventOf<"command.used">,
  member: Member,
  look: Look,
  config: Config,
): { readonly text: string; readonly isPublic: boolean; readonly effects: readonly Effect[] } {
  const { locale } = event.interaction;
  const refused = (text: string) => ({ text, isPublic: false, effects: [] });
  if (member.userId === event.by.userId) return refused(words.say(locale, "thank.oneself"));
  if (member.bot === true) return refused(words.say(locale, "thank.bot"));
  const { perDay, points } = config.thanks;
  const own = habitsAt(look.record("levelling", event.by.userId), event.at);
  if (own.thanked.includes(member.userId)) return refused(words.say(locale, "thank.again"));
  if (own.thanked.length >= perDay) return refused(words.say(locale, "thank.enough", { count: perDay }));
  const theirs = withSum(habitsAt(look.record("levelling", member.userId), event.at), "thanks");
  const by = points === 0 ? [] : addPoints(member.userId, points, event.at, config, theirs.hidden === true);
  const values = { from: `<@${event.by.userId}>`, to: `<@${member.userId}>`, count: theirs.sums.thanks };
  return {
    text: words.say(look.guild().locale, "thank.done", values),
    isPublic: true,
    effects: [
      put(event.by.userId, { ...own, thanked: [...own.thanked, member.userId] }),
      put(member.userId, theirs),
      ...by,
    ],
  };
}
