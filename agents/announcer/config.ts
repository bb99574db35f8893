import { isZone } from "#core/calendar/zones";
import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");

const chosen = z.strictObject({
  approval: z
    .enum(["author", "second"])
    .default("author")
    .describe("Who sends an announcement off: author, whoever wrote it; second, somebody else who may announce."),
  approvalChannelId: id.optional().describe("Where announcements wait for a second person, for the choice second."),
  everyone: z
    .boolean()
    .default(false)
    .describe(
      "Announcements may call @everyone, if whoever writes them may; only with the approval of a second person.",
    ),
  timeZone: z
    .string()
    .refine(isZone, "a zone like Europe/Berlin")
    .default("UTC")
    .describe("Whose clocks times are read by, for authors who have not said their own zone."),
  mostChannels: z.number().int().min(1).max(10).default(5).describe("No more channels than this for one announcement."),
  mostPlanned: z.number().int().min(1).max(200).default(50).describe("No more announcements than this wait at a time."),
  latestHours: z
    .number()
    .int()
    .min(1)
    .max(168)
    .default(6)
    .describe(
      "Where the house was away, an announcement is still posted so late; after that its author is told instead.",
    ),
  tone: z
    .string()
    .max(500)
    .default("Friendly and clear.")
    .describe("How the community wants drafts by a model to sound."),
});

/** The loudest call there is takes two. */
export const configSchema = chosen.superRefine(({ everyone, approval }, context) => {
  if (!everyone || approval === "second") return;
  const message = "@everyone is called only with a second person's approval: set approval to second";
  context.addIssue({ code: "custom", path: ["everyone"], message });
});

export type Config = z.infer<typeof configSchema>;
