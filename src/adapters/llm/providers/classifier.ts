import { z } from "zod";
import { HARMS, type Findings, type Harm } from "#core";
import { ModelFailure } from "./failure.ts";
import { modelName, type Access } from "./names.ts";

/** Lets a provider's own classifier look at one text. Rejects with whatever its client throws. */
export type Classify = (text: string, signal: AbortSignal) => Promise<Findings>;

/** The moderation endpoint of OpenAI, and of servers that speak as it does, by the official client. */
export async function openClassifier(name: string, { key, baseUrl }: Access): Promise<Classify> {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({
    ...{ apiKey: key ?? "none", maxRetries: 0, logLevel: "off" },
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
  });
  const { model } = modelName(name);
  return async (text, signal) => {
    const { results } = await client.moderations.create({ model, input: text }, { signal });
    const read = resultSchema.safeParse(results[0]);
    if (!read.success) throw new ModelFailure("malformed");
    return findingsOf(read.data);
  };
}

const resultSchema = z.object({
  categories: z.record(z.string(), z.boolean().nullable()),
  category_scores: z.record(z.string(), z.number().min(0).max(1).nullable()),
});

/** Which of the endpoint's categories speak for which harm. One that is not named here says nothing. */
const CATEGORIES: Readonly<Record<Harm, readonly string[]>> = {
  harassment: ["harassment"],
  hate: ["hate"],
  threat: ["harassment/threatening", "hate/threatening"],
  sexual: ["sexual"],
  "sexual-minors": ["sexual/minors"],
  "self-harm": ["self-harm", "self-harm/intent", "self-harm/instructions"],
  violence: ["violence", "violence/graphic"],
  illicit: ["illicit", "illicit/violent"],
};

function findingsOf({ categories, category_scores: scores }: z.infer<typeof resultSchema>): Findings {
  const most = (harm: Harm): number => Math.max(0, ...CATEGORIES[harm].map((category) => scores[category] ?? 0));
  return {
    flagged: HARMS.filter((harm) => CATEGORIES[harm].some((category) => categories[category] === true)),
    scores: Object.fromEntries(HARMS.map((harm) => [harm, most(harm)])) as Record<Harm, number>,
  };
}
