import { z } from "zod";

export const configSchema = z.strictObject({
  trialHours: z
    .number()
    .int()
    .min(1)
    .max(168)
    .default(24)
    .describe("The choices are tried on the messages of so many hours before they hold."),
});

export type Config = z.infer<typeof configSchema>;
