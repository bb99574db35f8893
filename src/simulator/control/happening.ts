import {
  GatewayDispatchEvents,
  type APIAutoModerationRule,
  type APIGuildScheduledEvent,
  MessageType,
} from "discord-api-types/v10";
import { guildPayload } from "../world/guilds.ts";
import { dropInvite, keepInvite } from "../world/invites.ts";
import { postMessage } from "../world/messages.ts";
import { iso } from "../world/times.ts";
import { dispatch, type World } from "../world/world.ts";
import { channelIn, guildIn, memberIn, refused } from "./refused.ts";

const NOTICES = {
  "alert-mode-on": MessageType.GuildIncidentAlertModeEnabled,
  "alert-mode-off": MessageType.GuildIncidentAlertModeDisabled,
  "raid-reported": MessageType.GuildIncidentReportRaid,
  "false-alarm": MessageType.GuildIncidentReportFalseAlarm,
} as const;

export interface PlannedEvent {
  readonly name: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly location: string;
}

/** What members arrange among each other, and what Discord itself notices. */
export function happeningControl(world: World) {
  return {
    /** Made in the client, by the owner; lasts for ever, and for so many uses where a number is given. */
    createInvite(guildId: string, channelId: string, maxUses = 0): string {
      const { ownerId: inviterId } = guildIn(world, guildId);
      return keepInvite(world, { guildId, channelId, inviterId, maxAge: 0, maxUses }, { userId: inviterId }).code;
    },
    deleteInvite(code: string): void {
      const invite = world.invites.get(code);
      if (invite === undefined) throw refused(`there is no invite ${code}`);
      dropInvite(world, invite, { userId: guildIn(world, invite.guildId).ownerId });
    },
    /** discord.gg/<code>, which a guild of a certain size may choose. */
    setVanity(guildId: string, code: string): void {
      guildIn(world, guildId).vanityCode = code;
    },
    /** Planned in the client by somebody; takes place elsewhere. */
    planEvent: (guildId: string, userId: string, planned: PlannedEvent) => planEvent(world, guildId, userId, planned),
    /** Somebody says that they want to come, or do not any more. */
    wantEvent(guildId: string, eventId: string, userId: string, wanted: boolean): void {
      const guild = guildIn(world, guildId);
      memberIn(guild, userId);
      if (!guild.scheduledEvents.has(eventId)) throw refused(`there is no event ${eventId}`);
      const { GuildScheduledEventUserAdd, GuildScheduledEventUserRemove } = GatewayDispatchEvents;
      const data = { guild_scheduled_event_id: eventId, user_id: userId, guild_id: guildId };
      dispatch(world, wanted ? GuildScheduledEventUserAdd : GuildScheduledEventUserRemove, guildId, data);
    },
    /** A rule of Discord's own AutoMod, made by hand. */
    keepAutomodRule(
      guildId: string,
      rule: Pick<APIAutoModerationRule, "name" | "trigger_type" | "actions"> & Partial<APIAutoModerationRule>,
    ): string {
      const guild = guildIn(world, guildId);
      const id = world.ids.next();
      const whole = {
        trigger_metadata: {},
        exempt_roles: [],
        exempt_channels: [],
        enabled: true,
        event_type: 1,
        ...rule,
      };
      guild.autoModeration.set(id, { ...whole, id, guild_id: guildId, creator_id: guild.ownerId });
      return id;
    },
    /** Discord's notice in a channel that an alarm was raised, ended, or reported right or wrong by somebody. */
    noticeIncident(channelId: string, userId: string, notice: keyof typeof NOTICES): string {
      const channel = channelIn(world, channelId);
      const content = notice === "alert-mode-on" ? iso(world.clock.now() + 3_600_000) : "";
      return postMessage(world, channel, { authorId: userId, type: NOTICES[notice], content }).id;
    },
    /** Discord believes that a raid is going on. */
    detectRaid(guildId: string): void {
      const guild = guildIn(world, guildId);
      const none = { invites_disabled_until: null, dms_disabled_until: null };
      guild.incidents = { ...(guild.incidents ?? none), raid_detected_at: iso(world.clock.now()) };
      dispatch(world, GatewayDispatchEvents.GuildUpdate, guildId, guildPayload(guild) as never);
    },
  };
}

function planEvent(world: World, guildId: string, userId: string, planned: PlannedEvent): string {
  const guild = guildIn(world, guildId);
  memberIn(guild, userId);
  const event = {
    ...{ id: world.ids.next(), guild_id: guildId, creator_id: userId, name: planned.name, description: null },
    ...{ scheduled_start_time: iso(planned.startsAt), scheduled_end_time: iso(planned.endsAt), privacy_level: 2 },
    ...{ status: 1, entity_type: 3, entity_id: null, channel_id: null, user_count: 0, recurrence_rule: null },
    entity_metadata: { location: planned.location },
  } as unknown as APIGuildScheduledEvent;
  guild.scheduledEvents.set(event.id, event);
  dispatch(world, GatewayDispatchEvents.GuildScheduledEventCreate, guildId, event);
  return event.id;
}
