import { z } from "zod";
import { RAID_STEPS } from "#core";

const Time = z.number().describe("Milliseconds since 1970.");

export const RaidView = z
  .object({
    number: z.int(),
    mode: z.enum(["live", "shadow"]).describe("shadow: it was only watched."),
    step: z.enum(RAID_STEPS).describe("How far the house has gone, the mildest first."),
    startedAt: Time,
    lastAt: Time,
    endedAt: Time.optional(),
    joins: z.int(),
    members: z.int().describe("Of those who joined, whoever is taken for part of it."),
    quarantined: z.int(),
    lockedChannels: z.int(),
    pausedUntil: Time.optional(),
    moments: z.array(z.object({ at: Time, what: z.string(), why: z.string() })),
  })
  .meta({ id: "Raid" });

export const RaidPage = z.object({ raid: RaidView.optional() }).meta({ id: "RaidPage" });
