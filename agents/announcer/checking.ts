import {
  channelPermissions,
  guildPermissions,
  isThread,
  missingPermissions,
  type Announcement,
  type Look,
  type Member,
} from "#core";
import { plain } from "#core/text/index";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

export const LONGEST_TEXT = 3_500;
export const LONGEST_TITLE = 200;
const TEXT_CHANNELS: readonly number[] = [0, 5, 10, 11, 12];

interface Scene {
  readonly guildId: string;
  readonly by: Member;
  readonly locale: string | undefined;
  readonly look: Look;
  readonly config: Config;
}

/** All that keeps it from being sent off, in a line each: none is left to be found at the moment it is posted. */
export function mistakesIn(announcement: Announcement, scene: Scene): readonly string[] {
  const { locale, config } = scene;
  const { text, channelIds, pingRoleId } = announcement;
  return [
    ...(text.trim() === "" ? [words.say(locale, "wrong.empty")] : []),
    ...(text.length > LONGEST_TEXT
      ? [words.say(locale, "wrong.long", { most: LONGEST_TEXT, length: text.length })]
      : []),
    ...(channelIds.length === 0 ? [words.say(locale, "wrong.no-channel")] : []),
    ...(channelIds.length > config.mostChannels
      ? [words.say(locale, "wrong.channels", { most: config.mostChannels, count: channelIds.length })]
      : []),
    ...channelIds.flatMap((id) => channelMistake(id, scene)),
    ...(pingRoleId === undefined ? [] : roleMistake(pingRoleId, scene)),
  ];
}

function channelMistake(channelId: string, { guildId, by, locale, look }: Scene): readonly string[] {
  const channel = look.channel(channelId);
  if (channel === undefined) return [words.say(locale, "wrong.gone", { id: channelId })];
  const values = { channel: `<#${channelId}>` };
  if (!TEXT_CHANNELS.includes(channel.type)) return [words.say(locale, "wrong.kind", values)];
  const parent = isThread(channel) && channel.parentId !== undefined ? look.channel(channel.parentId) : undefined;
  const channels = Object.fromEntries([channel, ...(parent === undefined ? [] : [parent])].map((one) => [one.id, one]));
  const sending = isThread(channel) ? "SEND_MESSAGES_IN_THREADS" : "SEND_MESSAGES";
  const granted = channelPermissions({ ...standing(guildId, by, look), channels }, channelId, by.userId, by.roleIds);
  const missing = missingPermissions(granted, ["VIEW_CHANNEL", sending]);
  return missing.length === 0 ? [] : [words.say(locale, "wrong.not-yours", values)];
}

/** Nobody calls by the house whom they could not call themselves. */
function roleMistake(roleId: string, { guildId, by, locale, look }: Scene): readonly string[] {
  const role = look.role(roleId);
  if (role === undefined) return [words.say(locale, "wrong.role")];
  if (roleId === guildId) return [words.say(locale, "wrong.everyone")];
  const granted = guildPermissions({ ...standing(guildId, by, look), channels: {} }, by.userId, by.roleIds);
  if (missingPermissions(granted, ["MENTION_EVERYONE"]).length === 0) return [];
  return [words.say(locale, "wrong.call", { role: plain(role.name) })];
}

function standing(guildId: string, { roleIds }: Member, look: Look) {
  const roles = [guildId, ...roleIds].flatMap((id) => look.role(id) ?? []);
  const { ownerId } = look.guild();
  return { guildId, ownerId, roles: Object.fromEntries(roles.map((role) => [role.id, role])) };
}
