import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { z } from "zod";
import { isText } from "../world/guilds.ts";
import { dropInvite, invitePayload, keepInvite } from "../world/invites.ts";
import { needInChannel, needInGuild } from "../world/permissions.ts";
import { refuse } from "../world/refusal.ts";
import type { InviteState } from "../world/states.ts";
import { findChannel, findGuild, findGuildOf } from "./find.ts";
import { form } from "./form.ts";
import { type Call, ok, type Reply, route } from "./route.ts";

const WEEK_SECONDS = 604_800;

const inviteSchema = z.looseObject({
  max_age: z.number().int().min(0).max(WEEK_SECONDS).default(86_400),
  max_uses: z.number().int().min(0).max(100).default(0),
});

function create(call: Call): Reply {
  const { world } = call;
  const channel = findChannel(call);
  const guild = findGuildOf(call, channel);
  if (!isText(channel.type)) throw refuse(50024);
  needInChannel(world, channel, Bit.CreateInstantInvite);
  const body = form(call, inviteSchema);
  const draft = { guildId: guild.id, channelId: channel.id, inviterId: world.botId };
  const invite = keepInvite(world, { ...draft, maxAge: body.max_age, maxUses: body.max_uses }, call.actor);
  return ok(invitePayload(world, invite));
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
  dropInvite(call.world, invite, call.actor);
  return ok(invitePayload(call.world, invite));
}

function list(call: Call, wants: (invite: InviteState) => boolean): Reply {
  return ok([...call.world.invites.values()].filter(wants).map((one) => invitePayload(call.world, one)));
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
  route("GET", "/invites/:code", (call) => ok(invitePayload(call.world, find(call)))),
  route("DELETE", "/invites/:code", remove),
];
