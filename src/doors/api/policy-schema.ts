import { z } from "zod";
import { Time } from "./time-schema.ts";

export const PolicyVersion = z
  .object({ version: z.int(), document: z.string(), by: z.string(), at: Time })
  .meta({ id: "PolicyVersion" });

export const Policy = z
  .object({
    version: z.int().describe("0 where nothing was chosen: what default.yaml says holds."),
    document: z.string(),
    by: z.string().optional(),
    at: Time.optional(),
    hash: z.string(),
    keptIn: z.enum(["file", "store"]).describe("A file in config/guilds goes before what is stored."),
    preset: z.string().optional().describe("The starting point the choices lie over."),
    problem: z.string().optional().describe("Why the stored choices cannot be read; the defaults hold meanwhile."),
  })
  .meta({ id: "Policy" });

const Document = z.string().max(200_000).describe("YAML, as in config/guilds/<guild id>.yaml.");
export const PolicyChoice = z.object({
  document: Document,
  basedOn: z.int().min(0),
  confirmed: z
    .boolean()
    .default(false)
    .describe("Somebody has seen how many messages a rule would have hit, and wants it all the same."),
});
const Spoken = z.union([z.string(), z.object({ en: z.string() }).catchall(z.string())]).describe("By language.");
export const Presets = z
  .object({ presets: z.array(z.object({ name: z.string(), title: Spoken, about: Spoken })) })
  .meta({ id: "Presets" });
const RuleHits = z.object({ agent: z.string(), rule: z.string(), messages: z.int() });
export const Rehearsal = z.object({ document: Document, from: z.int().min(0), to: z.int().min(0) });
export const Rehearsed = z
  .object({
    events: z.int(),
    messages: z.int().describe("So many of the events are messages."),
    hits: z.array(RuleHits).describe("How many of the messages each rule would have met."),
    heavy: z
      .array(RuleHits.extend({ share: z.number() }))
      .describe("Rules new to the guild that meet so many that choosing them takes `confirmed`."),
    textExpired: z.int().describe("Events whose text is gone: they were decided on an excerpt."),
    rulings: z.array(z.object({ agent: z.string(), rule: z.string(), ruling: z.string(), count: z.int() })),
    examples: z.array(
      z.object({
        ...{ eventId: z.string(), agent: z.string(), rule: z.string(), verb: z.string() },
        ...{ why: z.string(), ruling: z.string(), because: z.string() },
      }),
    ),
  })
  .meta({ id: "Rehearsed" });
