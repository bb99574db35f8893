import { z } from "zod";
import { isZone } from "#core/calendar/index";

const id = z.string().regex(/^\d{1,20}$/, "an id");

export const configSchema = z.strictObject({
  channelId: id.optional().describe("Where events are announced; without it where the command is used."),
  createRoleIds: z
    .array(id)
    .default([])
    .describe("Who may create events, beside those with Discord's permission to create or manage events."),
  timeZone: z
    .string()
    .refine(isZone, "a zone's name, as in Europe/Berlin")
    .default("UTC")
    .describe("The zone of whoever has not named one, where nobody can be asked."),
  defaultMinutes: z.number().int().min(5).max(10_080).default(120).describe("How long an event is where nobody says."),
  reminderMinutes: z
    .array(z.number().int().min(1).max(10_080))
    .max(5)
    .default([60])
    .describe("So long before it begins, everybody who goes is called in the channel."),
  mostOpen: z.number().int().min(1).max(100).default(50).describe("Planned and running events at once."),
  mostPerMember: z.number().int().min(1).max(100).default(5).describe("Of one host at once."),
  mirror: z.boolean().default(true).describe("Each event is one of Discord's own, too."),
  adopt: z
    .boolean()
    .default(true)
    .describe("What somebody plans in Discord's own events is announced like the others. Needs channelId."),
  reactions: z.boolean().default(false).describe("Put reactions under the announcement that answer like the buttons."),
  attendedMinutes: z
    .number()
    .int()
    .min(1)
    .max(600)
    .default(10)
    .describe("Whoever was in the voice channel that long has attended."),
});

export type Config = z.infer<typeof configSchema>;
