import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");

export const configSchema = z.strictObject({
  channelId: id.optional().describe("Where messages with many stars are shown. Without a channel none is."),
  emoji: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .refine((emoji) => !/^:\w+:$/.test(emoji), "write the emoji itself, like ⭐, or name:id for one of the guild's own")
    .default("⭐")
    .describe("What counts as a star: an emoji, or name:id for one of the guild's own."),
  threshold: z.number().int().min(1).max(500).default(3).describe("So many stars bring a message there."),
  selfStar: z.boolean().default(false).describe("Whether a member's star on their own message counts."),
  exceptChannelIds: z
    .array(id)
    .default([])
    .describe("Channels and categories whose messages are not shown, with their threads."),
  privateChannels: z
    .boolean()
    .default(false)
    .describe("Whether messages of channels that not everybody sees are shown, too."),
  days: z
    .number()
    .int()
    .min(1)
    .max(90)
    .default(14)
    .describe("Stars on older messages do not count, and nothing changes on the board after so many days."),
  excerptLength: z.number().int().min(50).max(1_500).default(700).describe("So much of a message's text is shown."),
});

export type Config = z.infer<typeof configSchema>;
