import { placeholderMistakes } from "#core";
import { z } from "zod";

export const PLACEHOLDERS = ["name", "mention", "server", "count"] as const;

const id = z.string().regex(/^\d{1,20}$/, "an id");

/** What nobody fills would stand there for all to see. */
const text = z
  .string()
  .min(1)
  .max(1_500)
  .superRefine((written, context) => {
    for (const mistake of placeholderMistakes(written, PLACEHOLDERS)) {
      const { written: name, meant } = mistake;
      const known = PLACEHOLDERS.map((one) => `{${one}}`).join(", ");
      const hint = meant === undefined ? `there are ${known}` : `did you mean {${meant}}?`;
      context.addIssue({ code: "custom", message: `{${name}} is no placeholder: ${hint}` });
    }
  });

const texts = (about: string) =>
  z.array(text).max(20).default([]).describe(`${about} With several of them, one is taken for each member.`);

export const configSchema = z.strictObject({
  welcome: z
    .strictObject({
      channelId: id.optional().describe("Where newcomers are welcomed. Without a channel they are not."),
      texts: texts(
        "What is said; {name}, {mention}, {server} and {count} are filled. Without a text, the house's own words.",
      ),
      direct: texts(
        "What newcomers are told in a direct message, with the same placeholders. Without a text, nothing.",
      ),
    })
    .prefault({})
    .describe("What newcomers hear."),
  leave: z
    .strictObject({
      channelId: id.optional().describe("Where it is told that somebody left. Without a channel it is not."),
      texts: texts("What is said then, with the same placeholders. Without a text, the house's own words."),
    })
    .prefault({})
    .describe("What the others hear when somebody leaves. Those who were banned are not spoken of."),
  after: z
    .strictObject({
      roleId: id.optional().describe("Newcomers are welcomed once they have this role: the one the gatekeeper gives."),
      screening: z.boolean().default(false).describe("Newcomers are welcomed once they have accepted Discord's rules."),
    })
    .prefault({})
    .describe("Whom nobody has let in yet is not welcomed yet, and leaves without a word."),
  quietAfter: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe("More comings, or goings, than this within a minute are not spoken of: it is a raid, or a festival."),
});

export type Config = z.infer<typeof configSchema>;
