import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { BAN_DELETE_SECONDS, BULK_BAN_USERS, TIMEOUT_MS } from "../limits.ts";
import { ban, changeMember, kick, unban } from "../world/members.ts";
import { memberPayload, userById, userPayload } from "../world/payloads.ts";
import { guildPermissions, needAboveRole, needInGuild, needOutranked } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { GuildState, MemberState } from "../world/states.ts";
import { findGuild, findMember, findRole } from "./find.ts";
import { form, page, queryForm, snowflake } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";
import { changeInVoice } from "./voice.ts";

function list(call: Call): Reply {
  const guild = findGuild(call);
  const { limit, after } = queryForm(call, page(1_000, 1));
  const sorted = [...guild.members.values()].sort((one, other) => (BigInt(one.userId) < BigInt(other.userId) ? -1 : 1));
  const from = BigInt(after ?? "0");
  const found = sorted.filter((one) => BigInt(one.userId) > from).slice(0, limit);
  return ok(found.map((one) => memberPayload(call.world, one)));
}

function search(call: Call): Reply {
  const guild = findGuild(call);
  const start = (call.query.get("query") ?? "").toLowerCase();
  const limit = Number(call.query.get("limit") ?? "1");
  const found = [...guild.members.values()].filter((one) =>
    (one.nick ?? userById(call.world, one.userId).username).toLowerCase().startsWith(start),
  );
  return ok(found.slice(0, limit).map((one) => memberPayload(call.world, one)));
}

const changeSchema = z.looseObject({
  nick: z.string().max(32, "Must be 32 or fewer in length.").nullish(),
  roles: z.array(snowflake).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
  communication_disabled_until: z.iso.datetime({ offset: true, local: true }).nullish(),
});

function change(call: Call): Reply {
  const guild = findGuild(call);
  const member = findMember(call, guild);
  const body = form(call, changeSchema);
  if (body.nick !== undefined) needToRename(call, guild, member);
  if (body.roles) needToAssign(call, guild, member, body.roles);
  const until = body.communication_disabled_until;
  if (until !== undefined) needToTimeOut(call, guild, member, until);
  const timeoutUntil = until === undefined ? undefined : until === null ? null : Date.parse(until);
  const draft = { nick: body.nick, roleIds: body.roles ?? undefined, timeoutUntil };
  changeInVoice(call, guild, member, body);
  changeMember(call.world, guild, member, draft, call.actor);
  return ok(memberPayload(call.world, member));
}

function needToRename(call: Call, guild: GuildState, member: MemberState): void {
  if (member.userId === call.world.botId) return needInGuild(call.world, guild, Bit.ChangeNickname);
  needInGuild(call.world, guild, Bit.ManageNicknames);
  needOutranked(call.world, guild, member.userId);
}

/** Every role that is given or taken must stand below the bot's highest. */
function needToAssign(call: Call, guild: GuildState, member: MemberState, wanted: readonly string[]): void {
  needInGuild(call.world, guild, Bit.ManageRoles);
  const changed = [
    ...wanted.filter((id) => !member.roleIds.includes(id)),
    ...member.roleIds.filter((id) => !wanted.includes(id)),
  ];
  for (const id of changed) {
    const role = guild.roles.get(id);
    if (role === undefined || role.id === guild.id) throw refuse(10011);
    if (role.managed) throw refuse(50013);
    needAboveRole(call.world, guild, role);
  }
}

/** Administrators and the owner cannot be timed out; nobody can for more than 28 days. */
function needToTimeOut(call: Call, guild: GuildState, member: MemberState, until: string | null): void {
  needInGuild(call.world, guild, Bit.ModerateMembers);
  needOutranked(call.world, guild, member.userId);
  if (until === null) return;
  if ((guildPermissions(call.world, guild, member.userId) & Bit.Administrator) !== 0n) throw refuse(50013);
  if (Date.parse(until) > call.world.clock.now() + TIMEOUT_MS)
    throw invalidForm(
      ["communication_disabled_until"],
      "Must be less than 28 days in the future.",
      "COMMUNICATION_DISABLED_UNTIL_TOO_FAR",
    );
}

function setRole(call: Call, has: boolean): Reply {
  const guild = findGuild(call);
  const member = findMember(call, guild);
  const role = findRole(call, guild);
  needInGuild(call.world, guild, Bit.ManageRoles);
  if (role.managed || role.id === guild.id) throw refuse(50013);
  needAboveRole(call.world, guild, role);
  const others = member.roleIds.filter((id) => id !== role.id);
  changeMember(call.world, guild, member, { roleIds: has ? [...others, role.id] : others }, call.actor);
  return noContent;
}

