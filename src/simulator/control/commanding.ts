import {
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits as Bit,
  type APIApplicationCommand,
  type APIModalInteractionResponseCallbackData,
} from "discord-api-types/v10";
import { findHidden } from "../world/interactions.ts";
import { messagePayload } from "../world/message-payload.ts";
import { userById } from "../world/payloads.ts";
import { guildPermissions } from "../world/permissions.ts";
import type { Interaction, MessageState } from "../world/states.ts";
import type { World } from "../world/world.ts";
import { nestedComponents } from "../rest/message-body.ts";
import { buildOptions, type OptionValues, resolveUser } from "./command-options.ts";
import { openInteraction } from "./open-interaction.ts";
import { channelIn, guildIn, mayIn, memberIn, nameOf, refused } from "./refused.ts";

/** How an interaction was answered, as its user sees it. */
export interface InteractionView {
  readonly id: string;
  readonly token: string;
  /** The number of the callback type; undefined while nothing came. */
  readonly callback: number | undefined;
  /** Answered "is thinking…" and not filled yet. */
  readonly thinking: boolean;
  readonly content: string | undefined;
  readonly embeds: readonly unknown[];
  readonly components: readonly unknown[];
  readonly ephemeral: boolean;
  readonly messageId: string | undefined;
  readonly edits: number;
  readonly deleted: boolean;
  readonly followUps: readonly { readonly id: string; readonly content: string }[];
  readonly modal: unknown;
  readonly choices: readonly unknown[] | undefined;
}

/** Commands, buttons and forms. Each gives the interaction's id, by which `interaction` tells how it was answered. */
export function commandingControl(world: World) {
  return {
    /** `warn`, or `ticket open` for a subcommand; options by name, a member or role or channel by its id. */
    useCommand: (guildId: string, channelId: string, userId: string, name: string, options: OptionValues = {}) =>
      useCommand(world, guildId, channelId, userId, name, options),
    /** An entry in the menu of a member or of a message, by the id of whom or what it was opened on. */
    useMenu: (guildId: string, channelId: string, userId: string, name: string, targetId: string) =>
      useMenu(world, { guildId, channelId, userId, name, targetId }),
    /** From now on their client is in this language. */
    speaks: (userId: string, locale: string): void => {
      userById(world, userId).locale = locale;
    },
    /** What is typed so far into one option. */
    autocomplete: (
      guildId: string,
      channelId: string,
      userId: string,
      name: string,
      focused: string,
      options: OptionValues,
    ) => useCommand(world, guildId, channelId, userId, name, options, focused),
    pressButton: (
      guildId: string,
      channelId: string,
      userId: string,
      messageId: string,
      customId: string,
      values?: readonly string[],
    ) => press(world, { guildId, channelId, userId, messageId, customId, values }),
    /** A button under a direct message of the bot's, also by somebody who is in no guild any more. */
    pressInDirectMessage: (userId: string, messageId: string, customId: string) =>
      pressPrivately(world, userId, messageId, customId),
    /** Fills the form that an interaction was answered with. */
    submitModal: (interactionId: string, fields: Filled) => submit(world, interactionId, fields),
    interaction: (id: string): InteractionView => view(world, interactionIn(world, id)),
    interactions: (): readonly InteractionView[] => [...world.interactions.values()].map((one) => view(world, one)),
  };
}

function interactionIn(world: World, id: string): Interaction {
  const interaction = world.interactions.get(id);
  if (interaction === undefined) throw refused(`there is no interaction ${id}`);
  return interaction;
}

function useCommand(
  world: World,
  guildId: string,
  channelId: string,
  userId: string,
  path: string,
  options: OptionValues,
  focused?: string,
): string {
  const guild = guildIn(world, guildId);
  memberIn(guild, userId);
  mayIn(world, channelIn(world, channelId), userId, Bit.UseApplicationCommands);
  const [name = "", ...below] = path.split(" ");
  const command = [...guild.commands.values(), ...world.commands.values()].find((one) => one.name === name);
  if (command === undefined) throw refused(`there is no command /${name}`);
  needAllowed(world, guildId, userId, command);
  const built = buildOptions(world, guild, command.options ?? [], below, options, focused);
  const data = { id: command.id, name, type: command.type, guild_id: command.guild_id, ...built };
  const type =
    focused === undefined ? InteractionType.ApplicationCommand : InteractionType.ApplicationCommandAutocomplete;
  return openInteraction(world, { type, guild, channelId, userId, name: path, data }).id;
}

/** Discord hides a command from those who lack its default permissions. */
function needAllowed(world: World, guildId: string, userId: string, command: APIApplicationCommand): void {
  const needed = command.default_member_permissions;
  if (needed === null || needed === undefined) return;
  const held = guildPermissions(world, guildIn(world, guildId), userId);
  if ((held & BigInt(needed)) !== BigInt(needed)) {
    throw refused(
      `Discord does not show /${command.name} to ${nameOf(world, userId)}, who lacks the permission for it`,
    );
  }
}

interface Press {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly messageId: string;
  readonly customId: string;
  readonly values: readonly string[] | undefined;
}

