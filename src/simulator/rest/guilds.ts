import { AuditLogEvent, GatewayDispatchEvents, PermissionFlagsBits as Bit, type APIRole } from "discord-api-types/v10";
import { z } from "zod";
import { AUDIT_LOG_MS, INCIDENT_ACTION_MS } from "../limits.ts";
import { snowflakeTime } from "#core";
import { audit, differences } from "../world/audit.ts";
import { guildPayload } from "../world/guilds.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { guildPermissions, needAboveRole, needInGuild } from "../world/permissions.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import { announceRole, changeRole, createRole, deleteRole } from "../world/roles.ts";
import type { GuildState } from "../world/states.ts";
import { dispatch } from "../world/world.ts";
import { findGuild, findRole } from "./find.ts";
import { form, page, permissionBits, queryForm, snowflake } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

function show(call: Call): Reply {
  const guild = findGuild(call);
  const counts = { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size };
  return ok({ ...guildPayload(guild), ...(call.query.get("with_counts") === "true" ? counts : {}) });
}

function change(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.ManageGuild);
  const body = form(
    call,
    z.looseObject({
      name: z.string().min(2).max(100).optional(),
      preferred_locale: z.string().nullish(),
      verification_level: z.number().int().min(0).max(4).nullish(),
    }),
  );
  const before = changeable(guild);
  guild.name = body.name ?? guild.name;
  guild.locale = body.preferred_locale ?? guild.locale;
  guild.verificationLevel = body.verification_level ?? guild.verificationLevel;
  const changes = differences(before, changeable(guild));
  if (changes.length > 0) {
    announceGuild(call, guild);
    audit(call.world, guild, AuditLogEvent.GuildUpdate, call.actor, { targetId: guild.id, changes });
  }
  return ok(guildPayload(guild));
}

function changeable({ name, locale, verificationLevel }: GuildState) {
  return { name, preferred_locale: locale, verification_level: verificationLevel };
}

function announceGuild(call: Call, guild: GuildState): void {
  dispatch(call.world, GatewayDispatchEvents.GuildUpdate, guild.id, guildPayload(guild) as never);
}

const roleSchema = z.looseObject({
  name: z.string().min(1).max(100).nullish(),
  permissions: permissionBits.nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  hoist: z.boolean().nullish(),
  mentionable: z.boolean().nullish(),
});

/** A role can carry no permission its maker lacks. */
function readRole(call: Call, guild: GuildState) {
  const body = form(call, roleSchema);
  needInGuild(call.world, guild, Bit.ManageRoles);
  const held = guildPermissions(call.world, guild, call.world.botId);
  if (body.permissions && (BigInt(body.permissions) & ~held) !== 0n) throw refuse(50013);
  return {
    name: body.name ?? undefined,
    permissions: body.permissions ?? undefined,
    color: body.color ?? undefined,
    hoist: body.hoist ?? undefined,
    mentionable: body.mentionable ?? undefined,
  };
}

function patchRole(call: Call): Reply {
  const guild = findGuild(call);
  const role = findRole(call, guild);
  const draft = readRole(call, guild);
  if (role.id !== guild.id) needAboveRole(call.world, guild, role);
  changeRole(call.world, guild, role, draft, call.actor);
  return ok(role);
}

function moveRoles(call: Call): Reply {
  const guild = findGuild(call);
  const moves = form(call, z.array(z.looseObject({ id: snowflake, position: z.number().int().min(0).nullish() })));
  needInGuild(call.world, guild, Bit.ManageRoles);
  for (const { id, position } of moves) {
    const role = guild.roles.get(id);
    if (role === undefined) throw refuse(10011);
    needAboveRole(call.world, guild, role);
    if (typeof position === "number") needBelowOwn(call, guild, position);
  }
  for (const { id, position } of moves) {
    const role = guild.roles.get(id) as APIRole;
    if (typeof position !== "number" || role.position === position) continue;
    role.position = position;
    announceRole(call.world, guild, role);
  }
  return ok([...guild.roles.values()]);
}

