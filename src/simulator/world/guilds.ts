import {
  ChannelType,
  GatewayDispatchEvents,
  type APIGuild,
  type APIRole,
  type GatewayGuildCreateDispatchData,
} from "discord-api-types/v10";
import { newChannel, keepChannel, type ChannelDraft } from "./channels.ts";
import { createUser, newMember, type UserDraft } from "./members.ts";
import { channelPayload, memberPayload, threadMemberPayload } from "./payloads.ts";
import { canSee, isThread } from "./permissions.ts";
import { BOT, EVERYONE } from "./presets.ts";
import { newRole, type RoleDraft } from "./roles.ts";
import type { GuildState } from "./states.ts";
import { iso } from "./times.ts";
import { voicePayload } from "./voice.ts";
import { dispatch, tell, type World } from "./world.ts";

export interface GuildMemberDraft extends UserDraft {
  readonly roles?: readonly string[] | undefined;
  /** How long they have been there; they come with the guild unless said. */
  readonly memberForMs?: number | undefined;
}

export interface GuildDraft {
  readonly name: string;
  readonly locale?: string | undefined;
  readonly everyone?: bigint | string | undefined;
  /** Lowest first: each stands above the one before it. */
  readonly roles?: readonly (RoleDraft & { readonly name: string })[] | undefined;
  /** The bot's own role; `above` names the role it stands directly above, otherwise it is the highest. */
  readonly botRole?: (RoleDraft & { readonly above?: string | undefined }) | undefined;
  readonly channels?: readonly ChannelDraft[] | undefined;
  /** The first is the owner, unless `owner` names another. `roles` are names of roles. */
  readonly members?: readonly GuildMemberDraft[] | undefined;
  readonly owner?: string | undefined;
}

export function createGuild(world: World, draft: GuildDraft): GuildState {
  // Guilds are older than the world they are seen in, by an odd distance: so they fall into different shards.
  const id = world.ids.beforeBeginning((world.guilds.size + 1) * 1_009);
  const guild: GuildState = {
    id,
    name: draft.name,
    ownerId: "",
    locale: draft.locale ?? "en-US",
    roles: new Map(),
    channels: new Map(),
    members: new Map(),
    bans: new Map(),
    audit: [],
    commands: new Map(),
    autoModeration: new Map(),
    scheduledEvents: new Map(),
    incidents: null,
    verificationLevel: 1,
  };
  addRoles(world, guild, draft);
  for (const channel of draft.channels ?? [{ name: "general" }])
    keepChannel(
      world,
      guild,
      newChannel({ id: world.ids.next(), guildId: id }, { position: guild.channels.size, ...channel }),
    );
  addMembers(world, guild, draft);
  world.guilds.set(id, guild);
  tell(world, { kind: "guild", guildId: id, id, name: guild.name });
  dispatch(world, GatewayDispatchEvents.GuildCreate, id, guildCreatePayload(world, guild, true));
  return guild;
}

function addRoles(world: World, guild: GuildState, draft: GuildDraft): void {
  guild.roles.set(guild.id, newRole(guild.id, 0, { name: "@everyone", permissions: draft.everyone ?? EVERYONE }));
  const bot: RoleDraft = { name: "Guildhall", permissions: BOT, ...draft.botRole };
  const order: { draft: RoleDraft; bot: boolean }[] = (draft.roles ?? []).map((one) => ({ draft: one, bot: false }));
  const above = order.findIndex((one) => one.draft.name === draft.botRole?.above);
  order.splice(above === -1 ? order.length : above + 1, 0, { draft: bot, bot: true });
  order.forEach((one, index) => {
    const role = newRole(world.ids.next(), index + 1, one.draft, one.bot ? world.botId : undefined);
    guild.roles.set(role.id, role);
  });
}

function addMembers(world: World, guild: GuildState, draft: GuildDraft): void {
  const named = new Map([...guild.roles.values()].map((role) => [role.name, role.id]));
  for (const one of draft.members ?? [{ name: "owner" }]) {
    const user = world.users.get(one.id ?? "") ?? createUser(world, one);
    const roleIds = (one.roles ?? []).map((name) => named.get(name)).filter((id) => id !== undefined);
    const member = newMember(world, user.id, roleIds);
    guild.members.set(user.id, { ...member, joinedAt: member.joinedAt - (one.memberForMs ?? 0) });
    if (guild.ownerId === "" || one.name === draft.owner) guild.ownerId = user.id;
  }
  const botRole = [...guild.roles.values()].find((role) => role.tags?.bot_id === world.botId) as APIRole;
  guild.members.set(world.botId, newMember(world, world.botId, [botRole.id]));
}

export function guildPayload(guild: GuildState): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    region: null,
    afk_channel_id: null,
    afk_timeout: 300,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: guild.verificationLevel,
    default_message_notifications: 1,
    explicit_content_filter: 2,
    roles: [...guild.roles.values()],
    emojis: [],
    stickers: [],
    features: ["COMMUNITY"],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    max_presences: null,
    max_members: 500_000,
    vanity_url_code: guild.vanityCode ?? null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    hub_type: null,
    incidents_data: guild.incidents,
  } as unknown as APIGuild;
}

/**
 * With the presence intent every member comes along, as they are all online; without it only the bot itself, as on Discord.
 */
export function guildCreatePayload(
  world: World,
  guild: GuildState,
  everybody: boolean,
): GatewayGuildCreateDispatchData {
  const channels = [...guild.channels.values()];
  const threads = channels.filter(
    (one) => isThread(one.type) && one.thread?.archived === false && canSee(world, one, world.botId),
  );
  const members = everybody
    ? [...guild.members.values()]
    : [guild.members.get(world.botId)].filter((one) => one !== undefined);
  return {
    ...guildPayload(guild),
    joined_at: iso(guild.members.get(world.botId)?.joinedAt ?? world.clock.now()),
    large: guild.members.size > 250,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [...guild.members.values()]
      .filter((one) => one.voice.channelId !== null)
      .map((one) => voicePayload(guild, one)),
    members: members.map((one) => memberPayload(world, one)),
    channels: channels.filter((one) => !isThread(one.type)).map((one) => channelPayload(world, one)),
    threads: threads.map((one) => ({
      ...channelPayload(world, one),
      ...(one.thread?.members.has(world.botId) === true ? { member: threadMemberPayload(one, world.botId) } : {}),
    })),
    presences: everybody
      ? members.map((one) => ({
          user: { id: one.userId },
          status: "online",
          activities: [],
          client_status: { desktop: "online" },
        }))
      : [],
    stage_instances: [],
    guild_scheduled_events: [...guild.scheduledEvents.values()],
    soundboard_sounds: [],
  } as unknown as GatewayGuildCreateDispatchData;
}

export function isText(type: ChannelType): boolean {
  return (
    type === ChannelType.GuildText ||
    type === ChannelType.GuildAnnouncement ||
    type === ChannelType.GuildVoice ||
    isThread(type)
  );
}
