import type { Action, CardText } from "#core";
import { say } from "./words.ts";

const KNOWN = [
  "member.kick",
  "member.timeout",
  "member.warn",
  "message.delete",
  "message.bulk-delete",
  "role.add",
] as const;

/** What will happen, and what of it cannot be undone. */
export function consequenceOf(action: Action, locale: string | undefined): CardText {
  switch (action.verb) {
    case "member.ban":
      if (action.until !== undefined) return say(locale, "then.ban.until", { at: until(action.until) });
      return say(locale, action.deleteSeconds === 0 ? "then.ban" : "then.ban.delete");
    case "members.bulk-ban":
      return say(locale, action.deleteSeconds === 0 ? "then.ban" : "then.ban.delete");
    case "channel.lock":
      return action.until === undefined
        ? say(locale, "then.channel.lock")
        : say(locale, "then.channel.lock.until", { at: until(action.until) });
    case "guild.pause":
      return say(locale, "then.guild.pause", { at: until(action.until) });
    default: {
      const known = KNOWN.find((verb) => verb === action.verb);
      return say(locale, known === undefined ? "then.other" : `then.${known}`);
    }
  }
}

function until(at: number): CardText {
  return [{ at, as: "moment" }];
}
