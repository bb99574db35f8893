import {
  AuditLogEvent,
  GatewayDispatchEvents,
  GuildScheduledEventEntityType as Kind,
  PermissionFlagsBits as Bit,
  type APIGuildScheduledEvent,
} from "discord-api-types/v10";
import { z } from "zod";
import { SCHEDULED_EVENTS } from "../limits.ts";
import { audit, differences } from "../world/audit.ts";
import { guildPermissions, needInChannel, needInGuild } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { GuildState } from "../world/states.ts";
import { dispatch } from "../world/world.ts";
import { findGuild } from "./find.ts";
import { form, snowflake } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

const time = z.iso.datetime({ offset: true, local: true });

const eventSchema = z.looseObject({
  name: z.string().min(1).max(100),
  description: z.string().max(1_000).nullish(),
  scheduled_start_time: time,
  scheduled_end_time: time.nullish(),
  privacy_level: z.literal(2),
  entity_type: z.number().int().min(1).max(3),
  channel_id: snowflake.nullish(),
  entity_metadata: z.looseObject({ location: z.string().max(100).optional() }).nullish(),
  recurrence_rule: z.looseObject({}).nullish(),
});

function find(call: Call, guild: GuildState): APIGuildScheduledEvent {
  const event = guild.scheduledEvents.get(call.id("eventId"));
  if (event === undefined) throw refuse(10070);
  return event;
}

/** An event elsewhere names its place and its end; one in a channel names the channel. */
function needWhole(call: Call, body: z.infer<typeof eventSchema>): void {
  if (Date.parse(body.scheduled_start_time) <= call.world.clock.now())
    throw invalidForm(
      ["scheduled_start_time"],
      "Cannot schedule event in the past.",
      "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
    );
  if (body.entity_type !== (Kind.External as number)) {
    if (!body.channel_id) throw invalidForm(["channel_id"], "This field is required", "BASE_TYPE_REQUIRED");
    return;
  }
  if (!body.scheduled_end_time)
    throw invalidForm(["scheduled_end_time"], "This field is required", "BASE_TYPE_REQUIRED");
  if (!body.entity_metadata?.location)
    throw invalidForm(["entity_metadata", "location"], "This field is required", "BASE_TYPE_REQUIRED");
}

const ACTIVE_STATUSES: readonly number[] = [1, 2];

function create(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.CreateEvents);
  const body = form(call, eventSchema);
  needPlace(call, guild, body.channel_id);
  needWhole(call, body);
  const active = [...guild.scheduledEvents.values()].filter((one) => ACTIVE_STATUSES.includes(one.status));
  if (active.length >= SCHEDULED_EVENTS) throw refuse(30038);
  const event = {
    ...body,
    id: call.world.ids.next(),
    guild_id: guild.id,
    channel_id: body.channel_id ?? null,
    creator_id: call.world.botId,
    status: 1,
    entity_id: null,
    entity_metadata: body.entity_metadata ?? null,
    scheduled_end_time: body.scheduled_end_time ?? null,
    recurrence_rule: body.recurrence_rule ?? null,
    user_count: 0,
  } as unknown as APIGuildScheduledEvent;
  guild.scheduledEvents.set(event.id, event);
  dispatch(call.world, GatewayDispatchEvents.GuildScheduledEventCreate, guild.id, event);
  audit(call.world, guild, AuditLogEvent.GuildScheduledEventCreate, call.actor, {
    targetId: event.id,
    changes: differences({}, { name: event.name }),
  });
  return ok(event);
}

/** Whoever may manage events may change any; whoever may create them, their own. */
function needToManage(call: Call, guild: GuildState, event: APIGuildScheduledEvent): void {
  const mayManage = (guildPermissions(call.world, guild, call.world.botId) & Bit.ManageEvents) !== 0n;
  if (!mayManage)
    needInGuild(call.world, guild, event.creator_id === call.world.botId ? Bit.CreateEvents : Bit.ManageEvents);
}

/** What takes place in a channel can only be put there by somebody who may go there. */
function needPlace(call: Call, guild: GuildState, channelId: string | null | undefined): void {
  const channel = guild.channels.get(channelId ?? "");
  if (channel !== undefined) needInChannel(call.world, channel, Bit.ViewChannel | Bit.Connect);
}

function change(call: Call): Reply {
  const guild = findGuild(call);
  const before = find(call, guild);
  needToManage(call, guild, before);
  const body = form(call, eventSchema.partial().extend({ status: z.number().int().min(1).max(4).optional() }));
  needPlace(call, guild, body.channel_id);
  const event = { ...before, ...body } as unknown as APIGuildScheduledEvent;
  guild.scheduledEvents.set(event.id, event);
  dispatch(call.world, GatewayDispatchEvents.GuildScheduledEventUpdate, guild.id, event);
  const changes = differences({ ...before }, { ...event });
  audit(call.world, guild, AuditLogEvent.GuildScheduledEventUpdate, call.actor, { targetId: event.id, changes });
  return ok(event);
}

function remove(call: Call): Reply {
  const guild = findGuild(call);
  const event = find(call, guild);
  needToManage(call, guild, event);
  guild.scheduledEvents.delete(event.id);
  dispatch(call.world, GatewayDispatchEvents.GuildScheduledEventDelete, guild.id, event);
  audit(call.world, guild, AuditLogEvent.GuildScheduledEventDelete, call.actor, { targetId: event.id });
  return noContent;
}

const EVENTS = "/guilds/:guildId/scheduled-events";

export const scheduledEventRoutes = [
  route("GET", EVENTS, (call) => ok([...findGuild(call).scheduledEvents.values()])),
  route("POST", EVENTS, create),
  route("GET", `${EVENTS}/:eventId`, (call) => ok(find(call, findGuild(call)))),
  route("PATCH", `${EVENTS}/:eventId`, change),
  route("DELETE", `${EVENTS}/:eventId`, remove),
];
