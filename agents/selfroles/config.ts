import { z } from "zod";

export const configSchema = z.strictObject({
  mostPanels: z.number().int().min(1).max(100).default(25).describe("No more panels of roles than this at a time."),
});

export type Config = z.infer<typeof configSchema>;
