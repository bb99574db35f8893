import {
  AuditLogEvent,
  AutoModerationActionType as Response,
  AutoModerationRuleEventType as When,
  AutoModerationRuleTriggerType as Trigger,
  Routes,
} from "discord-api-types/v10";
import type { AutomodRule } from "#core";
import { auditReason } from "../marker.ts";
import { ABSENT, found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt, madeByUs } from "./looking.ts";

/** Changing a rule to what it is changes nothing, so that is not looked up but repeated; making one is not. */
export const putRule: Hand<"automod-rule.put"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { ruleId, rule } = action;
    const reason = auditReason(order.reason, order.id);
    if (ruleId !== undefined) {
      const route = Routes.guildAutoModerationRule(order.guildId, ruleId);
      await reach.call({ method: "PATCH", route, body: bodyOf(rule), reason, signal });
      return { ruleId };
    }
    const body = { ...bodyOf(rule), event_type: When.MessageSend, trigger_type: triggerOf(rule) };
    const route = Routes.guildAutoModerationRules(order.guildId);
    const made = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { ruleId: made.id };
  },
  reconcile: async (task, reach) => {
    const { ruleId } = task.action;
    if (ruleId !== undefined)
      return absentUnlessContradicted(task, reach, AuditLogEvent.AutoModerationRuleUpdate, ruleId);
    const made = await madeByUs(task, reach, AuditLogEvent.AutoModerationRuleCreate);
    return "nothing" in made ? made.nothing : found({ ruleId: made.id });
  },
};

/** Which code an unknown rule has, Discord's list does not say; what stands there is looked at instead. */
export const deleteRule: Hand<"automod-rule.delete"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { ruleId } = action;
    const route = Routes.guildAutoModerationRule(order.guildId, ruleId);
    await reach.call({ method: "DELETE", route, reason: auditReason(order.reason, order.id), signal });
    return { ruleId };
  },
  reconcile: async ({ order, action, signal }, reach) => {
    const { ruleId } = action;
    const rule = await lookAt(reach, Routes.guildAutoModerationRule(order.guildId, ruleId), signal);
    return rule === undefined ? found({ ruleId }) : ABSENT;
  },
};

function triggerOf({ trigger }: AutomodRule): Trigger {
  return { keywords: Trigger.Keyword, spam: Trigger.Spam, mentions: Trigger.MentionSpam }[trigger.kind];
}

function bodyOf(rule: AutomodRule) {
  return {
    name: rule.name,
    enabled: rule.enabled,
    trigger_metadata: metadataOf(rule.trigger),
    actions: actionsOf(rule.response),
    exempt_roles: rule.exemptRoleIds ?? [],
    exempt_channels: rule.exemptChannelIds ?? [],
  };
}

function metadataOf(trigger: AutomodRule["trigger"]): object {
  if (trigger.kind === "spam") return {};
  if (trigger.kind === "mentions") return { mention_total_limit: trigger.most };
  const { words, patterns = [], allowed = [] } = trigger;
  return { keyword_filter: words, regex_patterns: patterns, allow_list: allowed };
}

function actionsOf({ block, alertChannelId, timeoutSeconds }: AutomodRule["response"]): readonly object[] {
  return [
    ...(block ? [{ type: Response.BlockMessage, metadata: {} }] : []),
    ...(alertChannelId === undefined
      ? []
      : [{ type: Response.SendAlertMessage, metadata: { channel_id: alertChannelId } }]),
    ...(timeoutSeconds === undefined
      ? []
      : [{ type: Response.Timeout, metadata: { duration_seconds: timeoutSeconds } }]),
  ];
}
