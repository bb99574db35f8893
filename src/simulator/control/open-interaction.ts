import { GatewayDispatchEvents, type InteractionType } from "discord-api-types/v10";
import { channelPayload, memberPayload } from "../world/payloads.ts";
import { channelPermissions } from "../world/permissions.ts";
import type { GuildState, Interaction } from "../world/states.ts";
import { dispatch, tell, type World } from "../world/world.ts";
import { channelIn, memberIn } from "./refused.ts";

export interface InteractionDraft {
  readonly type: InteractionType;
  readonly guild: GuildState;
  readonly channelId: string;
  readonly userId: string;
  readonly name: string;
  readonly data: object;
  readonly message?: { readonly id: string; readonly payload: unknown };
}

/** Tells the bot that somebody wants something, and waits for nothing. */
export function openInteraction(world: World, draft: InteractionDraft): Interaction {
  const id = world.ids.next();
  const interaction: Interaction = {
    id,
    token: world.ids.secret("interaction", id),
    type: draft.type,
    guildId: draft.guild.id,
    channelId: draft.channelId,
    userId: draft.userId,
    name: draft.name,
    at: world.clock.now(),
    sourceMessageId: draft.message?.id,
    callback: undefined,
    acknowledgedAt: undefined,
    ephemeral: false,
    thinking: false,
    originalId: undefined,
    hidden: new Map(),
    followUpIds: [],
    edits: 0,
    deleted: false,
    modal: undefined,
    choices: undefined,
  };
  world.interactions.set(id, interaction);
  tell(world, { kind: "command", interactionId: id, name: draft.name, userId: draft.userId });
  dispatch(world, GatewayDispatchEvents.InteractionCreate, draft.guild.id, payload(world, draft, interaction) as never);
  return interaction;
}

function payload(world: World, draft: InteractionDraft, interaction: Interaction): object {
  const { guild, channelId, userId } = draft;
  const channel = channelIn(world, channelId);
  const permissions = channelPermissions(world, channel, userId).toString();
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: draft.type,
    data: draft.data,
    guild: { id: guild.id, locale: guild.locale, features: ["COMMUNITY"] },
    guild_id: guild.id,
    channel: { ...channelPayload(world, channel), permissions },
    channel_id: channelId,
    member: { ...memberPayload(world, memberIn(guild, userId)), permissions },
    token: interaction.token,
    version: 1,
    ...(draft.message === undefined ? {} : { message: draft.message.payload }),
    app_permissions: channelPermissions(world, channel, world.botId).toString(),
    locale: world.users.get(userId)?.locale ?? "en-US",
    guild_locale: guild.locale,
    entitlements: [],
    authorizing_integration_owners: { "0": guild.id },
    context: 0,
    attachment_size_limit: 10_485_760,
  };
}