function needBelowOwn(call: Call, guild: GuildState, position: number): void {
  if (guild.ownerId === call.world.botId) return;
  const own = guild.members.get(call.world.botId)?.roleIds.map((id) => guild.roles.get(id)?.position ?? 0) ?? [];
  if (position >= Math.max(0, ...own)) throw refuse(50013);
}

function removeRole(call: Call): Reply {
  const guild = findGuild(call);
  const role = findRole(call, guild);
  needInGuild(call.world, guild, Bit.ManageRoles);
  if (role.managed || role.id === guild.id) throw refuse(50028);
  needAboveRole(call.world, guild, role);
  deleteRole(call.world, guild, role, call.actor);
  return noContent;
}

/** Newest first; with `after` oldest first, as Discord does. Entries older than 45 days are gone. */
function auditLog(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.ViewAuditLog);
  const { limit, before, after } = queryForm(call, page(100, 50));
  const oldest = call.world.clock.now() - AUDIT_LOG_MS;
  const userId = call.query.get("user_id");
  const action = call.query.get("action_type");
  const found = guild.audit.filter(
    (one) =>
      snowflakeTime(one.id) >= oldest &&
      (userId === null || one.user_id === userId) &&
      (action === null || action === "0" || String(one.action_type) === action) &&
      (before === undefined || BigInt(one.id) < BigInt(before)) &&
      (after === undefined || BigInt(one.id) > BigInt(after)),
  );
  const entries = after === undefined ? found.reverse().slice(0, limit) : found.slice(0, limit);
  const people = new Set(
    entries.flatMap((one) => [one.user_id, one.target_id]).filter((id) => id !== null && call.world.users.has(id)),
  );
  const users = [...people].map((id) => userPayload(userById(call.world, id as string)));
  return ok({
    audit_log_entries: entries,
    users,
    webhooks: [],
    integrations: [],
    threads: [],
    application_commands: [],
    auto_moderation_rules: [],
    guild_scheduled_events: [],
  });
}

const until = z.iso.datetime({ offset: true, local: true }).nullish();

/** PUT means all of it: a field left out is cleared. Each pause ends within a day. */
function incidents(call: Call): Reply {
  const guild = findGuild(call);
  needInGuild(call.world, guild, Bit.ManageGuild);
  const body = form(call, z.looseObject({ invites_disabled_until: until, dms_disabled_until: until }));
  for (const field of ["invites_disabled_until", "dms_disabled_until"] as const) {
    const value = body[field];
    if (value && Date.parse(value) > call.world.clock.now() + INCIDENT_ACTION_MS)
      throw invalidForm([field], "Must be less than 24 hours in the future.", "INCIDENT_ACTION_TOO_LONG");
  }
  guild.incidents = {
    ...guild.incidents,
    invites_disabled_until: body.invites_disabled_until ?? null,
    dms_disabled_until: body.dms_disabled_until ?? null,
  };
  announceGuild(call, guild);
  return ok(guild.incidents);
}

const ROLES = "/guilds/:guildId/roles";

export const guildRoutes = [
  route("GET", "/guilds/:guildId", show),
  route("PATCH", "/guilds/:guildId", change),
  route("GET", "/guilds/:guildId/audit-logs", auditLog),
  route("PUT", "/guilds/:guildId/incident-actions", incidents),
  route("GET", ROLES, (call) => ok([...findGuild(call).roles.values()])),
  route("POST", ROLES, (call) => {
    const guild = findGuild(call);
    return ok(createRole(call.world, guild, readRole(call, guild), call.actor));
  }),
  route("PATCH", ROLES, moveRoles),
  route("GET", `${ROLES}/:roleId`, (call) => ok(findRole(call, findGuild(call)))),
  route("PATCH", `${ROLES}/:roleId`, patchRole),
  route("DELETE", `${ROLES}/:roleId`, removeRole),
];
