import { z } from "zod";

export const LONGEST_ANSWER = 1_000;
export const LONGEST_SHORT = 200;
const length = z.number().int().min(0).max(LONGEST_ANSWER);

const question = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,30}$/)
      .describe("Kept while forms are open: by it an answer finds its question."),
    label: z.string().min(1).max(45).describe("The question itself."),
    about: z.string().min(1).max(100).optional().describe("One line under it."),
    placeholder: z.string().min(1).max(100).optional().describe("What stands in the field until somebody writes."),
    long: z.boolean().default(false).describe("Room for several lines."),
    required: z.boolean().default(true).describe("Nothing is sent without it."),
    min: length.optional().describe("At least so many characters."),
    max: length
      .min(1)
      .optional()
      .describe("At most so many; 200, or 1000 where there is room for lines, if nothing is said."),
  })
  .refine(
    ({ min = 0, long, max = long ? LONGEST_ANSWER : LONGEST_SHORT }) => min <= max,
    "min must not be more than max",
  );

/** What a type's form asks, where the guild has questions of its own. */
export const questionsSchema = z
  .array(question)
  .min(1)
  .max(5)
  .superRefine((all, context) => {
    const ids = all.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) context.addIssue({ code: "custom", message: `two questions are called ${twice}` });
  });
