import { z } from "zod";
import { curveSchema, placeholderMistakes, webBoardSchema } from "#core";

const points = (most: number) => z.number().int().min(0).max(most);
const factor = z.number().min(0).max(10);

const message = z.strictObject({
  least: points(1_000).default(15).describe("What a message earns at least."),
  most: points(1_000).default(25).describe("And at most; which of them depends on the message alone."),
  cooldownSeconds: z.number().int().min(0).max(3_600).default(60).describe("Between two messages that earn."),
  minimumLength: z.number().int().min(0).max(2_000).default(3).describe("Shorter messages earn nothing."),
  fullPerDay: points(10_000).default(80).describe("So many messages a day earn in full; those after it a quarter."),
});

const reaction = z.strictObject({
  points: points(100).default(2).describe("What a reaction earns whoever wrote the message."),
  perDay: points(1_000).default(20).describe("So many reactions a day earn, one from each member."),
});

const voice = z.strictObject({
  perMinute: points(100).default(3).describe("What a minute in voice with others earns."),
  minutesPerDay: points(1_440).default(240).describe("So many minutes a day earn."),
  silentMinutesPerDay: points(1_440).default(30).describe("And so many on a day without a message that earned."),
  idleChannelIds: z.array(z.string()).default([]).describe("Voice channels that earn nothing: the one for idlers."),
});

const thread = z.strictObject({
  points: points(1_000).default(10).describe("What opening a thread or a forum post earns."),
  perDay: points(100).default(3).describe("So many of them a day earn."),
});

const SUMS = ["messages", "reactions", "voiceMinutes", "threads", "thanks"] as const;
const most = z.number().int().min(1).max(1_000_000);
const simple = z.union([
  z.strictObject({ count: z.enum(SUMS), atLeast: most }).describe("So many of something, ever."),
  z
    .strictObject({ today: z.enum(["messages", "voiceMinutes", "threads"]), atLeast: most })
    .describe("So many within one day (UTC)."),
  z.strictObject({ streak: most }).describe("A message that earns on so many days in a row."),
  z.strictObject({ level: most }).describe("A level."),
  z.strictObject({ memberDays: most }).describe("So many days since joining."),
]);
const condition = z.union([
  simple,
  z.strictObject({ all: z.array(simple).min(1).max(10) }).describe("All of these."),
  z.strictObject({ any: z.array(simple).min(1).max(10) }).describe("Any of these."),
]);

const achievements = z.strictObject({
  sets: z
    .array(z.enum(["talk", "loyalty", "together"]))
    .default([])
    .describe("Achievements that come ready."),
  own: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9-]{1,40}$/)
          .describe("Kept for ever: a new id is a new achievement."),
        name: z.string().min(1).max(60),
        about: z.string().min(1).max(200),
        when: condition,
        secret: z.boolean().default(false).describe("Nobody sees it before it is reached."),
        points: points(100_000).default(0).describe("Points it brings."),
        roleId: z.string().optional().describe("A role it brings."),
      }),
    )
    .max(100)
    .default([])
    .superRefine((own, context) => {
      const ids = own.map(({ id }) => id);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) context.addIssue({ code: "custom", message: `two achievements are called ${twice}` });
    })
    .describe("Achievements of your own."),
  spareDays: z.number().int().min(0).max(7).default(1).describe("Days a streak may miss in all without ending."),
});

