import { z } from "zod";
import { CONFIRM_ABOVE, EVIDENCE_DAYS, USES_PER_MINUTE, VERBS, type Agent, type Verb } from "#core";
import { approvalChoices } from "./approval.ts";
import { duration } from "./duration.ts";
import { checkLists, lists } from "./lists-schema.ts";
import { budget, models } from "./models-schema.ts";
import { id, seconds } from "./parts.ts";

const verbs = Object.keys(VERBS) as [Verb, ...Verb[]];
const quota = (measures: number, per: string) =>
  z
    .strictObject({
      measures: z.number().int().min(1).default(measures).describe("So many measures …"),
      per: seconds(per).describe("… within so long. Beyond that the judge drops them and says so."),
    })
    .prefault({});

function agentSchema(agent: Agent, lists: readonly string[]) {
  return z
    .strictObject({
      mode: z
        .enum(["off", "shadow", "live"])
        .default("shadow")
        .describe("off: not asked. shadow: decides, and only says what it would have done. live: acts."),
      config: agent.config.prefault({}),
    })
    .superRefine(checkLists(agent, lists))
    .prefault({})
    .describe(agent.description);
}

/** What may stand in config/guilds/<guild id>.yaml; every part may be left out and is then as in default.yaml. */
export function guildSchema(agents: readonly Agent[], presets: readonly string[], lists: readonly string[] = []) {
  return z.strictObject({
    preset: presetName(presets)
      .optional()
      .describe("A starting point from config/presets: what is said here lies over it, and it over the defaults."),
    locale: z
      .string()
      .regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language such as en or pt-BR")
      .optional()
      .describe(
        "The language the house speaks in public and in direct messages. Left out: the one the guild chose in Discord.",
      ),
    usesPerMinute: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(USES_PER_MINUTE)
      .describe("Who uses more commands, buttons and forms than this in a minute is refused for ten minutes."),
    staffRoleIds: z.array(id).default([]).describe("Roles whose members no agent may touch."),
    otherBots: z
      .array(id)
      .default([])
      .describe("Other bots and webhooks, by id, whose messages agents hear like a member's."),
    noticeChannelId: id
      .optional()
      .describe("The channel where staff are told what they should know. Without it the owner gets a DM."),
    minimumConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe("From 0 to 1. An agent that is less sure than this does not act."),
    confirmAbove: z
      .number()
      .min(0)
      .max(1)
      .default(CONFIRM_ABOVE)
      .describe(
        "From 0 to 1. A rule that would have hit more than this part of the last day's messages asks before it goes live.",
      ),
    evidenceDays: z
      .number()
      .int()
      .min(1)
      .max(3_650)
      .default(EVIDENCE_DAYS)
      .describe("So long the words a measure rests on are kept with its case, sealed."),
    quota: z
      .strictObject({
        perRule: quota(20, "10m").describe("For each rule of an agent."),
        perModerator: quota(15, "10m").describe("For each moderator's commands."),
        perGuild: quota(60, "10m").describe("For all of it together, whoever decided it."),
      })
      .prefault({})
      .describe("Brakes: neither a broken rule nor a stolen account can empty the guild."),
    approval: z
      .strictObject({
        verbs: z
          .array(z.enum(verbs))
          .default(verbs.filter((verb) => VERBS[verb].harsh))
          .describe("What waits for a human."),
        expireAfter: seconds("24h").describe("Unanswered for so long, nothing is done, and the record says so."),
        ...approvalChoices,
      })
      .prefault({}),
    budget,
    agents: z
      .strictObject(Object.fromEntries(agents.map((agent) => [agent.name, agentSchema(agent, lists)])))
      .prefault({})
      .describe("One entry an agent. An agent without one runs in shadow, with its own defaults."),
  });
}

/** Without any preset no name is right. */
function presetName(presets: readonly string[]) {
  const [first, ...rest] = presets;
  if (first !== undefined) return z.enum([first, ...rest]);
  return z.string().refine(() => false, "nothing: there is no preset in config/presets");
}

const road = z
  .strictObject({
    deadline: duration.prefault("15s").describe("A request to Discord is given up after so long."),
    lease: duration.prefault("60s").describe("So long an order belongs to the process that took it."),
    reconcileAfter: duration
      .prefault("20s")
      .describe("So long after an attempt whose answer was lost Discord is asked what became of it."),
    lookEvery: duration.prefault("500ms").describe("How often work that nobody announced is looked for."),
    shardLease: duration
      .prefault("10s")
      .describe("So long after a process was killed the next one waits before it takes over."),
    handsAtOnce: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(8)
      .describe("So many orders and slow halves run side by side."),
    shedAbove: z
      .number()
      .int()
      .min(0)
      .default(1_000)
      .describe(
        "With so many slow halves of low priority waiting, further ones are given up, and the decision says so.",
      ),
    record: z
      .enum(["speaking", "all"])
      .default("speaking")
      .describe("all: decisions that only looked and counted are recorded too, to be replayed. It costs space."),
  })
  .refine((times) => times.lease > times.deadline, {
    message: "a lease longer than the deadline: an order must not be taken twice while its request runs",
    path: ["lease"],
  })
  .refine((times) => times.reconcileAfter > times.deadline, {
    message: "a time longer than the deadline: what still runs cannot be looked up",
    path: ["reconcileAfter"],
  })
  .prefault({})
  .describe("How the process itself works; no guild can choose this.");

/** What may stand in config/default.yaml: a guild's choices as the default for all, and what no guild chooses. */
export function defaultSchema(agents: readonly Agent[], presets: readonly string[], listNames: readonly string[] = []) {
  return guildSchema(agents, presets, listNames).extend({ road, models, lists });
}

export type GuildChoices = z.infer<ReturnType<typeof guildSchema>>;
export type RoadChoices = z.infer<typeof road>;

/** For editors: the same schema, as the language servers of YAML read it. */
export function policyJsonSchema(agents: readonly Agent[], presets: readonly string[]): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(defaultSchema(agents, presets), { io: "input", target: "draft-7" });
}
