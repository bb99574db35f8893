import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");
const count = (fallback: number, most: number, what: string) =>
  z.number().int().min(2).max(most).default(fallback).describe(what);
const minutes = (fallback: number, what: string) => z.number().int().min(1).max(1_440).default(fallback).describe(what);

export const configSchema = z.strictObject({
  alertChannelId: id.optional().describe("Where staff are told of a raid and read its report. Without it nobody is."),
  quarantineRoleId: id
    .optional()
    .describe("Given to members of a raid who attack; it should be denied everything. Without it they are timed out."),
  usualPerHour: z
    .number()
    .min(0)
    .max(100_000)
    .default(4)
    .describe("So many join in an hour before the house has learnt how many usually do."),
  related: z
    .strictObject({
      slow: count(3, 100, "So many newcomers who look made by one hand slow the guild down."),
      pause: count(4, 100, "So many of them pause invites and direct messages."),
      sameInvite: count(6, 100, "So many young accounts that come by one invite within a minute slow the guild down."),
    })
    .prefault({}),
  attackers: count(3, 100, "So many newcomers who spam within a minute lock the channels they write in."),
  slowmodeSeconds: z
    .number()
    .int()
    .min(0)
    .max(21_600)
    .default(30)
    .describe("Slow mode of the channel newcomers first see, and of channels they attack. 0 leaves it as it is."),
  verificationLevel: z
    .number()
    .int()
    .min(0)
    .max(4)
    .default(3)
    .describe("What newcomers must have meanwhile before they may speak, by Discord's number. Never less than before."),
  pauseMinutes: minutes(15, "How long invites and direct messages are paused. Longer than 15 is put to a human."),
  longerPauseMinutes: minutes(60, "When a raid outlasts that, a human is asked for a pause this long."),
  lockMinutes: minutes(15, "How long a channel is locked at most. Longer than 15 is put to a human."),
  calmMinutes: minutes(5, "After so long without a sign of it, a raid is over and everything is put back."),
  mostChannels: count(10, 100, "No more channels than this are locked or slowed."),
  mostQuarantined: count(100, 1_000, "No more members than this are quarantined one by one."),
  banCohort: z.boolean().default(true).describe("Propose to ban a raid's members together when it is over."),
  surgeHours: z
    .number()
    .int()
    .min(1)
    .max(72)
    .default(3)
    .describe("How long a planned surge lasts, if nothing is said."),
});

export type Config = z.infer<typeof configSchema>;
