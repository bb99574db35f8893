import type { EventOf } from "#core";
import type { Normaliser } from "./context.ts";
import { event } from "./frame-event.ts";
import { asNumber, asObject, idAt, isId } from "./raw.ts";
import { cleanText } from "./text.ts";

const ACTIONS: ReadonlyMap<number | undefined, EventOf<"automod.acted">["action"]> = new Map([
  [1, "block-message"],
  [2, "send-alert"],
  [3, "timeout"],
  [4, "block-interaction"],
]);

/** Discord sends one for each action a rule takes; which of them belong together, the road decides. */
export const autoModerationActed: Normaliser = (data, context) => {
  const acted = {
    kind: "automod.acted" as const,
    ruleId: idAt(data, "rule_id"),
    trigger: asNumber(data["rule_trigger_type"]) ?? 0,
    action: ACTIONS.get(asNumber(asObject(data["action"])?.["type"])) ?? "other",
    userId: idAt(data, "user_id"),
    text: cleanText(data["content"]),
    ...(isId(data["channel_id"]) && { channelId: data["channel_id"] }),
    ...(isId(data["message_id"]) && { messageId: data["message_id"] }),
    ...textAt("keyword", data["matched_keyword"]),
    ...textAt("matched", data["matched_content"]),
  };
  return event(idAt(data, "guild_id"), context, acted);
};

function textAt<K extends string>(name: K, value: unknown): Partial<Record<K, string>> {
  const text = cleanText(value);
  return text === "" ? {} : ({ [name]: text } as Record<K, string>);
}
