import { z } from "zod";

export const CATEGORIES = ["messages", "members", "profiles", "voice", "invites", "cases"] as const;
export type Category = (typeof CATEGORIES)[number];

const id = z.string().regex(/^\d{1,20}$/, "a channel id");
const own = (what: string) => id.optional().describe(`Where ${what} are logged, if not in \`channelId\`.`);

export const configSchema = z.strictObject({
  channelId: id
    .optional()
    .describe(
      "Where everything is logged that has no channel of its own. Without it only that is logged which has one.",
    ),
  channels: z
    .strictObject({
      messages: own("edited and deleted messages"),
      members: own("members who join and leave"),
      profiles: own("changes of roles and nicknames"),
      voice: own("comings and goings in voice"),
      invites: own("invites made and deleted"),
      cases: own("new cases"),
    })
    .prefault({}),
  leaveOut: z.array(z.enum(CATEGORIES)).default([]).describe("What is not logged at all."),
  ignoreChannelIds: z
    .array(id)
    .default([])
    .describe(
      "Channels and categories, with their threads, of which nothing is logged. The logs themselves never are.",
    ),
  collectSeconds: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe("What happens within so long is posted as one message."),
});

export type Config = z.infer<typeof configSchema>;

export function logChannel(config: Config, category: Category): string | undefined {
  return config.leaveOut.includes(category) ? undefined : (config.channels[category] ?? config.channelId);
}

export function logChannels(config: Config): readonly string[] {
  const ids = CATEGORIES.flatMap((category) => logChannel(config, category) ?? []);
  return [...new Set(ids)];
}
