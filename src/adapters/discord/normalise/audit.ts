import { isAboutMember, snowflakeTime, type AuditChange, type EventOf } from "#core";
import { markerInReason } from "../marker.ts";
import type { IntakeContext, Normaliser } from "./context.ts";
import { asList, asNumber, asObject, idAt, isId, malformed, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

/** Discord sends some entries twice: by the entry's own id they are one. */
export const auditLogged: Normaliser = (data, context) => auditEvent(idAt(data, "guild_id"), data, context);

export function auditEvent(
  guildId: string,
  entry: Raw,
  context: Pick<IntakeContext, "botUserId" | "nameOf">,
): EventOf<"audit.logged"> {
  const entryId = idAt(entry, "id");
  const action = asNumber(entry["action_type"]);
  if (action === undefined) throw malformed("action_type");
  const event: { -readonly [K in keyof EventOf<"audit.logged">]: EventOf<"audit.logged">[K] } = {
    ...{ id: `a:${entryId}`, guildId, at: snowflakeTime(entryId), kind: "audit.logged", entryId, action },
    changes: asList(entry["changes"]).flatMap(changeFrom),
  };
  if (isId(entry["user_id"])) event.byUserId = entry["user_id"];
  if (event.byUserId === context.botUserId) event.isOurs = true;
  if (isId(entry["target_id"])) event.targetId = entry["target_id"];
  const targetName = event.targetId === undefined ? undefined : context.nameOf?.(event.targetId);
  if (targetName !== undefined && isAboutMember(action)) event.targetName = targetName;
  const options = asObject(entry["options"]);
  if (isId(options?.["channel_id"])) event.channelId = options["channel_id"];
  if (isId(options?.["message_id"])) event.messageId = options["message_id"];
  const reason = cleanText(entry["reason"]);
  if (reason !== "") event.reason = reason;
  const marker = markerInReason(reason);
  if (marker !== undefined) event.marker = marker;
  return event;
}

function changeFrom(value: unknown): readonly AuditChange[] {
  const raw = asObject(value);
  const key = cleanText(raw?.["key"]);
  if (raw === undefined || key === "") return [];
  const change: { -readonly [K in keyof AuditChange]: AuditChange[K] } = { key };
  if (raw["old_value"] !== undefined) change.before = cleanValue(raw["old_value"]);
  if (raw["new_value"] !== undefined) change.after = cleanValue(raw["new_value"]);
  return [change];
}

const DEEPEST = 6;

/** Values of any shape, made fit for the journal. */
function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return null;
  if (Array.isArray(value)) return value.map((each) => cleanValue(each, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [cleanText(key), cleanValue(each, depth + 1)]));
}
