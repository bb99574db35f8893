import { z } from "zod";
import { id } from "./parts.ts";

const days = (what: string) => z.number().min(0).max(3_650).optional().describe(what);

/** What may be asked of a member and a place; everything that is said must hold. */
export interface Condition {
  readonly roles?: readonly string[] | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly accountYoungerThanDays?: number | undefined;
  readonly memberForLessThanDays?: number | undefined;
  readonly pointsAtLeast?: number | undefined;
  readonly casesAtLeast?: number | undefined;
  readonly all?: readonly Condition[] | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
}

export const condition: z.ZodType<Condition> = z
  .strictObject({
    roles: z.array(id).optional().describe("Has one of these roles."),
    channels: z.array(id).optional().describe("In one of these channels or categories, or a thread in one of them."),
    accountYoungerThanDays: days("The account was made less than so many days ago."),
    memberForLessThanDays: days("Joined less than so many days ago. Of whom nobody knows when, it is not so."),
    pointsAtLeast: z.number().min(0).max(1_000).optional().describe("Has so many points already, as they count today."),
    casesAtLeast: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe("So many cases are about them, whatever came of each."),
    all: z
      .lazy(() => z.array(condition))
      .optional()
      .describe("Each of these holds."),
    any: z
      .lazy(() => z.array(condition).min(1))
      .optional()
      .describe("At least one of these holds."),
    not: z
      .lazy(() => condition)
      .optional()
      .describe("This does not hold."),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error:
      "a condition: roles, channels, accountYoungerThanDays, memberForLessThanDays, pointsAtLeast, casesAtLeast, all, any or not",
    // A name nobody knows is said already.
    when: ({ issues }) => issues.length === 0,
  });
