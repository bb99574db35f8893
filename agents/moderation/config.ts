import { z } from "zod";
import { judgement } from "./settings/judgement.ts";
import { ladder } from "./settings/ladder.ts";
import { nativeHits } from "./settings/native.ts";
import { id, RULE_NAME } from "./settings/parts.ts";
import { rule } from "./settings/rule.ts";

export const configSchema = z.strictObject({
  exemptChannelIds: z
    .array(id)
    .default([])
    .describe("Channels and categories, with everything in them, in which no rule applies."),
  exemptRoleIds: z.array(id).default([]).describe("Roles no rule applies to. Staff need not stand here."),
  reportChannelId: id
    .optional()
    .describe("Where moderators are told of what the house is not sure enough to act upon. Without it nobody is."),
  rules: z
    .record(z.string().max(40).regex(RULE_NAME, "a name such as no-advertising"), rule)
    .default({})
    .describe("Rules by their names. Where several meet a message, the one with the harshest measure counts."),
  nativeHits,
  ladder: ladder.describe("What happens to whoever breaks rules again."),
  judgement: judgement.describe("What no rule can tell."),
});

export type Config = z.infer<typeof configSchema>;
export type { Condition } from "./settings/condition.ts";
export { RUNGS, type Rung } from "./settings/parts.ts";
export type { Rule } from "./settings/rule.ts";
export type { Triggers } from "./settings/triggers.ts";