function press(world: World, { guildId, channelId, userId, messageId, customId, values }: Press): string {
  const guild = guildIn(world, guildId);
  memberIn(guild, userId);
  const channel = channelIn(world, channelId);
  mayIn(world, channel, userId, Bit.ViewChannel);
  const message = channel.messages.get(messageId) ?? findHidden(world, messageId);
  if (message === undefined) throw refused(`there is no message ${messageId}`);
  const component = componentOf(message, customId);
  const type = component["type"];
  const data = {
    custom_id: customId,
    component_type: type,
    ...(type === ComponentType.Button ? {} : { values: values ?? [] }),
  };
  return openInteraction(world, {
    type: InteractionType.MessageComponent,
    guild,
    channelId,
    userId,
    name: customId,
    data,
    message: { id: messageId, payload: messagePayload(world, message) },
  }).id;
}

function pressPrivately(world: World, userId: string, messageId: string, customId: string): string {
  const channel = [...world.channels.values()].find((one) => one.messages.has(messageId));
  const message = channel?.messages.get(messageId) ?? findHidden(world, messageId);
  if (message === undefined) throw refused(`there is no message ${messageId}`);
  const type = componentOf(message, customId)["type"];
  return openInteraction(world, {
    type: InteractionType.MessageComponent,
    ...{ guild: undefined, channelId: message.channelId, userId, name: customId },
    data: { custom_id: customId, component_type: type },
    message: { id: messageId, payload: messagePayload(world, message) },
  }).id;
}

function componentOf(message: MessageState, customId: string): Record<string, unknown> {
  const all = nestedComponents(message.components as unknown as Record<string, unknown>[]);
  const found = all.find((one) => one["custom_id"] === customId && one["disabled"] !== true);
  if (found === undefined) throw refused(`the message has nothing to press called ${customId}`);
  return found;
}

type Filled = Readonly<Record<string, string | readonly string[]>>;

interface Menu {
  readonly guildId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly name: string;
  readonly targetId: string;
}

function useMenu(world: World, { guildId, channelId, userId, name, targetId }: Menu): string {
  const guild = guildIn(world, guildId);
  const channel = channelIn(world, channelId);
  memberIn(guild, userId);
  mayIn(world, channel, userId, Bit.UseApplicationCommands);
  const message = channel.messages.get(targetId);
  const type = message === undefined ? ApplicationCommandType.User : ApplicationCommandType.Message;
  const known = [...guild.commands.values(), ...world.commands.values()];
  const command = known.find((one) => one.name === name && one.type === type);
  if (command === undefined) throw refused(`there is no ${name} in that menu`);
  needAllowed(world, guildId, userId, command);
  const resolved =
    message === undefined
      ? resolveUser(world, guild, targetId)
      : { messages: { [targetId]: messagePayload(world, message) } };
  const data = { id: command.id, name, type, target_id: targetId, resolved };
  return openInteraction(world, { type: InteractionType.ApplicationCommand, guild, channelId, userId, name, data }).id;
}

function submit(world: World, interactionId: string, fields: Filled): string {
  const source = interactionIn(world, interactionId);
  const modal = source.modal as APIModalInteractionResponseCallbackData | undefined;
  if (modal === undefined) throw refused("that interaction was not answered with a form");
  const components = modal.components.map((part) => filledPart(part as unknown as FormPart, fields));
  const guild = source.guildId === undefined ? undefined : guildIn(world, source.guildId);
  return openInteraction(world, {
    type: InteractionType.ModalSubmit,
    guild,
    channelId: source.channelId,
    userId: source.userId,
    name: modal.custom_id,
    data: { custom_id: modal.custom_id, components },
    ...messagePart(world, source),
  }).id;
}

interface FormField {
  readonly type: number;
  readonly custom_id: string;
  readonly required?: boolean;
}

interface FormPart {
  readonly type: number;
  readonly component?: FormField;
  readonly components?: readonly FormField[];
}

/** A form comes back in the shape it was sent in. */
function filledPart({ type, component, components = [] }: FormPart, fields: Filled): object {
  if (component !== undefined) return { type, component: filledField(component, fields) };
  return { type, components: components.map((field) => filledField(field, fields)) };
}

function filledField({ type, custom_id: customId, required = true }: FormField, fields: Filled): object {
  const given = fields[customId];
  if (given === undefined && required) throw refused(`the field ${customId} is required`);
  return typeof given === "object"
    ? { type, custom_id: customId, values: given }
    : { type, custom_id: customId, value: given ?? "" };
}

function messagePart(world: World, source: Interaction) {
  const id = source.sourceMessageId;
  // Under an answer that one person sees a form can be opened, too.
  const message =
    id === undefined ? undefined : (world.channels.get(source.channelId)?.messages.get(id) ?? findHidden(world, id));
  return message === undefined ? {} : { message: { id: message.id, payload: messagePayload(world, message) } };
}

function view(world: World, interaction: Interaction): InteractionView {
  const find = (id: string | undefined): MessageState | undefined =>
    id === undefined
      ? undefined
      : (interaction.hidden.get(id) ?? world.channels.get(interaction.channelId)?.messages.get(id));
  const message = find(interaction.originalId);
  return {
    id: interaction.id,
    token: interaction.token,
    callback: interaction.callback,
    thinking: interaction.thinking,
    content: message?.content,
    embeds: message?.embeds ?? [],
    components: message?.components ?? [],
    ephemeral: interaction.ephemeral,
    messageId: message?.id,
    edits: interaction.edits,
    deleted: interaction.deleted,
    followUps: interaction.followUpIds.map((id) => ({ id, content: find(id)?.content ?? "" })),
    modal: interaction.modal,
    choices: interaction.choices,
  };
}
