import { z } from "zod";

const Id = z.string().min(1).max(64);

export const DemoWorld = z
  .object({
    guildId: z.string(),
    members: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        roles: z.array(z.string()),
        bot: z.boolean().optional(),
        timeoutUntil: z.number().optional(),
        banned: z.boolean().optional(),
      }),
    ),
    channels: z.array(z.object({ id: z.string(), name: z.string(), type: z.int(), topic: z.string().optional() })),
    commands: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        options: z.array(
          z.object({
            name: z.string(),
            description: z.string(),
            type: z.enum(["text", "number", "boolean", "member"]),
            required: z.boolean().optional(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "DemoWorld" });

export const DemoMessages = z
  .object({
    messages: z.array(
      z.object({
        id: z.string(),
        authorId: z.string(),
        authorName: z.string(),
        bot: z.boolean().optional(),
        text: z.string(),
        title: z.string().optional(),
        at: z.number(),
        edited: z.boolean().optional(),
        deleted: z
          .object({ at: z.number(), byHouse: z.boolean(), eventId: z.string().optional().describe("Ask it why.") })
          .optional(),
        reactions: z.array(z.object({ emoji: z.string(), count: z.int() })),
        onlyFor: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "DemoMessages" });

export const ChannelParams = z.object({ channelId: Id });
export const Say = z.object({ memberId: Id, channelId: Id, text: z.string().trim().min(1).max(2000) });
export const React = z.object({ memberId: Id, channelId: Id, messageId: Id, emoji: z.string().min(1).max(64) });
export const Join = z.object({ name: z.string().trim().min(2).max(32).optional() });
export const Leave = z.object({ memberId: Id });
export const UseCommand = z.object({
  memberId: Id,
  channelId: Id,
  command: z.string().min(1).max(32),
  options: z.record(z.string(), z.union([z.string().max(2000), z.number(), z.boolean()])),
});
export const Raid = z.object({ count: z.int().min(1).max(200).default(25) });
export const SpamWave = z.object({ channelId: Id });
