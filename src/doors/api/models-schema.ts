import { z } from "zod";

const Sum = z.object({
  calls: z.int(),
  tokensIn: z.int(),
  tokensOut: z.int(),
  dollars: z.number().describe("US dollars, by the configured prices."),
});

export const Models = z
  .object({
    providers: z.array(
      z.object({
        provider: z.string(),
        models: z.array(z.string()),
        breaker: z
          .enum(["closed", "open", "half-open"])
          .describe("open: it failed too often, and is left alone for now."),
        answered: z.int(),
        failed: z.int(),
        medianMs: z.number().optional(),
        lastFailure: z.object({ kind: z.string(), at: z.number(), status: z.int().optional() }).optional(),
      }),
    ),
    budget: z.object({ callsPerMonth: z.number(), dollarsPerDay: z.number(), dollarsPerMonth: z.number() }),
    limit: z
      .string()
      .optional()
      .describe("The limit that is reached, as it is called in the settings: until it ends, rules decide alone."),
    today: Sum,
    month: Sum,
    byPrompt: z.array(Sum.extend({ agent: z.string(), prompt: z.string(), model: z.string() })),
  })
  .meta({ id: "Models" });
