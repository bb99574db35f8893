import { z } from "zod";

export const configSchema = z.strictObject({
  forgetAfterDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe("What a moderator did to a member counts no longer than this towards the member's next offence."),
});

export type Config = z.infer<typeof configSchema>;
