import { z } from "zod";

const Spread = z.object({
  count: z.int(),
  median: z.number().optional().describe("Milliseconds; half of them took no longer."),
  p95: z.number().optional().describe("Milliseconds; nineteen of twenty took no longer."),
});
const Kept = z.object({ kept: z.int(), of: z.int() });

const Sums = z.object({
  opened: z.int(),
  closed: z.int(),
  firstAnswer: Spread,
  resolution: Spread,
  answerKept: Kept.describe("First answers that came in the promised time, of those that were promised."),
  solveKept: Kept.describe("Tickets that were closed in the promised time, of those where that was promised."),
  ratings: z.object({ count: z.int(), mean: z.number().optional() }),
});

export const TicketStatsQuery = z.object({ days: z.coerce.number().int().min(1).max(365).default(30) });

export const TicketStats = z
  .object({
    from: z.number(),
    to: z.number(),
    all: Sums,
    types: z.array(Sums.extend({ typeId: z.string(), label: z.string().optional() })),
    staff: z.array(Sums.extend({ userId: z.string(), name: z.string().optional() })),
    days: z.array(z.object({ day: z.number(), opened: z.int(), closed: z.int() })),
  })
  .meta({ id: "TicketStats" });
