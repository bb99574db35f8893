import { z } from "zod";
import { id, rung } from "./parts.ts";

const minutes = z.number().int().min(1).max(525_600);

const step = z.strictObject({
  points: z.number().int().min(1).max(1_000).describe("From so many points on, the newest included …"),
  measure: z.enum(["warn", "timeout", "kick", "ban"]).describe("… this is done."),
  minutes: minutes.optional().describe("How long a time-out of this step lasts. Left out: timeoutMinutes."),
});

const wording = z
  .string()
  .min(1)
  .max(1_500)
  .optional()
  .describe("In your own words. {guild}, {rule}, {why}, {quote}, {minutes} and {case} are filled in.");

export const ladder = z
  .strictObject({
    steps: z
      .array(step)
      .min(1)
      .max(20)
      .default([
        { points: 1, measure: "warn" },
        { points: 2, measure: "timeout" },
        { points: 5, measure: "ban" },
      ])
      .describe("What points lead to."),
    timeoutMinutes: minutes.default(60).describe("How long a time-out lasts."),
    forgetAfterDays: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .default(30)
      .describe("Points fade evenly, and are gone after so many days without an offence."),
    sameIncidentSeconds: z
      .number()
      .int()
      .min(0)
      .max(600)
      .default(10)
      .describe("What follows an offence within this time is the same incident: deleted, and not punished again."),
    firstOffenceAtMost: rung.default("ban").describe("Whoever has no points yet meets nothing harsher than this."),
    exceptions: z
      .array(
        z.strictObject({
          roles: z.array(id).min(1).describe("Members with one of these roles …"),
          atMost: rung.describe("… meet nothing harsher than this."),
        }),
      )
      .default([])
      .describe("Roles the ladder is milder with."),
    wording: z
      .strictObject({ warn: wording, timeout: wording, kick: wording, ban: wording })
      .prefault({})
      .describe(
        "What members are told by direct message, by measure. Left out: the house's words, in the guild's language.",
      ),
    appeal: z
      .string()
      .max(300)
      .optional()
      .describe("A last line for whoever was met: how to object. In your own words."),
  })
  .prefault({});
