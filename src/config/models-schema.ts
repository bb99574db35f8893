import { z } from "zod";
import { duration } from "./duration.ts";

export const PROVIDERS = ["anthropic", "openai", "google-genai", "ollama"] as const;
export type Provider = (typeof PROVIDERS)[number];

const modelOf = (...providers: readonly Provider[]) =>
  z
    .string()
    .regex(
      new RegExp(`^(${providers.join("|")}):\\S+$`),
      `provider:model, the provider one of ${providers.join(", ")}`,
    );
const chain = (tier: string) =>
  z
    .array(modelOf(...PROVIDERS))
    .max(12)
    .default([])
    .describe(`Models for ${tier}, in the order in which they are asked.`);

/** −1 is without a limit; nobody means more than the largest of these. */
const limit = (most: number) =>
  z
    .number()
    .refine((value) => value === -1 || (value >= 0 && value <= most), `-1 (no limit), or a number from 0 to ${most}`)
    .default(-1);
const dollars = limit(1_000_000);
const amount = limit(1_000_000_000).refine((value) => Number.isInteger(value), "a whole number");

/** What one guild may spend on models: its own choice, in its own file. */
export const budget = z
  .strictObject({
    callsPerMonth: amount.describe("So many requests to models a month."),
    dollarsPerDay: dollars.describe("So many US dollars a day (UTC)."),
    dollarsPerMonth: dollars.describe("So many US dollars a month (UTC)."),
  })
  .prefault({})
  .describe("What models may cost this guild; -1 is without a limit. Beyond it rules alone decide.");

const plan = z.strictObject({
  servers: amount.describe("Guilds of one organisation that may ask models."),
  members: amount.describe("Members of all of them together."),
  callsPerMonth: amount.describe("Requests to models a month, of all of them together."),
});
const price = z.strictObject({
  in: z.number().min(0).max(10_000).describe("US dollars for a million tokens asked with."),
  out: z.number().min(0).max(10_000).describe("US dollars for a million tokens answered with."),
});
const count = (fallback: number, most: number) => z.number().int().min(1).max(most).default(fallback);

export const models = z
  .strictObject({
    small: chain("everyday questions"),
    large: chain("questions that need an abler model"),
    witnesses: z
      .array(modelOf("openai"))
      .max(4)
      .default([])
      .describe("Classifiers that agents may let look at a text, in the order in which they are asked."),
    embeddings: z
      .array(modelOf("openai", "google-genai", "ollama"))
      .max(4)
      .default([])
      .describe("Models that turn texts into vectors for search: the first whose provider has a key is used."),
    prices: z.record(z.string(), price).default({}).describe("By provider:model, or by how such a name begins."),
    plan: z.string().default("enterprise").describe("Which of the plans below holds."),
    plans: z.record(z.string(), plan).default({ enterprise: { servers: -1, members: -1, callsPerMonth: -1 } }),
    deadline: duration.prefault("20s").describe("A question is given up after so long, whoever is still being asked."),
    timeout: duration.prefault("10s").describe("One request is given up after so long; then the next model is asked."),
    retries: z.number().int().min(0).max(5).default(2).describe("More tries where the provider says that they help."),
    longestWait: duration.prefault("3s").describe("A provider that asks for a longer wait is left for the next one."),
    atOnce: count(8, 200).describe("Requests to one provider side by side."),
    breakAfter: count(5, 100).describe("So many failures in a row, and a provider is left alone …"),
    breakFor: duration.prefault("15s").describe("… for so long; then one request tries whether it is back."),
    hedgeAfter: duration
      .optional()
      .describe(
        "Urgent questions: the next model is asked as well after so long. Costs more; left out, it is never done.",
      ),
    reuseFor: duration.prefault("60s").describe("The same question within so long is asked once."),
    maxTokens: count(800, 8_000).describe("The longest answer a model may give."),
  })
  .refine((chosen) => chosen.plan in chosen.plans, {
    message: "the name of one of the plans",
    path: ["plan"],
  })
  .prefault({})
  .describe("Which models are asked, and how; no guild can choose this.");

export type ModelChoices = z.infer<typeof models>;
export type ModelBudget = z.infer<typeof budget>;
