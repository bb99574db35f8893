import { z } from "zod";

const channels = z.array(z.string()).default([]);

export const configSchema = z.strictObject({
  answerIn: channels.describe("Channels and forums in which questions are answered unasked. Nowhere is the default."),
  suggestTo: z
    .string()
    .optional()
    .describe("Answers are not given but suggested in this channel of staff's, who send them with a button."),
  whenUnsure: z
    .enum(["silent", "say"])
    .default("silent")
    .describe("What happens where an unasked answer is not known: nothing, or a line that says so and offers a human."),
  perMemberPerMinute: z.number().int().min(1).max(20).default(2).describe("Unasked answers to one member in a minute."),
  perChannelPerMinute: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(6)
    .describe("Unasked answers in one channel in a minute."),
  useModel: z
    .boolean()
    .default(true)
    .describe("Let a model put the passages into an answer. Without one the best passage is given word for word."),
  tone: z
    .string()
    .min(1)
    .max(300)
    .default("Plain, friendly and brief.")
    .describe("How the community wants to sound, in its own words."),
  staffChannelId: z.string().optional().describe("Where staff are told when somebody asks for a human."),
  ticketCommand: z
    .string()
    .max(60)
    .optional()
    .describe("The command that opens a ticket, like “ticket open”: whoever gets no answer is pointed to it."),
  ticketTypeId: z
    .string()
    .regex(/^[a-z0-9-]{1,30}$/)
    .optional()
    .describe("A kind of ticket, by its id in the settings of tickets: a button opens its form at once."),
  knowledge: z
    .strictObject({
      channelIds: channels.describe("Channels whose messages are knowledge, of authors who agreed with /consent give."),
      pins: z.boolean().default(false).describe("Whether pinned messages are knowledge, once their author agrees."),
      solvedTagIds: channels.describe("Tags of forums that mark a post as solved."),
      solutionEmoji: z
        .string()
        .min(1)
        .default("✅")
        .describe("With this reaction whoever opened a post marks the message that solved it."),
      ticketTypeIds: z
        .array(z.string().regex(/^[a-z0-9-]{1,30}$/))
        .max(25)
        .default([])
        .describe(
          "Kinds of tickets, by their ids: closed ones wait under /faq gaps as drafts, if whoever opened them agrees. None is the default.",
        ),
    })
    .prefault({})
    .describe("What is learnt from what members write. Nobody's words are taken without their consent."),
});

export type Config = z.infer<typeof configSchema>;
