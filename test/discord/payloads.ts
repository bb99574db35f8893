import { type GatewayDispatchPayload, GuildFeature, Locale } from "discord-api-types/v10";
import { BOT, GUILD } from "./context.ts";

/** Names and kinds of all fields are the library's; what no reader looks at may be left out. */
type Shape<T> = T extends readonly (infer E)[] ? Shape<E>[] : T extends object ? { [K in keyof T]?: Shape<T[K]> } : T;
type DataOf<T> = GatewayDispatchPayload extends infer P
  ? P extends { t: infer U; d: infer D }
    ? T extends U
      ? Shape<D>
      : never
    : never
  : never;

const JOINED = "2024-05-01T10:00:00+00:00";
const LATER = "2031-05-01T10:00:00+00:00";
const ID = "1200000000000000000";
const user = { id: "300", username: "willow", global_name: "Willow", discriminator: "0", avatar: "ab12", bot: false };
const member = {
  ...{ user, roles: ["9"], nick: "Owl", joined_at: JOINED, pending: false, avatar: null, flags: 0 },
  ...{ deaf: false, mute: false, communication_disabled_until: LATER },
};
const place = { guild_id: GUILD, channel_id: "200" };
const spot = { ...place, message_id: "5" };
const emoji = { id: "8", name: "owl" };
const role = { id: "9", name: "reader", position: 3, permissions: "8", managed: false, color: 0, hoist: false };
const channel = {
  ...{ id: "200", guild_id: GUILD, type: 0, name: "general", position: 0, parent_id: "201", rate_limit_per_user: 5 },
  permission_overwrites: [{ id: "9", type: 0, allow: "0", deny: "2048" }],
} as const;
const thread = {
  ...{ id: "400", guild_id: GUILD, type: 11, name: "idea", parent_id: "200", owner_id: "300", applied_tags: ["7"] },
  thread_metadata: { archived: false, locked: true, auto_archive_duration: 60, create_timestamp: JOINED },
  member: { user_id: "300", join_timestamp: JOINED },
} as const;
const voice = {
  ...{ guild_id: GUILD, channel_id: "202", user_id: "300", session_id: "v", deaf: false, mute: true, self_mute: true },
  ...{ self_deaf: false, self_video: true, self_stream: true, suppress: false, member },
};
const event = {
  ...{ id: ID, guild_id: GUILD, creator_id: "300", name: "Owl watch", description: "At night", status: 1 },
  ...{ scheduled_start_time: JOINED, scheduled_end_time: LATER },
} as const;
const elsewhere = { ...event, entity_type: 3, channel_id: null, entity_metadata: { location: "The tower" } } as const;
const inVoice = { ...event, entity_type: 2, channel_id: "202", entity_metadata: null } as const;
const wish = { guild_scheduled_event_id: ID, user_id: "300", guild_id: GUILD };
const message = {
  ...{ ...place, id: ID, type: 19, content: "hello <@301>", author: user, timestamp: JOINED, edited_timestamp: JOINED },
  ...{ mentions: [user], mention_roles: ["9"], mention_everyone: false, webhook_id: "77", flags: 4 },
  member: { roles: ["9"], nick: "Owl", joined_at: JOINED },
  attachments: [
    { id: "1", filename: "a.png", size: 5, url: "https://x", content_type: "image/png", width: 1, height: 1 },
  ],
  embeds: [{ url: "https://x.example" }],
  sticker_items: [{ id: "6", name: "wave" }],
  message_reference: { message_id: "4", channel_id: "200" },
  message_snapshots: [{ message: { content: "forwarded", attachments: [], embeds: [] } }],
  poll: { question: { text: "?" }, answers: [{ poll_media: { text: "yes" } }] },
} as const;
const guild = {
  ...{
    id: GUILD,
    name: "Owlery",
    owner_id: "300",
    preferred_locale: Locale.German,
    features: [GuildFeature.Community],
    roles: [role],
  },
  ...{ system_channel_id: "200", safety_alerts_channel_id: "200", public_updates_channel_id: "200" },
  incidents_data: { invites_disabled_until: LATER, dms_disabled_until: null, raid_detected_at: JOINED },
};
const resolved = {
  ...{ users: { "300": user }, members: { "300": member }, roles: { "9": role }, channels: { "200": channel } },
  attachments: { "1": { id: "1", filename: "a.png", size: 5, url: "https://x" } },
};

