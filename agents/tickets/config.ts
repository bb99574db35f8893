import { z } from "zod";
import { PLACEHOLDER_LIST, unknownPlaceholders } from "./placeholders.ts";
import { isZone, openingHoursSchema } from "#core/calendar/index";
import { deadlinesSchema } from "./promises.ts";
import { questionsSchema } from "./question-config.ts";

const hours = (most: number) => z.number().int().min(0).max(most);

const place = z.enum(["thread", "channel"]);
const categoryIds = z.array(z.string()).min(1).max(10);

const type = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,30}$/)
    .describe("Kept for ever: buttons and tickets carry it."),
  label: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe("What members read; the house's own word where nothing is said."),
  about: z.string().min(1).max(100).optional().describe("One line under it, where the types are a list."),
  emoji: z.string().min(1).max(60).optional().describe("A unicode emoji before the label."),
  staffRoleIds: z
    .array(z.string())
    .max(10)
    .default([])
    .describe(
      "Whose members answer: they are called, and may do all that staff may. Whoever manages threads always may.",
    ),
  channelId: z.string().optional().describe("The channel its threads belong to, instead of the one for all types."),
  place: place.optional().describe("A thread or a channel, instead of what holds for all types."),
  categoryIds: categoryIds.optional().describe("Where its channels are made, instead of the categories for all types."),
  intro: z.string().min(1).max(1_000).optional().describe("What everybody who opens one reads first in the thread."),
  questions: questionsSchema
    .optional()
    .describe("What its form asks, one to five questions, instead of a subject and what the team should know."),
  hours: openingHoursSchema
    .optional()
    .describe("When this type's staff are there, instead of the hours for all types."),
  deadlines: deadlinesSchema.optional().describe("What is promised for this type, instead of what holds for all."),
});

export type TicketType = z.infer<typeof type>;

