import { z } from "zod";
import { condition } from "./condition.ts";
import { rung } from "./parts.ts";
import { triggers } from "./triggers.ts";

export const SOURCES = ["messages", "edits", "threads", "names"] as const;

const measures = z
  .strictObject({
    atLeast: rung
      .default("warn")
      .describe(
        "The mildest measure: report (tell the moderators, do nothing), delete (the message only), warn, timeout, kick or ban. Points make it harsher.",
      ),
    atMost: rung.default("ban").describe("The harshest measure, however many points somebody has."),
    points: z.number().int().min(0).max(100).default(1).describe("So many points it adds to the ladder; 0 adds none."),
    deletes: z.boolean().default(true).describe("Whether the message goes."),
    timeoutMinutes: z.number().int().min(1).max(525_600).optional().describe("How long this rule's time-outs last."),
    tellsModerators: z.boolean().default(false).describe("Whether moderators get a line in reportChannelId each time."),
  })
  .prefault({});

/** A trigger, conditions, and what is done. */
export const rule = z.strictObject({
  enabled: z.boolean().default(true).describe("false switches the rule off and keeps it."),
  about: z
    .string()
    .max(200)
    .optional()
    .describe("The rule in the community's own words, for whoever broke it. Left out: the rule's name."),
  reads: z
    .array(z.enum(SOURCES))
    .min(1)
    .default(["messages", "edits", "threads"])
    .describe(
      "What is read: messages, edits, threads (the titles of posts and threads), names (nicknames and user names).",
    ),
  when: triggers.describe("What it looks for; one of these is enough."),
  only: condition.optional().describe("The rule holds only where this is so."),
  unless: condition.optional().describe("The rule does not hold where this is so."),
  pushDown: z
    .boolean()
    .default(false)
    .describe(
      "Let Discord's own AutoMod hold such messages back before anybody sees them, as far as it can: words, patterns and mentions, with roles and channels left out.",
    ),
  then: measures.describe("What is done."),
});

export type Rule = z.infer<typeof rule>;
