import { AuditLogEvent, GatewayDispatchEvents } from "discord-api-types/v10";
import { audit, type Actor } from "./audit.ts";
import { userById, userPayload } from "./payloads.ts";
import type { InviteState } from "./states.ts";
import { iso } from "./times.ts";
import { dispatch, type World } from "./world.ts";

export function invitePayload(world: World, invite: InviteState) {
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

export function keepInvite(
  world: World,
  draft: Omit<InviteState, "code" | "createdAt" | "uses">,
  actor: Actor,
): InviteState {
  const code = world.ids.secret("invite", world.ids.next()).replace(/[-_]/g, "").slice(0, 8);
  const invite = { ...draft, code, createdAt: world.clock.now(), uses: 0 };
  const { guildId, channelId } = invite;
  world.invites.set(code, invite);
  logged(world, invite, AuditLogEvent.InviteCreate, actor, { key: "code", new_value: code });
  dispatch(world, GatewayDispatchEvents.InviteCreate, guildId, {
    ...{ ...invitePayload(world, invite), channel_id: channelId, guild_id: guildId },
  } as never);
  return invite;
}

export function dropInvite(world: World, invite: InviteState, actor: Actor): void {
  const { code, channelId, guildId } = invite;
  world.invites.delete(code);
  logged(world, invite, AuditLogEvent.InviteDelete, actor, { key: "code", old_value: code });
  dispatch(world, GatewayDispatchEvents.InviteDelete, guildId, { code, channel_id: channelId, guild_id: guildId });
}

function logged(
  world: World,
  { guildId }: InviteState,
  action: AuditLogEvent,
  actor: Actor,
  change: { key: string; old_value?: unknown; new_value?: unknown },
): void {
  const guild = world.guilds.get(guildId);
  if (guild !== undefined) audit(world, guild, action, actor, { targetId: null, changes: [change] });
}
