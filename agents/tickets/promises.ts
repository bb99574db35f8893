import { z } from "zod";
import { TICKET_PRIORITIES, type TicketPriority } from "#core";

const MONTH = 43_200;

const answerMinutes = z.number().int().min(0).max(MONTH);
const solveMinutes = z
  .number()
  .int()
  .min(0)
  .max(12 * MONTH);
const other = z.strictObject({ answerMinutes: answerMinutes.optional(), solveMinutes: solveMinutes.optional() });

/** What a guild promises its members, and what happens where it is not kept. */
export const deadlinesSchema = z.strictObject({
  answerMinutes: answerMinutes
    .default(0)
    .describe("Minutes of opening hours until staff's first answer; 0 promises nothing."),
  solveMinutes: solveMinutes
    .default(0)
    .describe("Minutes of opening hours until a ticket is closed; 0 promises nothing."),
  priorities: z
    .strictObject(Object.fromEntries(TICKET_PRIORITIES.map((one) => [one, other.optional()])) as Priorities)
    .prefault({})
    .describe("What is promised otherwise for low, normal, high or urgent."),
  warnAtPercent: z
    .number()
    .int()
    .min(0)
    .max(99)
    .default(75)
    .describe("Staff are told when so much of the time is spent; 0 for not before it is over."),
  pausesForMember: z
    .boolean()
    .default(true)
    .describe("The time until a ticket is closed stands still while staff wait for the member."),
  escalation: z
    .strictObject({
      roleIds: z.array(z.string()).max(10).default([]).describe("Who is called as well, once a deadline has passed."),
      raisePriority: z.boolean().default(false).describe("Its priority is raised by one."),
      moveToType: z
        .string()
        .optional()
        .describe("It becomes a ticket of this type, and is for its staff from then on."),
    })
    .prefault({})
    .describe("What happens, beside staff being told, when a deadline passes; once for each deadline."),
});

type Priorities = Record<TicketPriority, z.ZodOptional<typeof other>>;
export type Deadlines = z.infer<typeof deadlinesSchema>;
