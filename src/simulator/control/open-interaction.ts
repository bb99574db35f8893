import { ChannelType, GatewayDispatchEvents, type InteractionType } from "discord-api-types/v10";
import { channelPayload, memberPayload, userById, userPayload } from "../world/payloads.ts";
import { channelPermissions } from "../world/permissions.ts";
import type { GuildState, Interaction } from "../world/states.ts";
import { dispatch, tell, type World } from "../world/world.ts";
import { channelIn, memberIn } from "./refused.ts";

export interface InteractionDraft {
  readonly type: InteractionType;
  /** Absent in a direct message. */
  readonly guild: GuildState | undefined;
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
    guildId: draft.guild?.id,
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
  dispatch(
    world,
    GatewayDispatchEvents.InteractionCreate,
    draft.guild?.id,
    payload(world, draft, interaction) as never,
  );
  return interaction;
}

function payload(world: World, draft: InteractionDraft, interaction: Interaction): object {
  const { channelId, guild, userId } = draft;
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: draft.type,
    data: draft.data,
    channel_id: channelId,
    token: interaction.token,
    version: 1,
    ...(draft.message === undefined ? {} : { message: draft.message.payload }),
    ...(guild === undefined ? privately(world, draft) : inGuild(world, draft, guild)),
    locale: world.users.get(userId)?.locale ?? "en-US",
    entitlements: [],
    attachment_size_limit: 10_485_760,
  };
}

function inGuild(world: World, { channelId, userId }: InteractionDraft, guild: GuildState): object {
  const channel = channelIn(world, channelId);
  const permissions = channelPermissions(world, channel, userId).toString();
  return {
    guild: { id: guild.id, locale: guild.locale, features: ["COMMUNITY"] },
    guild_id: guild.id,
    channel: { ...channelPayload(world, channel), permissions },
    member: { ...memberPayload(world, memberIn(guild, userId)), permissions },
    app_permissions: channelPermissions(world, channel, world.botId).toString(),
    guild_locale: guild.locale,
    authorizing_integration_owners: { "0": guild.id },
    context: 0,
  };
}

/** In a direct message with the bot there is a user, and no member. */
function privately(world: World, { channelId, userId }: InteractionDraft): object {
  return {
    channel: { id: channelId, type: ChannelType.DM },
    user: userPayload(userById(world, userId)),
    app_permissions: "0",
    authorizing_integration_owners: { "0": "0" },
    context: 1,
  };
}
