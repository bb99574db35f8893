import { z } from "zod";
import { GuildParams } from "./schema.ts";
import { Time } from "./time-schema.ts";

const Place = z.object({ channelId: z.string(), messageId: z.string() });

export const KnowledgeSource = z
  .object({
    id: z.string(),
    kind: z.enum(["entry", "file", "message", "question"]),
    title: z.string(),
    version: z.int(),
    at: Time,
    by: z.string().describe("Who gave it, and by which door."),
    place: Place.optional(),
    author: z
      .object({ userId: z.string(), agreedAt: Time.optional() })
      .optional()
      .describe("Whose words they are, and since when that member agrees to their use."),
    passages: z.array(
      z.object({
        asks: z.array(z.string()),
        text: z.string(),
        language: z.string().optional(),
        helpful: z.int(),
        unhelpful: z.int(),
      }),
    ),
    answers: z
      .array(
        z.object({
          question: z.string(),
          at: Time,
          standing: z.enum(["right", "corrected", "withdrawn"]),
          place: Place.optional(),
        }),
      )
      .describe("Answers others can read that rest on it, the newest first; the fifty newest are remembered."),
  })
  .meta({ id: "KnowledgeSource" });

export const Knowledge = z.object({ sources: z.array(KnowledgeSource) }).meta({ id: "Knowledge" });

export const Gaps = z
  .object({
    gaps: z.array(
      z.object({
        topic: z.string().describe("Names it, for answering or dismissing it."),
        asks: z.array(z.string()),
        times: z.int(),
        lastAt: Time,
      }),
    ),
  })
  .meta({ id: "Gaps" });

const Typed = {
  question: z.string().describe("How it is asked."),
  also: z.array(z.string()).max(50).default([]).describe("Other ways to ask it."),
  answer: z.string(),
};

export const NewEntry = z
  .strictObject({
    ...Typed,
    gap: z
      .string()
      .optional()
      .describe("The topic it answers: its wordings become ways to ask, and it waits no longer."),
  })
  .meta({ id: "NewEntry" });
export const ChangedEntry = z.strictObject(Typed).meta({ id: "ChangedEntry" });

export const Given = z
  .object({
    eventId: z.string().describe("The change's own event: its *why* can be asked once it is committed."),
    sourceId: z.string(),
  })
  .meta({ id: "Given" });

export const SourceParams = GuildParams.extend({ sourceId: z.string().min(1).max(200) });
export const TopicParams = GuildParams.extend({ topic: z.string().min(1).max(200) });