/** One whole payload for every dispatch that is read. */
export const PAYLOADS = {
  MESSAGE_CREATE: message,
  MESSAGE_UPDATE: message,
  MESSAGE_DELETE: { ...place, id: "5" },
  MESSAGE_DELETE_BULK: { ...place, ids: ["5", "6"] },
  MESSAGE_REACTION_ADD: { ...spot, user_id: "300", emoji, member },
  MESSAGE_REACTION_REMOVE: { ...spot, user_id: "300", emoji },
  MESSAGE_REACTION_REMOVE_ALL: spot,
  MESSAGE_REACTION_REMOVE_EMOJI: { ...spot, emoji },
  GUILD_MEMBER_ADD: { ...member, guild_id: GUILD },
  GUILD_MEMBER_REMOVE: { guild_id: GUILD, user },
  GUILD_MEMBER_UPDATE: { ...member, guild_id: GUILD },
  GUILD_BAN_ADD: { guild_id: GUILD, user },
  GUILD_BAN_REMOVE: { guild_id: GUILD, user },
  GUILD_CREATE: {
    ...guild,
    ...{ member_count: 3, unavailable: false, channels: [channel], threads: [thread], members: [member] },
    voice_states: [voice],
  },
  GUILD_UPDATE: guild,
  GUILD_DELETE: { id: GUILD, unavailable: true },
  GUILD_ROLE_CREATE: { guild_id: GUILD, role },
  GUILD_ROLE_UPDATE: { guild_id: GUILD, role },
  GUILD_ROLE_DELETE: { guild_id: GUILD, role_id: "9" },
  CHANNEL_CREATE: channel,
  CHANNEL_UPDATE: channel,
  CHANNEL_DELETE: channel,
  THREAD_CREATE: { ...thread, newly_created: true },
  THREAD_UPDATE: thread,
  THREAD_DELETE: { id: "400", guild_id: GUILD, parent_id: "200", type: 11 },
  THREAD_LIST_SYNC: { guild_id: GUILD, channel_ids: ["200"], threads: [thread], members: [{ user_id: "300" }] },
  THREAD_MEMBERS_UPDATE: { id: "400", guild_id: GUILD, member_count: 1, removed_member_ids: [BOT, "300"] },
  VOICE_STATE_UPDATE: voice,
  INVITE_CREATE: { ...place, code: "abc", inviter: user, max_age: 60, max_uses: 2, created_at: JOINED },
  INVITE_DELETE: { ...place, code: "abc" },
  GUILD_AUDIT_LOG_ENTRY_CREATE: {
    ...{ id: ID, guild_id: GUILD, action_type: 22, user_id: "300", target_id: "301", reason: "[gh:x] spam" },
    changes: [{ key: "nick", old_value: "a", new_value: "b" }],
  },
  AUTO_MODERATION_ACTION_EXECUTION: {
    ...{ ...spot, rule_id: "9", rule_trigger_type: 1, user_id: "300", action: { type: 1 }, content: "bad" },
    ...{ matched_keyword: "b*", matched_content: "bad" },
  },
  GUILD_SCHEDULED_EVENT_CREATE: elsewhere,
  GUILD_SCHEDULED_EVENT_UPDATE: inVoice,
  GUILD_SCHEDULED_EVENT_DELETE: elsewhere,
  GUILD_SCHEDULED_EVENT_USER_ADD: wish,
  GUILD_SCHEDULED_EVENT_USER_REMOVE: wish,
  INTERACTION_CREATE: {
    ...{ ...place, id: ID, application_id: "1", type: 2, token: "t", version: 1, locale: Locale.German },
    member: { ...member, permissions: "8" },
    data: {
      ...{ id: "2", name: "member", type: 1, resolved, target_id: "300" },
      options: [{ type: 1, name: "warn", options: [{ type: 6, name: "who", value: "300" }] }],
    },
  },
} as const satisfies { readonly [T in GatewayDispatchPayload["t"]]?: DeepReadonly<DataOf<T>> };

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };
