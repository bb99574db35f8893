import {
  conductAfter,
  countedOffences,
  missingPermissions,
  propose,
  write,
  type Action,
  type Choice,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type PermissionName,
  type SlashCommand,
  type Spoken,
} from "#core";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

type CommandUsed = EventOf<"command.used">;

const LONGEST_TIMEOUT_MINUTES = 40_320;
const LONGEST_REASON = 400;
const MINUTE = 60_000;

const member = {
  name: "member",
  names: words.every("option.member"),
  description: words.every("option.member.about"),
  type: "member",
  required: true,
} as const;
const reason = {
  name: "reason",
  names: words.every("option.reason"),
  description: words.every("option.reason.about"),
  type: "text",
  maxLength: LONGEST_REASON,
  required: true,
} as const;
const minutes = {
  name: "minutes",
  names: words.every("option.minutes"),
  description: words.every("option.minutes.about"),
  type: "integer",
  min: 1,
  max: LONGEST_TIMEOUT_MINUTES,
  required: true,
  autocomplete: true,
} as const;

export const COMMANDS: readonly SlashCommand[] = [
  {
    name: "warn",
    names: words.every("command.warn"),
    description: words.every("command.warn.about"),
    options: [member, reason],
    needs: ["MODERATE_MEMBERS"],
    reply: "ephemeral",
  },
  {
    name: "timeout",
    names: words.every("command.timeout"),
    description: words.every("command.timeout.about"),
    options: [member, minutes, reason],
    needs: ["MODERATE_MEMBERS"],
    reply: "ephemeral",
  },
  {
    name: "ban",
    names: words.every("command.ban"),
    description: words.every("command.ban.about"),
    options: [member, reason],
    needs: ["BAN_MEMBERS"],
    reply: "ephemeral",
  },
];

/** What moderators usually choose, in minutes; whatever else is typed is offered as it stands. */
const USUAL = [5, 10, 30, 60, 180, 720, 1_440, 4_320, 10_080, 40_320];

export function suggestMinutes(partial: string): readonly Choice[] {
  const typed = Number(partial);
  const fitting = partial === "" ? USUAL : USUAL.filter((value) => String(value).startsWith(partial));
  const isOwn = Number.isInteger(typed) && typed >= 1 && typed <= LONGEST_TIMEOUT_MINUTES && !fitting.includes(typed);
  return (isOwn ? [typed, ...fitting] : fitting).map((value) => ({ name: spanOf(value), value }));
}

function spanOf(value: number): Spoken {
  if (value % 1_440 === 0) return words.every("days", { count: value / 1_440 });
  if (value % 60 === 0) return words.every("hours", { count: value / 60 });
  return words.every("minutes", { count: value });
}

/**
 * A moderator's command is a proposal like any other, on the moderator's behalf. The road answers the interaction with what
 * the judge made of it; only a command that cannot be understood is answered from here.
 */
export function answerCommand(event: CommandUsed, look: Look, config: Config): readonly Effect[] {
  const spec = COMMANDS.find((command) => command.name === event.command);
  if (spec === undefined) return [];
  const target = event.options["member"];
  if (!isMember(target)) return [misunderstood(event, words.say(event.interaction.locale, "wrong.member"))];
  const action = actionOf(event, target, look);
  if (typeof action === "string") return [misunderstood(event, action)];
  const why = reasonOf(event);
  const proposal = propose(action, {
    rule: `command-${event.command}`,
    why,
    confidence: 1,
    onBehalfOf: event.by.userId,
  });
  // Who may not do it gets the judge's answer; the member's record is none of theirs to write.
  if (!mayDo(event, spec.needs ?? [])) return [proposal];
  const offences = countedOffences(look.record("conduct", target.userId), event.at, config.forgetAfterDays);
  return [proposal, write(conductAfter(target.userId, offences, event.at, `command-${event.command}`))];
}

/** The action, or what to tell the moderator instead. */
function actionOf(event: CommandUsed, target: Member, look: Look): Action | string {
  const why = reasonOf(event);
  if (event.command === "warn") {
    return { verb: "member.warn", member: target, notice: moderatorNotice(event, look, "warn", why) };
  }
  if (event.command === "ban") {
    const notice = moderatorNotice(event, look, "ban", why);
    return { verb: "member.ban", member: target, deleteSeconds: 0, notice };
  }
  const wanted = event.options["minutes"];
  if (typeof wanted !== "number" || !(wanted >= 1 && wanted <= LONGEST_TIMEOUT_MINUTES)) {
    return words.say(event.interaction.locale, "wrong.minutes", { most: LONGEST_TIMEOUT_MINUTES });
  }
  const notice = moderatorNotice(event, look, "timeout", why);
  return { verb: "member.timeout", member: target, until: event.at + Math.round(wanted * MINUTE), notice };
}

function reasonOf(event: CommandUsed): string {
  const said = event.options["reason"];
  const text = typeof said === "string" ? said.trim() : "";
  return text === "" ? words.say("en", "no-reason") : text;
}

function mayDo(event: CommandUsed, needed: readonly PermissionName[]): boolean {
  return missingPermissions(BigInt(event.byPermissions), needed).length === 0;
}

function misunderstood(event: CommandUsed, text: string): Effect {
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: { text }, ephemeral: true },
    { rule: `command-${event.command}`, why: "the command cannot be understood", confidence: 1 },
  );
}

function isMember(value: unknown): value is Member {
  return typeof value === "object" && value !== null && "userId" in value;
}

/** What a moderator says is passed on as it was said. */
function moderatorNotice(event: CommandUsed, look: Look, measure: "warn" | "timeout" | "ban", reason: string): string {
  const { name: guild, locale } = look.guild();
  return words.say(locale, `notice.${measure}`, { guild, moderator: event.by.name, reason });
}
