import {
  AuditLogEvent,
  AutoModerationActionType as Response,
  AutoModerationRuleTriggerType as Trigger,
  GatewayDispatchEvents,
  PermissionFlagsBits as Bit,
  type APIAutoModerationRule,
} from "discord-api-types/v10";
import { z } from "zod";
import { AUTO_MODERATION as LIMIT } from "../limits.ts";
import { audit, differences } from "../world/audit.ts";
import { needInGuild } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { GuildState } from "../world/states.ts";
import { dispatch } from "../world/world.ts";
import { findGuild } from "./find.ts";
import { form, snowflake } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

const metadataSchema = z.looseObject({
  keyword_filter: z.array(z.string().max(LIMIT.keywordLength)).max(LIMIT.keywords).optional(),
  regex_patterns: z.array(z.string().max(LIMIT.patternLength)).max(LIMIT.patterns).optional(),
  allow_list: z.array(z.string().max(LIMIT.keywordLength)).max(LIMIT.keywords).optional(),
  presets: z.array(z.number().int().min(1).max(3)).optional(),
  mention_total_limit: z.number().int().min(0).max(LIMIT.mentions).optional(),
});

const ruleSchema = z.looseObject({
  name: z.string().min(1).max(100),
  event_type: z.number().int().min(1).max(2),
  trigger_type: z
    .number()
    .int()
    .refine((value) => [1, 3, 4, 5, 6].includes(value), "Value must be one of (1, 3, 4, 5, 6)."),
  trigger_metadata: metadataSchema.default({}),
  actions: z
    .array(z.looseObject({ type: z.number().int().min(1).max(4), metadata: z.looseObject({}).optional() }))
    .min(1)
    .max(5),
  enabled: z.boolean().default(false),
  exempt_roles: z.array(snowflake).max(LIMIT.exemptRoles).default([]),
  exempt_channels: z.array(snowflake).max(LIMIT.exemptChannels).default([]),
});

function rules(call: Call): GuildState {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.ManageGuild);
  return guild;
}

function find(call: Call, guild: GuildState): APIAutoModerationRule {
  const rule = guild.autoModeration.get(call.id("ruleId"));
  if (rule === undefined) throw refuse(10109);
  return rule;
}

/** Six keyword rules, one of every other trigger. */
function needRoom(guild: GuildState, trigger: number): void {
  const same = [...guild.autoModeration.values()].filter((one) => (one.trigger_type as number) === trigger);
  const most = trigger === (Trigger.Keyword as number) ? LIMIT.keywordRules : LIMIT.otherRules;
  if (same.length >= most)
    throw invalidForm(
      ["trigger_type"],
      `Maximum number of rules of this type reached (${most})`,
      "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED",
    );
}

/** A rule that times members out takes the right to do so. */
function needToTimeOut(call: Call, guild: GuildState, actions: readonly { readonly type: number }[]): void {
  if (actions.some(({ type }) => type === (Response.Timeout as number)))
    needInGuild(call.world, guild, Bit.ModerateMembers);
}

function create(call: Call): Reply {
  const guild = rules(call);
  const body = form(call, ruleSchema);
  needToTimeOut(call, guild, body.actions);
  needRoom(guild, body.trigger_type);
  const rule = {
    ...body,
    id: call.world.ids.next(),
    guild_id: guild.id,
    creator_id: call.world.botId,
  } as unknown as APIAutoModerationRule;
  guild.autoModeration.set(rule.id, rule);
  dispatch(call.world, GatewayDispatchEvents.AutoModerationRuleCreate, guild.id, rule);
  audit(call.world, guild, AuditLogEvent.AutoModerationRuleCreate, call.actor, {
    targetId: rule.id,
    changes: differences({}, { name: rule.name }),
  });
  return ok(rule);
}

function change(call: Call): Reply {
  const guild = rules(call);
  const before = find(call, guild);
  const body = form(call, ruleSchema.partial().omit({ trigger_type: true }));
  needToTimeOut(call, guild, body.actions ?? []);
  const given = Object.fromEntries(Object.entries(body).filter(([key]) => key in (call.body as object)));
  const rule = { ...before, ...given } as APIAutoModerationRule;
  guild.autoModeration.set(rule.id, rule);
  dispatch(call.world, GatewayDispatchEvents.AutoModerationRuleUpdate, guild.id, rule);
  const changes = differences({ ...before }, { ...rule });
  audit(call.world, guild, AuditLogEvent.AutoModerationRuleUpdate, call.actor, { targetId: rule.id, changes });
  return ok(rule);
}

function remove(call: Call): Reply {
  const guild = rules(call);
  const rule = find(call, guild);
  guild.autoModeration.delete(rule.id);
  dispatch(call.world, GatewayDispatchEvents.AutoModerationRuleDelete, guild.id, rule);
  audit(call.world, guild, AuditLogEvent.AutoModerationRuleDelete, call.actor, { targetId: rule.id });
  return noContent;
}

const RULES = "/guilds/:guildId/auto-moderation/rules";

export const autoModerationRoutes = [
  route("GET", RULES, (call) => ok([...rules(call).autoModeration.values()])),
  route("POST", RULES, create),
  route("GET", `${RULES}/:ruleId`, (call) => ok(find(call, rules(call)))),
  route("PATCH", `${RULES}/:ruleId`, change),
  route("DELETE", `${RULES}/:ruleId`, remove),
];
