import { z } from "zod";

const Time = z.number().describe("Milliseconds since 1970.");
const Ids = z.array(z.string());

export const GatheringView = z
  .object({
    number: z.int(),
    status: z.enum(["planned", "running", "over", "cancelled"]),
    title: z.string(),
    about: z.string().optional(),
    startsAt: Time,
    endsAt: Time,
    zone: z.string().describe("In which it repeats."),
    place: z.object({
      kind: z.enum(["voice", "stage", "elsewhere"]),
      channelId: z.string().optional(),
      location: z.string().optional(),
      name: z.string().describe("As members read it."),
    }),
    hostId: z.string(),
    hostName: z.string(),
    capacity: z.int().optional(),
    rule: z.string().optional().describe("An RRULE without its first word."),
    series: z.int().optional().describe("The number of the first of its series."),
    counts: z.object({ going: z.int(), waiting: z.int(), maybe: z.int(), no: z.int() }),
  })
  .meta({ id: "Gathering" });

export const GatheringPage = z.object({ gatherings: z.array(GatheringView) }).meta({ id: "GatheringPage" });

export const GatheringDetails = GatheringView.extend({
  answers: z.object({ going: Ids, waiting: Ids, maybe: Ids, no: Ids }).describe("In the order in which they answered."),
  attendance: z.array(z.object({ userId: z.string(), minutes: z.int() })),
}).meta({ id: "GatheringDetails" });
