import { AuditLogEvent, GatewayDispatchEvents, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { audit } from "../world/audit.ts";
import { isText } from "../world/guilds.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { needInChannel, needInGuild } from "../world/permissions.ts";
import { refuse } from "../world/refusal.ts";
import type { InviteState } from "../world/states.ts";
import { iso } from "../world/times.ts";
import { dispatch, type World } from "../world/world.ts";
import { findChannel, findGuild, findGuildOf } from "./find.ts";
import { form } from "./form.ts";
import { type Call, ok, type Reply, route } from "./route.ts";

const WEEK_SECONDS = 604_800;

const inviteSchema = z.looseObject({
  max_age: z.number().int().min(0).max(WEEK_SECONDS).default(86_400),
  max_uses: z.number().int().min(0).max(100).default(0),
});

function payload(world: World, invite: InviteState) {
  const guild = world.guilds.get(invite.guildId);
  const channel = world.channels.get(invite.channelId);
  return {
    type: 0,
    code: invite.code,
    guild: { id: invite.guildId, name: guild?.name ?? "", features: ["COMMUNITY"], verification_level: 1 },
    channel: { id: invite.channelId, name: channel?.name ?? "", type: channel?.type ?? 0 },
    inviter: userPayload(userById(world, invite.inviterId)),
    uses: invite.uses,
    max_uses: invite.maxUses,
    max_age: invite.maxAge,
    temporary: false,
    created_at: iso(invite.createdAt),
    expires_at: invite.maxAge === 0 ? null : iso(invite.createdAt + invite.maxAge * 1_000),
  };
}

export function keepInvite(world: World, draft: Omit<InviteState, "code" | "createdAt" | "uses">): InviteState {
  const code = world.ids.secret("invite", world.ids.next()).replace(/[-_]/g, "").slice(0, 8);
  const invite = { ...draft, code, createdAt: world.clock.now(), uses: 0 };
  world.invites.set(code, invite);
  return invite;
}

function create(call: Call): Reply {
  const { world } = call;
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  if (!isText(channel.type)) throw refuse(50024);
  needInChannel(world, channel, Bit.CreateInstantInvite);
  const body = form(call, inviteSchema);
  const invite = keepInvite(world, {
    guildId: guild.id,
    channelId: channel.id,
    inviterId: world.botId,
    maxAge: body.max_age,
    maxUses: body.max_uses,
  });
  const { code } = invite;
  audit(world, guild, AuditLogEvent.InviteCreate, call.actor, {
    targetId: null,
    changes: [{ key: "code", new_value: code }],
  });
  dispatch(world, GatewayDispatchEvents.InviteCreate, guild.id, {
    ...payload(world, invite),
    channel_id: channel.id,
    guild_id: guild.id,
  } as never);
  return ok(payload(world, invite));
}

function find(call: Call): InviteState {
  const invite = call.world.invites.get(call.part("code"));
  const isExpired =
    invite !== undefined && invite.maxAge > 0 && invite.createdAt + invite.maxAge * 1_000 <= call.world.clock.now();
  if (invite === undefined || isExpired) throw refuse(10006);
  return invite;
}

function remove(call: Call): Reply {
  const invite = find(call);
  const guild = call.world.guilds.get(invite.guildId);
  if (guild === undefined) throw refuse(10006);
  needInGuild(call.world, guild, Bit.ManageGuild);
  call.world.invites.delete(invite.code);
  const { code, channelId, guildId } = invite;
  audit(call.world, guild, AuditLogEvent.InviteDelete, call.actor, {
    targetId: null,
    changes: [{ key: "code", old_value: code }],
  });
  dispatch(call.world, GatewayDispatchEvents.InviteDelete, guildId, { code, channel_id: channelId, guild_id: guildId });
  return ok(payload(call.world, invite));
}

function list(call: Call, wants: (invite: InviteState) => boolean): Reply {
  return ok([...call.world.invites.values()].filter(wants).map((one) => payload(call.world, one)));
}

export const inviteRoutes = [
  route("POST", "/channels/:channelId/invites", create),
  route("GET", "/channels/:channelId/invites", (call) => {
    const channel = findChannel(call);
    needInChannel(call.world, channel, Bit.ManageChannels);
    return list(call, (one) => one.channelId === channel.id);
  }),
  route("GET", "/guilds/:guildId/invites", (call) => {
    const guild = findGuild(call);
    needInGuild(call.world, guild, Bit.ManageGuild);
    return list(call, (one) => one.guildId === guild.id);
  }),
  route("GET", "/invites/:code", (call) => ok(payload(call.world, find(call)))),
  route("DELETE", "/invites/:code", remove),
];
