import { z } from "zod";

const Id = z.string().min(1).max(64);

const Choice = z.object({ value: z.string(), label: z.string() });

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
    channels: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.int(),
        topic: z.string().optional(),
        parentId: z.string().optional(),
      }),
    ),
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
            choices: z.array(Choice).optional(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "DemoWorld" });

const Part = z.union([
  z.object({
    kind: z.literal("button"),
    customId: z.string(),
    label: z.string(),
    look: z.enum(["main", "plain", "danger"]),
    disabled: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("link"), url: z.string(), label: z.string() }),
  z.object({
    kind: z.literal("menu"),
    customId: z.string(),
    label: z.string(),
    atMost: z.int(),
    choices: z.array(Choice),
  }),
]);

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
        parts: z.array(Part).optional().describe("What can be pressed or chosen under it."),
        pictures: z.array(z.object({ id: z.string(), description: z.string() })).optional(),
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

export const DemoUse = z
  .object({
    interactionId: z.string(),
    form: z
      .object({
        title: z.string(),
        fields: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            about: z.string().optional(),
            kind: z.enum(["line", "text", "choice"]),
            required: z.boolean(),
            value: z.string().optional(),
            longest: z.int().optional(),
            atMost: z.int().optional(),
            choices: z.array(Choice).optional(),
          }),
        ),
      })
      .optional()
      .describe("What the bot wants to know first."),
  })
  .meta({ id: "DemoUse" });

export const Press = z.object({
  memberId: Id,
  channelId: Id,
  messageId: z.string().min(1).max(100),
  customId: z.string().min(1).max(100),
  values: z.array(z.string().max(100)).max(25).optional(),
});
export const Fill = z.object({
  interactionId: Id,
  fields: z.record(z.string().max(100), z.union([z.string().max(4_000), z.array(z.string().max(100)).max(25)])),
});
export const PictureParams = z.object({ pictureId: Id });
