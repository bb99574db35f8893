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
  const { locale, config, look } = scene;
  const { text, channelIds, pingRoleId, pingEveryone, picture, corrects } = announcement;
  const isNew = corrects === undefined;
  return [
    ...(text.trim() === "" ? [words.say(locale, "wrong.empty")] : []),
    ...(text.length > LONGEST_TEXT
      ? [words.say(locale, "wrong.long", { most: LONGEST_TEXT, length: text.length })]
      : []),
    ...(channelIds.length === 0 ? [words.say(locale, "wrong.no-channel")] : []),
    ...(isNew && channelIds.length > config.mostChannels
      ? [words.say(locale, "wrong.channels", { most: config.mostChannels, count: channelIds.length })]
      : []),
    // What has gone since it was posted needs no other words.
    ...channelIds.filter((id) => isNew || look.channel(id) !== undefined).flatMap((id) => channelMistake(id, scene)),
    ...(picture === undefined || isAddress(picture) ? [] : [words.say(locale, "wrong.picture")]),
    ...(pingRoleId === undefined ? [] : roleMistake(pingRoleId, scene)),
    ...(isNew && pingEveryone === true ? everyoneMistake(scene) : []),
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
  if (mayCallAll(guildId, by, look)) return [];
  return [words.say(locale, "wrong.call", { role: plain(role.name) })];
}

function mayCallAll(guildId: string, caller: Pick<Member, "userId" | "roleIds">, look: Look): boolean {
  const known = { ...standing(guildId, caller, look), channels: {} };
  const granted = guildPermissions(known, caller.userId, caller.roleIds);
  return missingPermissions(granted, ["MENTION_EVERYONE"]).length === 0;
}

/** Only where the guild chose it, and then with a second person. */
function everyoneMistake({ guildId, by, locale, look, config }: Scene): readonly string[] {
  if (!config.everyone) return [words.say(locale, "wrong.everyone")];
  if (!mayCallAll(guildId, by, look)) return [words.say(locale, "wrong.call", { role: "@everyone" })];
  const { botPermissions = "0" } = look.guild();
  const missing = missingPermissions(BigInt(botPermissions), ["MENTION_EVERYONE"]);
  return missing.length === 0 ? [] : [words.say(locale, "wrong.bot-call")];
}

const LONGEST_ADDRESS = 1_000;
const ADDRESS = /^https:\/\/[\w-]+(\.[\w-]+)+(:\d+)?\/\S*$/;
const isAddress = (text: string): boolean => text.length <= LONGEST_ADDRESS && ADDRESS.test(text);

function standing(guildId: string, { roleIds }: Pick<Member, "roleIds">, look: Look) {
  const roles = [guildId, ...roleIds].flatMap((id) => look.role(id) ?? []);
  const { ownerId } = look.guild();
  return { guildId, ownerId, roles: Object.fromEntries(roles.map((role) => [role.id, role])) };
}
