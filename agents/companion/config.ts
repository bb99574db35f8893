import { z } from "zod";

export const configSchema = z.strictObject({
  tone: z
    .string()
    .min(1)
    .max(500)
    .default("Warm, plain and brief; like a neighbour, never like an advertisement.")
    .describe("How the community wants to sound, in its own words."),
  encourage: z
    .strictObject({
      channelIds: z
        .array(z.string())
        .default([])
        .describe("Where members share their own things. Nowhere is the default."),
      cooldownMinutes: z
        .number()
        .int()
        .min(1)
        .max(10_080)
        .default(30)
        .describe("Between two encouragements in a channel."),
      minimumLength: z.number().int().min(1).max(4_000).default(40).describe("Shorter messages are left alone."),
    })
    .prefault({})
    .describe("An encouraging line to somebody who shares something. A model writes it; without one nothing is said."),
  reply: z
    .strictObject({
      enabled: z.boolean().default(false).describe("Whether the bot answers when it is spoken to."),
      perMember: z.number().int().min(1).max(60).default(5).describe("So many replies to one member in ten minutes."),
      perChannel: z
        .number()
        .int()
        .min(1)
        .max(300)
        .default(20)
        .describe("So many replies in one channel in ten minutes."),
    })
    .prefault({})
    .describe("A short reply to whoever mentions the bot or replies to it; a fixed line where no model answers."),
});

export type Config = z.infer<typeof configSchema>;
