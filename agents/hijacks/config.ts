import { z } from "zod";

const id = z.string().regex(/^\d{1,20}$/, "an id");
const domains = z.array(z.string().min(3).max(253));

/** Where people's links mostly lead: shared in three channels, they are news and no attack. */
const FAMILIAR = [
  ...["youtube.com", "youtu.be", "twitch.tv", "spotify.com", "tenor.com", "giphy.com", "imgur.com", "reddit.com"],
  ...["wikipedia.org", "github.com", "x.com", "twitter.com", "instagram.com", "tiktok.com", "bsky.app", "discord.com"],
];

export const configSchema = z.strictObject({
  alertChannelId: id.optional().describe("Where staff are told. Without it they see the case only."),
  memberDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(14)
    .describe(
      "Members for so many days and longer are watched. Who came later is a newcomer, and other agents' matter.",
    ),
  channels: z
    .number()
    .int()
    .min(2)
    .max(20)
    .default(3)
    .describe("The same link, new for the member, in so many channels within two minutes is not theirs."),
  sure: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.9)
    .describe("So sure of spam the house's own scorer must be to take one message with a deceiving link for enough."),
  domains: domains
    .default([])
    .describe(
      "Domains that deceive. Those that imitate a well-known one, or hide behind another, are found without a list.",
    ),
  lists: z
    .array(z.string())
    .default([])
    .describe("Lists of domains that deceive, by the names the house keeps them under (lists in default.yaml)."),
  familiar: domains
    .default(FAMILIAR)
    .describe("Domains that tell nothing, however often and wherever they are posted."),
  timeoutHours: z
    .number()
    .int()
    .min(1)
    .max(672)
    .default(24)
    .describe("So long the account may not write, unless its owner or staff end it before."),
  deleteMinutes: z
    .number()
    .int()
    .min(0)
    .max(1_440)
    .default(60)
    .describe("What it wrote within so long before is taken down as well."),
  comeBack: z
    .enum(["letters", "staff"])
    .default("letters")
    .describe(
      "letters: whoever reads a picture of letters may write again at once, once in a week. staff: staff decide.",
    ),
});

export type Config = z.infer<typeof configSchema>;
