import type { EventOf, ScheduledEvent } from "#core";
import type { IntakeContext, Normaliser } from "./context.ts";
import { event } from "./frame-event.ts";
import { asObject, idAt, isId, malformed, type Raw, timeIn } from "./raw.ts";
import { ruleFrom } from "./recurrence.ts";
import { cleanText } from "./text.ts";

export const scheduledEventCreated: Normaliser = (data, context) => planned("scheduled-event.created", data, context);
export const scheduledEventUpdated: Normaliser = (data, context) => planned("scheduled-event.updated", data, context);
export const scheduledEventDeleted: Normaliser = (data, context) => planned("scheduled-event.deleted", data, context);
export const scheduledEventJoined: Normaliser = (data, context) => wanted("scheduled-event.joined", data, context);
export const scheduledEventLeft: Normaliser = (data, context) => wanted("scheduled-event.left", data, context);

type Planned = "scheduled-event.created" | "scheduled-event.updated" | "scheduled-event.deleted";

function planned(kind: Planned, data: Raw, context: IntakeContext) {
  return event(idAt(data, "guild_id"), context, { kind, scheduledEvent: scheduledEventFrom(data) });
}

function wanted(kind: "scheduled-event.joined" | "scheduled-event.left", data: Raw, context: IntakeContext) {
  const scheduledEventId = idAt(data, "guild_scheduled_event_id");
  if (data["user_id"] === context.botUserId) return undefined;
  return event(idAt(data, "guild_id"), context, { kind, scheduledEventId, userId: idAt(data, "user_id") });
}

type Status = EventOf<Planned>["scheduledEvent"]["status"];
const STATUSES: ReadonlyMap<unknown, Status> = new Map([
  [1, "scheduled"],
  [2, "active"],
  [3, "completed"],
  [4, "canceled"],
]);

function scheduledEventFrom(data: Raw): ScheduledEvent {
  const startsAt = timeIn(data["scheduled_start_time"]);
  if (startsAt === undefined) throw malformed("scheduled_start_time");
  const result: { -readonly [K in keyof ScheduledEvent]: ScheduledEvent[K] } = {
    id: idAt(data, "id"),
    name: cleanText(data["name"]),
    status: STATUSES.get(data["status"]) ?? "scheduled",
    startsAt,
  };
  const endsAt = timeIn(data["scheduled_end_time"]);
  if (endsAt !== undefined) result.endsAt = endsAt;
  if (isId(data["channel_id"])) result.channelId = data["channel_id"];
  if (isId(data["creator_id"])) result.creatorId = data["creator_id"];
  const location = cleanText(asObject(data["entity_metadata"])?.["location"]);
  if (location !== "") result.location = location;
  const description = cleanText(data["description"]);
  if (description !== "") result.description = description;
  const rule = ruleFrom(data["recurrence_rule"]);
  if (rule !== undefined) result.rule = rule;
  return result;
}