function kickMember(call: Call): Reply {
  const guild = findGuild(call);
  const member = findMember(call, guild);
  needInGuild(call.world, guild, Bit.KickMembers);
  needOutranked(call.world, guild, member.userId);
  kick(call.world, guild, member.userId, call.actor);
  return noContent;
}

const deleteSeconds = z.number().int().min(0).max(BAN_DELETE_SECONDS).optional();
const banSchema = z.looseObject({
  delete_message_seconds: deleteSeconds,
  delete_message_days: z.number().int().min(0).max(7).optional(),
});

/** Somebody who is no member can be banned too, if such a user exists. */
function banUser(call: Call): Reply {
  const guild = findGuild(call);
  const userId = call.id("userId");
  const body = form(call, banSchema);
  needInGuild(call.world, guild, Bit.BanMembers);
  if (!call.world.users.has(userId)) throw refuse(10013);
  if (userId === guild.ownerId || guild.members.has(userId)) needOutranked(call.world, guild, userId);
  const seconds = body.delete_message_seconds ?? (body.delete_message_days ?? 0) * 86_400;
  ban(call.world, guild, userId, call.actor, seconds);
  return noContent;
}

function unbanUser(call: Call): Reply {
  const guild = findGuild(call);
  const userId = call.id("userId");
  needInGuild(call.world, guild, Bit.BanMembers);
  if (!guild.bans.has(userId)) throw refuse(10026);
  unban(call.world, guild, userId, call.actor);
  return noContent;
}

const bulkSchema = z.looseObject({
  user_ids: z.array(snowflake).min(1).max(BULK_BAN_USERS, `Must be ${BULK_BAN_USERS} or fewer in length.`),
  delete_message_seconds: deleteSeconds,
});

/** Whoever cannot be banned is listed as failed; where that is everybody, the whole request fails. */
function bulkBan(call: Call): Reply {
  const guild = findGuild(call);
  const body = form(call, bulkSchema);
  needInGuild(call.world, guild, Bit.BanMembers | Bit.ManageGuild);
  const banned = body.user_ids.filter((userId) => tryBan(call, guild, userId, body.delete_message_seconds ?? 0));
  if (banned.length === 0) throw refuse(500000);
  return ok({ banned_users: banned, failed_users: body.user_ids.filter((id) => !banned.includes(id)) });
}

function tryBan(call: Call, guild: GuildState, userId: string, seconds: number): boolean {
  if (!call.world.users.has(userId) || guild.bans.has(userId) || userId === call.world.botId) return false;
  try {
    if (userId === guild.ownerId || guild.members.has(userId)) needOutranked(call.world, guild, userId);
  } catch {
    // Outranked or the owner: one of the failed users, which is what the answer says.
    return false;
  }
  ban(call.world, guild, userId, call.actor, seconds);
  return true;
}

function banPayload(call: Call, guild: GuildState, userId: string) {
  const found = guild.bans.get(userId);
  if (found === undefined) throw refuse(10026);
  return { reason: found.reason, user: userPayload(userById(call.world, userId)) };
}

function listBans(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.BanMembers);
  const { limit, before, after } = queryForm(call, page(1_000, 1_000));
  const ids = [...guild.bans.keys()].sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1));
  const found = ids.filter(
    (id) => BigInt(id) > BigInt(after ?? "0") && (before === undefined || BigInt(id) < BigInt(before)),
  );
  const paged = before !== undefined && after === undefined ? found.slice(-limit) : found.slice(0, limit);
  return ok(paged.map((id) => banPayload(call, guild, id)));
}

function showBan(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.BanMembers);
  return ok(banPayload(call, guild, call.id("userId")));
}

export const memberRoutes = [
  route("GET", "/guilds/:guildId/members", list),
  route("GET", "/guilds/:guildId/members/search", search),
  route("GET", "/guilds/:guildId/members/:userId", (call) =>
    ok(memberPayload(call.world, findMember(call, findGuild(call)))),
  ),
  route("PATCH", "/guilds/:guildId/members/:userId", change),
  route("DELETE", "/guilds/:guildId/members/:userId", kickMember),
  route("PUT", "/guilds/:guildId/members/:userId/roles/:roleId", (call) => setRole(call, true)),
  route("DELETE", "/guilds/:guildId/members/:userId/roles/:roleId", (call) => setRole(call, false)),
  route("GET", "/guilds/:guildId/bans", listBans),
  route("GET", "/guilds/:guildId/bans/:userId", showBan),
  route("PUT", "/guilds/:guildId/bans/:userId", banUser),
  route("DELETE", "/guilds/:guildId/bans/:userId", unbanUser),
  route("POST", "/guilds/:guildId/bulk-ban", bulkBan),
];
