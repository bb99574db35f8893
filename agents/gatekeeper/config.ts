import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");

export const configSchema = z.strictObject({
  roleId: id.optional().describe("Given to newcomers who are let in. Without it there is no gate."),
  method: z
    .enum(["button", "question", "letters"])
    .default("button")
    .describe(
      "button: one press. question: an answer in words. letters: a picture of letters, drawn by the house itself.",
    ),
  question: z.string().max(300).default("").describe("What is asked, for the method question."),
  answers: z
    .array(z.string().min(1).max(100))
    .default([])
    .describe("Each of these answers is right; case and punctuation do not matter."),
  leastAccountDays: z
    .number()
    .min(0)
    .max(3_650)
    .default(0)
    .describe("Younger accounts are let in by staff only, or once they are that old."),
  waitMinutes: z.number().int().min(0).max(1_440).default(0).describe("So long after joining the gate opens."),
  kickAfterHours: z
    .number()
    .int()
    .min(0)
    .max(168)
    .default(0)
    .describe("Whoever has not come in by then is removed, told why and how to come back. 0: nobody is."),
  comeBack: z
    .string()
    .max(200)
    .default("")
    .describe("How to come back: an invite, say. Part of what the removed are told."),
});

export type Config = z.infer<typeof configSchema>;