const chosen = z.strictObject({
  message: message.prefault({}).describe("Points for messages."),
  reaction: reaction.prefault({}).describe("Points for reactions received."),
  voice: voice.prefault({}).describe("Points for time in voice: with others, neither deafened nor muted."),
  thread: thread.prefault({}).describe("Points for threads and forum posts."),
  event: z
    .strictObject({
      points: points(10_000).default(30).describe("What attending an event earns; counted with the next message."),
    })
    .prefault({})
    .describe("Points for attending the guild's events."),
  curve: curveSchema.prefault({ kind: "linear" }).describe("How points become levels."),
  noPointsChannelIds: z.array(z.string()).default([]).describe("Channels, with their threads, that earn nothing."),
  noPointsRoleIds: z.array(z.string()).default([]).describe("Whoever has one of these roles earns nothing."),
  channelFactors: z.record(z.string(), factor).default({}).describe("Points in a channel and its threads times this."),
  roleFactors: z
    .record(z.string(), factor)
    .default({})
    .describe("Points of a role's members times this; the highest counts."),
  weekendFactor: factor.default(1).describe("Points on Saturdays and Sundays (UTC) times this."),
  season: z
    .string()
    .min(1)
    .max(30)
    .regex(/^[\w-]+$/)
    .optional()
    .describe("A name for the season that runs: a new name begins a new one."),
  decay: z
    .strictObject({
      afterDays: z
        .number()
        .int()
        .min(0)
        .max(3_650)
        .default(0)
        .describe("Points begin to fade after so many days without taking part; 0 never."),
      everyDays: z.number().int().min(1).max(365).default(7).describe("And do so once in so many days."),
      percent: z.number().min(0).max(100).default(5).describe("By so much of what is left."),
      floor: points(100_000_000).default(0).describe("Nobody falls below so many."),
    })
    .prefault({})
    .describe("Points of those who stay away."),
  rewards: z
    .array(z.strictObject({ level: z.number().int().min(2).max(10_000), roleId: z.string() }))
    .max(100)
    .default([])
    .superRefine((rewards, context) => {
      const roles = rewards.map(({ roleId }) => roleId);
      const twice = roles.find((roleId, index) => roles.indexOf(roleId) !== index);
      if (twice !== undefined)
        context.addIssue({ code: "custom", message: `the role ${twice} is the reward of two levels` });
    })
    .describe("Roles that levels bring."),
  keepRewards: z.boolean().default(true).describe("Keep the roles of lower levels; otherwise only the highest."),
  announce: z
    .strictObject({
      where: z
        .enum(["nowhere", "here", "channel", "dm"])
        .default("here")
        .describe("Where a new level is told: where it was reached, in one channel, to the member alone, or nowhere."),
      channelId: z.string().optional().describe("The channel, where it is told in one."),
      text: z
        .string()
        .min(1)
        .max(500)
        .superRefine((text, context) => {
          for (const { written, meant } of placeholderMistakes(text, ["member", "level", "role", "guild"]))
            context.addIssue({
              code: "custom",
              message: `{${written}} is filled by nothing: expected {member}, {level}, {role} or {guild}${meant === undefined ? "" : `, did you mean {${meant}}?`}`,
            });
        })
        .optional()
        .describe("Your own words for it, with {member}, {level}, {role} and {guild}."),
      onlyRewards: z.boolean().default(false).describe("Only levels that bring a role."),
    })
    .superRefine(({ where, channelId }, context) => {
      if (where === "channel" && channelId === undefined)
        context.addIssue({ code: "custom", path: ["channelId"], message: "new levels are told in a channel: name it" });
    })
    .prefault({})
    .describe("How new levels are told."),
  achievements: achievements.prefault({}).describe("What can be reached once."),
  thanks: z
    .strictObject({
      points: points(1_000).default(10).describe("What being thanked earns."),
      perDay: z.number().int().min(0).max(50).default(3).describe("So many members one can thank a day, each once."),
    })
    .prefault({})
    .describe("Thanks by /thank."),
  web: webBoardSchema.prefault({}).describe("The leaderboard as a page that needs no login."),
  card: z
    .strictObject({
      enabled: z.boolean().default(true).describe("Answer /rank with a picture, and not in words alone."),
      accent: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, "expected a colour like #5865f2")
        .default("#5865f2")
        .describe("The card's colour; one that could not be read on it is brightened."),
    })
    .prefault({})
    .describe("The card that /rank shows."),
  farming: z.boolean().default(true).describe("Give nothing for repetition, filler, mash and clockwork."),
});

/** A role that is won and then ends the winning: whoever has it earns nothing any more, and stays where they are for ever. */
export const configSchema = chosen.superRefine((config, context) => {
  const stops = (roleId: string | undefined): boolean =>
    roleId !== undefined && (config.noPointsRoleIds.includes(roleId) || config.roleFactors[roleId] === 0);
  const complain = (roleId: string, path: (string | number)[]) =>
    context.addIssue({
      code: "custom",
      path,
      message: `the role ${roleId} is won here, and its members earn nothing: nobody would get any further`,
    });
  config.rewards.forEach(({ roleId }, index) => {
    if (stops(roleId)) complain(roleId, ["rewards", index, "roleId"]);
  });
  config.achievements.own.forEach(({ roleId }, index) => {
    if (roleId !== undefined && stops(roleId)) complain(roleId, ["achievements", "own", index, "roleId"]);
  });
});

export type Config = z.infer<typeof configSchema>;
