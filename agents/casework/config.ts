import { z } from "zod";

export const configSchema = z.strictObject({
  staffChannelId: z
    .string()
    .regex(/^\d{1,20}$/, "a channel id")
    .optional()
    .describe(
      "Where staff see what members report, and what they have to say against a measure. Without it neither is taken.",
    ),
  forgetAfterDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe("What a moderator did to a member counts no longer than this towards the member's next offence."),
  appeals: z
    .strictObject({
      cooldownDays: z
        .number()
        .int()
        .min(0)
        .max(365)
        .default(14)
        .describe("So long after an appeal was turned down the same case is not heard again."),
      keepExamplesDays: z
        .number()
        .int()
        .min(0)
        .max(3_650)
        .default(365)
        .describe("So long the words of a case that was overturned are kept, to measure the rules by."),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;
