import { z } from "zod";
import { VERBS, type ApprovalPolicy, type Verb } from "#core";
import { id, seconds } from "./parts.ts";

const verbs = Object.keys(VERBS) as [Verb, ...Verb[]];
const telegramId = z.string().regex(/^\d{1,19}$/, "a Telegram user's id, in quotes");
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 22:00");
const timeZone = z.string().refine(isTimeZone, "a time zone such as Europe/Berlin");
const quorum = z.number().int().min(1).max(10);

const person = z.strictObject({
  name: z.string().min(1).max(60),
  telegramUserId: telegramId.optional(),
  discordUserId: id.optional(),
});

const rule = z.strictObject({
  verbs: z.array(z.enum(verbs)).optional(),
  agents: z.array(z.string()).optional().describe("By these agents."),
  rules: z.array(z.string()).optional().describe("For these rules of theirs."),
  confidenceBelow: z.number().min(0).max(1).optional().describe("Less sure than this."),
  targetsAtLeast: z.number().int().min(1).optional().describe("Aimed at so many members, or more."),
  targetRoleIds: z.array(id).optional().describe("Aimed at somebody with one of these roles."),
  ruling: z.enum(["ask", "run"]).describe("ask: a human is asked. run: not for this reason."),
  quorum: quorum.optional().describe("How many people have to allow it."),
});

const onExpiry = z.strictObject({
  verb: z.enum(["member.timeout", "member.warn"]),
  minutes: z.number().int().min(1).max(40_320).optional().describe("How long the time-out is."),
});

const quietHours = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  timeZone: timeZone.optional().describe("Left out: the guild's."),
});

/** Who answers, how many of them, and what the clock does meanwhile. */
export const approvalChoices = {
  rules: z
    .array(rule)
    .default([])
    .describe("Exceptions to `verbs`. The first in which all that is named holds decides."),
  guardedRoleIds: z
    .array(id)
    .default([])
    .describe("Giving one of these roles waits for a human, as giving any that may moderate does."),
  atOnce: z
    .strictObject({
      for: seconds("15m").describe("So long; it is put back by itself then."),
      agents: z.array(z.string()).default(["raids"]).describe("By these agents; all others ask first."),
    })
    .prefault({})
    .describe("Locking channels and pausing invites, without asking. To keep it longer is asked for."),
  quorum: quorum.default(1).describe("So many people have to allow a step; one is enough to reject it."),
  people: z
    .array(person)
    .default([])
    .describe(
      "Who may answer, in the order in which they are called when nobody does. One person, one vote, on every face.",
    ),
  roleIds: z
    .array(id)
    .default([])
    .describe("Whose members may answer in Discord. Without any, whoever may do by hand what is asked."),
  onExpiry: onExpiry
    .optional()
    .describe("What is done instead of a ban or a kick nobody decided on. Left out: nothing."),
  remindAfter: seconds("1h").describe("After so long a reminder, and after as long again the next person is called."),
  timeZone: timeZone.default("UTC").describe("In which times are told on Telegram. Discord knows its readers' own."),
  quietHours: quietHours.optional().describe("No reminders, and cards arrive without a sound."),
  channelId: id.optional().describe("The moderators' channel in which cards are shown."),
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

type Chosen = z.infer<z.ZodObject<typeof approvalChoices>> & {
  readonly verbs: readonly Verb[];
  readonly expireAfter: number;
};

export function approvalPolicy({
  verbs: asked,
  expireAfter,
  remindAfter,
  atOnce,
  quietHours: quiet,
  ...chosen
}: Chosen): ApprovalPolicy {
  const given: Partial<ApprovalPolicy> = Object.fromEntries(
    Object.entries(chosen).filter(([, value]) => value !== undefined),
  );
  return {
    ...given,
    verbs: asked,
    ...(quiet !== undefined && { quietHours: { ...quiet, timeZone: quiet.timeZone ?? chosen.timeZone } }),
    atOnce: { seconds: atOnce.for, agents: atOnce.agents },
    expireAfterSeconds: expireAfter,
    remindAfterSeconds: remindAfter,
  };
}
