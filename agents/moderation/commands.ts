import {
  missingPermissions,
  propose,
  write,
  type Action,
  type CommandSpec,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type PermissionName,
} from "#core";
import type { Config } from "./config.ts";
import { conductAfter, countedOffences, moderatorNotice } from "./measures.ts";

type CommandUsed = EventOf<"command.used">;

const LONGEST_TIMEOUT_MINUTES = 40_320;
const MINUTE = 60_000;

const member = { name: "member", description: "Whom it concerns", type: "member", required: true } as const;
const reason = { name: "reason", description: "Why; the member reads it, too", type: "text", required: true } as const;
const minutes = {
  name: "minutes",
  description: "How long, in minutes (at most 28 days)",
  type: "integer",
  required: true,
} as const;

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "warn",
    description: "Warn a member by direct message and open a case",
    options: [member, reason],
    needs: ["MODERATE_MEMBERS"],
    reply: "ephemeral",
  },
  {
    name: "timeout",
    description: "Silence a member for a while and open a case",
    options: [member, minutes, reason],
    needs: ["MODERATE_MEMBERS"],
    reply: "ephemeral",
  },
  {
    name: "ban",
    description: "Ban a member and open a case; another human has to allow it where the guild says so",
    options: [member, reason],
    needs: ["BAN_MEMBERS"],
    reply: "ephemeral",
  },
];

/**
 * A moderator's command is a proposal like any other, on the moderator's behalf. The road answers the interaction with what
 * the judge made of it; only a command that cannot be understood is answered from here.
 */
export function answerCommand(event: CommandUsed, look: Look, config: Config): readonly Effect[] {
  const spec = COMMANDS.find((command) => command.name === event.command);
  if (spec === undefined) return [];
  const target = event.options["member"];
  if (!isMember(target)) return [misunderstood(event, "Name the member it concerns.")];
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
  const offences = countedOffences(look.record("conduct", target.userId), event.at, config);
  return [proposal, write(conductAfter(target, offences, event.at, `command-${event.command}`))];
}

/** The action, or what to tell the moderator instead. */
function actionOf(event: CommandUsed, target: Member, look: Look): Action | string {
  const why = reasonOf(event);
  if (event.command === "warn") {
    return { verb: "member.warn", member: target, notice: moderatorNotice(event, look, "You were warned", why) };
  }
  if (event.command === "ban") {
    const notice = moderatorNotice(event, look, "You were banned", why);
    return { verb: "member.ban", member: target, deleteSeconds: 0, notice };
  }
  const wanted = event.options["minutes"];
  if (typeof wanted !== "number" || !(wanted >= 1 && wanted <= LONGEST_TIMEOUT_MINUTES)) {
    return `Minutes must be from 1 to ${LONGEST_TIMEOUT_MINUTES} (28 days).`;
  }
  const notice = moderatorNotice(event, look, "You were timed out", why);
  return { verb: "member.timeout", member: target, until: event.at + Math.round(wanted * MINUTE), notice };
}

function reasonOf(event: CommandUsed): string {
  const said = event.options["reason"];
  const text = typeof said === "string" ? said.trim() : "";
  return text === "" ? "no reason given" : text;
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