const settings = z.strictObject({
  types: z
    .array(type)
    .min(1)
    .max(25)
    .default([{ id: "help", staffRoleIds: [] }])
    .superRefine((types, context) => {
      const ids = types.map(({ id }) => id);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) context.addIssue({ code: "custom", message: `two types are called ${twice}` });
    })
    .describe("The kinds of tickets there are. Up to five are buttons on the panel, more are a list."),
  channelId: z
    .string()
    .optional()
    .describe("The text channel the threads belong to; left out, it is the one in which a ticket is asked for."),
  place: place
    .default("thread")
    .describe("Where a ticket is: in a private thread of that channel, or in a text channel of its own."),
  categoryIds: categoryIds
    .optional()
    .describe("The categories channels are made in: the first that has room, of the fifty Discord allows in each."),
  closedCategoryId: z
    .string()
    .optional()
    .describe("Where the channel of a closed ticket is moved; left out, it stays."),
  deleteClosedAfterHours: hours(8_760)
    .default(0)
    .describe("The channel of a closed ticket is deleted after so long, once its transcript is kept; 0 for never."),
  staffChannelId: z.string().optional().describe("Where staff are told of tickets that are opened, closed or lost."),
  hours: openingHoursSchema.optional().describe("When staff are there; left out, always."),
  deadlines: deadlinesSchema.optional().describe("What members are promised; left out, nothing."),
  timeZone: z
    .string()
    .refine(isZone, "a zone's name, as in Europe/Berlin")
    .default("UTC")
    .describe("By whose clocks staff say times who have named no zone, where there are no opening hours."),
  tags: z
    .array(
      z
        .string()
        .regex(/^[^\s,][^,]{0,29}$/u)
        .refine((tag) => tag === tag.toLowerCase(), "a tag in small letters"),
    )
    .max(25)
    .default([])
    .describe("Tags staff may put on tickets, in small letters; none here, and they may write any."),
  quietWhileClosed: z
    .boolean()
    .default(true)
    .describe(
      "Out of hours no member is warned, no silent ticket closed and nobody called to it; it is done at the next opening.",
    ),
  panel: z
    .strictObject({
      title: z.string().min(1).max(200).optional(),
      text: z.string().min(1).max(2_000).optional(),
    })
    .prefault({})
    .describe("What stands over the buttons that /ticket panel posts, in the community's own words."),
  openPerMember: z.number().int().min(1).max(20).default(2).describe("So many tickets a member can have open at once."),
  opensPerDay: z.number().int().min(1).max(50).default(5).describe("So many a member can open within 24 hours."),
  openInAll: z.number().int().min(1).max(500).default(200).describe("So many can be open in the guild at once."),
  closeAfterHours: hours(2_160)
    .default(72)
    .describe("A ticket in which staff had the last word is closed after so long; 0 for never."),
  warnBeforeHours: z
    .number()
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe("The member is warned so long before, and always has the whole of it to answer."),
  remindAfterHours: hours(720)
    .default(24)
    .describe("Staff are called again, up to three times, where a member has waited so long; 0 for never."),
  replies: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(40),
        text: z
          .string()
          .min(1)
          .max(1_500)
          .refine((text) => unknownPlaceholders(text).length === 0, `only ${PLACEHOLDER_LIST} can stand in it`),
        typeIds: z.array(z.string()).max(25).default([]).describe("For these types only; none, and it is for all."),
      }),
    )
    .max(100)
    .default([])
    .describe(`What staff say with /ticket reply. In the text can stand ${PLACEHOLDER_LIST}.`),
  draftTone: z
    .string()
    .max(500)
    .default("Friendly, plain and short.")
    .describe("How replies drafted by a model should sound."),
  sendDrafts: z
    .boolean()
    .default(false)
    .describe("A draft is sent as soon as it is made, and says so; otherwise staff see it first and send it."),
  transcripts: z
    .strictObject({
      atClosing: z.boolean().default(true).describe("Put the conversation together and keep it when a ticket closes."),
      keepDays: z.number().int().min(1).max(365).default(30).describe("So long it is kept; then it is deleted."),
      mostMegabytes: z
        .number()
        .int()
        .min(0)
        .max(25)
        .default(8)
        .describe("So much of what was attached is copied into it, all in all."),
      linkHours: z.number().int().min(1).max(168).default(24).describe("So long a link to it works."),
      tellMember: z.boolean().default(false).describe("Send whoever opened the ticket a link by direct message."),
      logChannelId: z
        .string()
        .optional()
        .describe("A channel that gets a line with a button for each transcript; the button opens it for staff only."),
    })
    .prefault({})
    .describe("What was said in a ticket, to be read when it is closed."),
  reopenDays: z.number().int().min(0).max(365).default(7).describe("So long a member can reopen their ticket."),
});

/** Where a late ticket goes must be a type there is: said when the settings are read, not when a deadline passes. */
export const configSchema = settings.superRefine((all, context) => {
  const { types, deadlines } = all;
  for (const [index, type] of types.entries()) {
    if ((type.place ?? all.place) !== "channel" || (type.categoryIds ?? all.categoryIds) !== undefined) continue;
    const path = type.place === undefined ? ["categoryIds"] : ["types", index, "categoryIds"];
    context.addIssue({ code: "custom", path, message: "channels are made in a category: name at least one" });
    break;
  }
  const places = [
    { path: ["deadlines"], moveTo: deadlines?.escalation.moveToType },
    ...types.map((one, index) => ({
      ...{ path: ["types", index, "deadlines"], moveTo: one.deadlines?.escalation.moveToType },
    })),
  ];
  for (const { path, moveTo } of places) {
    if (moveTo === undefined || types.some(({ id }) => id === moveTo)) continue;
    const message = `there is no type called ${moveTo}`;
    context.addIssue({ code: "custom", path: [...path, "escalation", "moveToType"], message });
  }
});

export type Config = z.infer<typeof configSchema>;
