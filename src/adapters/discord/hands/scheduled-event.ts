import {
  type APIGuildScheduledEvent,
  AuditLogEvent,
  GuildScheduledEventEntityType as Kind,
  GuildScheduledEventPrivacyLevel as Privacy,
  GuildScheduledEventStatus as Status,
  Routes,
} from "discord-api-types/v10";
import type { EventPlace, ScheduledEventFacts } from "#core";
import { auditReason } from "../marker.ts";
import { found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt, madeByUs } from "./looking.ts";

export const createEvent: Hand<"scheduled-event.create"> = {
  perform: async ({ order, action, signal }, reach) => {
    const body = { privacy_level: Privacy.GuildOnly, ...bodyOf(action) };
    const route = Routes.guildScheduledEvents(order.guildId);
    const reason = auditReason(order.reason, order.id);
    const made = await reach.call<{ id: string }>({ method: "POST", route, body, reason, signal });
    return { scheduledEventId: made.id };
  },
  reconcile: async (task, reach) => {
    const made = await madeByUs(task, reach, AuditLogEvent.GuildScheduledEventCreate);
    return "nothing" in made ? made.nothing : found({ scheduledEventId: made.id });
  },
};

export const editEvent: Hand<"scheduled-event.edit"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { scheduledEventId } = action;
    const route = Routes.guildScheduledEvent(order.guildId, scheduledEventId);
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route, body: bodyOf(action), reason, signal });
    return { scheduledEventId };
  },
  reconcile: async (task, reach) => {
    const { scheduledEventId } = task.action;
    const route = Routes.guildScheduledEvent(task.order.guildId, scheduledEventId);
    const now = await lookAt<Partial<APIGuildScheduledEvent>>(reach, route, task.signal);
    if (now !== undefined && holds(now, bodyOf(task.action))) return found({ scheduledEventId });
    return absentUnlessContradicted(task, reach, AuditLogEvent.GuildScheduledEventUpdate, scheduledEventId);
  },
};

/** An event is called off, not deleted: whoever was interested sees that it was. */
export const cancelEvent: Hand<"scheduled-event.cancel"> = {
  fulfilledBy: [10_070],
  perform: async ({ order, action, signal }, reach) => {
    const { scheduledEventId } = action;
    const route = Routes.guildScheduledEvent(order.guildId, scheduledEventId);
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route, body: { status: Status.Canceled }, reason, signal });
    return { scheduledEventId };
  },
  reconcile: async (task, reach) => {
    const { scheduledEventId } = task.action;
    const route = Routes.guildScheduledEvent(task.order.guildId, scheduledEventId);
    const now = await lookAt<Partial<APIGuildScheduledEvent>>(reach, route, task.signal);
    if (now === undefined || now.status === Status.Canceled) return found({ scheduledEventId });
    return absentUnlessContradicted(task, reach, AuditLogEvent.GuildScheduledEventUpdate, scheduledEventId);
  },
};

const STATUSES = { active: Status.Active, completed: Status.Completed };

interface Wished extends Partial<ScheduledEventFacts> {
  readonly status?: keyof typeof STATUSES;
}

function bodyOf({ name, description, startsAt, endsAt, place, status }: Wished): Record<string, unknown> {
  return {
    ...(status !== undefined && { status: STATUSES[status] }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(startsAt !== undefined && { scheduled_start_time: new Date(startsAt).toISOString() }),
    ...(endsAt !== undefined && { scheduled_end_time: new Date(endsAt).toISOString() }),
    ...(place !== undefined && placeOf(place)),
  };
}

function placeOf(place: EventPlace): object {
  if (place.kind === "elsewhere")
    return { entity_type: Kind.External, channel_id: null, entity_metadata: { location: place.location } };
  return { entity_type: place.kind === "voice" ? Kind.Voice : Kind.StageInstance, channel_id: place.channelId };
}

/** Times come back in another spelling, and metadata with more in it. */
function holds(now: Partial<APIGuildScheduledEvent>, wished: Record<string, unknown>): boolean {
  const told = now as Record<string, unknown>;
  return Object.entries(wished).every(([key, value]) => {
    if (key.endsWith("_time")) return Date.parse(String(told[key])) === Date.parse(String(value));
    if (key === "entity_metadata")
      return now.entity_metadata?.location === (value as { readonly location: string }).location;
    return (told[key] ?? null) === value;
  });
}
