import type { Action, Effect, EventOf, Look, PermissionName, SlashCommand } from "#core";
import { refusal } from "./answer.ts";
import type { Config } from "./config.ts";
import { MEASURES, onBehalf, takeMeasure, type Measure } from "./measures.ts";
import * as option from "./options.ts";
import { words } from "./words.ts";

export type CommandUsed = EventOf<"command.used">;

type Name = Measure | "unmute" | "unban" | "purge" | "slowmode" | "lock" | "unlock";

const command = (name: Name, needs: PermissionName, options: SlashCommand["options"]): SlashCommand => ({
  name,
  names: words.every(`command.${name}`),
  description: words.every(`command.${name}.about`),
  options,
  needs: [needs],
  reply: "ephemeral",
});

export const MEASURE_COMMANDS: readonly SlashCommand[] = [
  command("warn", "MODERATE_MEMBERS", [option.member, option.reason]),
  command("mute", "MODERATE_MEMBERS", [option.member, option.minutes, option.reason]),
  command("unmute", "MODERATE_MEMBERS", [option.member, option.reason]),
  command("kick", "KICK_MEMBERS", [option.member, option.reason]),
  command("ban", "BAN_MEMBERS", [option.member, option.reason, option.days]),
  command("unban", "BAN_MEMBERS", [option.member, option.reason]),
  command("purge", "MANAGE_MESSAGES", [option.count, option.someMember]),
  command("slowmode", "MANAGE_CHANNELS", [option.seconds, option.channel]),
  command("lock", "MANAGE_CHANNELS", [option.channel]),
  command("unlock", "MANAGE_CHANNELS", [option.channel]),
];

export function answerCommand(event: CommandUsed, look: Look, config: Config): readonly Effect[] {
  const measure = MEASURES.find((one) => one === event.command);
  if (measure !== undefined) return answerMeasure(event, measure, look, config);
  const wanted = OTHERS[event.command]?.(event, look);
  if (wanted === undefined) return [];
  if (typeof wanted === "string") return refusal(event, wanted);
  return [onBehalf(event, wanted, `command-${event.command}`, reasonOf(event))];
}

function answerMeasure(event: CommandUsed, measure: Measure, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const member = option.memberIn(event.options["member"]);
  if (member === undefined) return refusal(event, words.say(locale, "wrong.member"));
  const minutes = option.minutesIn(event.options["minutes"]);
  if (measure === "mute" && minutes === undefined)
    return refusal(event, words.say(locale, "wrong.minutes", { most: option.LONGEST_TIMEOUT_MINUTES }));
  const days = event.options["days"];
  const asked = {
    ...{ measure, member, reason: option.textIn(event.options["reason"]) },
    ...(minutes !== undefined && { minutes }),
    ...(typeof days === "number" && { days: Math.min(7, Math.max(0, Math.round(days))) }),
  };
  return takeMeasure(event, asked, look, config);
}

/** The action, or what to tell the moderator instead. */
type Answer = (event: CommandUsed, look: Look) => Action | string;

const OTHERS: Readonly<Record<string, Answer>> = {
  unmute: (event) => {
    const member = option.memberIn(event.options["member"]);
    return member === undefined ? wrongMember(event) : { verb: "member.untimeout", member };
  },
  unban: (event) => {
    const member = option.memberIn(event.options["member"]);
    return member === undefined ? wrongMember(event) : { verb: "member.unban", userId: member.userId };
  },
  purge,
  slowmode: (event) => {
    const { seconds } = event.options;
    const fits = typeof seconds === "number" && Number.isInteger(seconds) && seconds >= 0 && seconds <= 21_600;
    return fits
      ? { verb: "channel.slowmode", channelId: placeOf(event), seconds }
      : words.say(event.interaction.locale, "wrong.seconds");
  },
  lock: (event) => ({ verb: "channel.lock", channelId: placeOf(event) }),
  unlock: (event) => ({ verb: "channel.unlock", channelId: placeOf(event) }),
};

/** What the journal knows of the channel: what was said before the house came, it never saw. */
function purge(event: CommandUsed, look: Look): Action | string {
  const author = option.memberIn(event.options["member"]);
  const wanted = event.options["count"];
  const count = typeof wanted === "number" ? Math.min(200, Math.max(1, Math.round(wanted))) : 1;
  const messageIds = look
    .recent(event.channelId)
    .filter((message) => author === undefined || message.author.userId === author.userId)
    .slice(0, count)
    .map(({ messageId }) => messageId);
  if (messageIds.length === 0) return words.say(event.interaction.locale, "wrong.nothing-to-purge");
  return {
    ...{ verb: "message.bulk-delete", channelId: event.channelId, messageIds },
    ...(author !== undefined && { author }),
  };
}

function wrongMember(event: CommandUsed): string {
  return words.say(event.interaction.locale, "wrong.member");
}

function placeOf(event: CommandUsed): string {
  return option.channelIn(event.options["channel"])?.channelId ?? event.channelId;
}

function reasonOf(event: CommandUsed): string {
  const said = option.textIn(event.options["reason"]);
  return said === "" ? words.say("en", "no-reason") : said;
}
