import { ComponentType, InteractionResponseType as Type, InteractionType, MessageFlags } from "discord-api-types/v10";
import { z } from "zod";
import { CHOICES } from "../limits.ts";
import { byToken, findHidden, toAcknowledge } from "../world/interactions.ts";
import { messagePayload } from "../world/message-payload.ts";
import { removeMessage } from "../world/message-removal.ts";
import { changeMessage, newMessage, postMessage, type MessageChange } from "../world/messages.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import type { ChannelState, Interaction, MessageState } from "../world/states.ts";
import { tell, type World } from "../world/world.ts";
import { storeFiles } from "./attachments.ts";
import { form } from "./form.ts";
import {
  changesOf,
  checkComponents,
  checkEmbeds,
  checkMessage,
  contentOf,
  messageSchema,
  textsOf,
  type MessageBody,
} from "./message-body.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";

const callbackSchema = z.looseObject({ type: z.number().int(), data: z.looseObject({}).nullish() });
const fieldSchema = z.looseObject({ type: z.number().int(), custom_id: z.string().min(1).max(100) });
const labelSchema = z.looseObject({
  type: z.literal(ComponentType.Label),
  label: z.string().min(1).max(45),
  description: z.string().max(100).optional(),
  component: fieldSchema,
});
/** Text fields used to lie in rows; Discord still takes them so. */
const rowSchema = z.looseObject({
  type: z.literal(ComponentType.ActionRow),
  components: z.array(fieldSchema).length(1),
});
const modalSchema = z.looseObject({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z
    .array(z.union([labelSchema, rowSchema]))
    .min(1)
    .max(5),
});
const choicesSchema = z.looseObject({
  choices: z
    .array(z.looseObject({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) }))
    .max(CHOICES, `Must be ${CHOICES} or fewer in length.`),
});

/** The first answer: at most one, within three seconds, of a kind that suits what is answered. */
function acknowledge(call: Call): Reply {
  const interaction = toAcknowledge(call.world, call.id("interactionId"), call.part("interactionToken"));
  const body = form(call, callbackSchema);
  needSuitable(interaction, body.type);
  const answerCall: Call = { ...call, body: body.data ?? {} };
  apply(answerCall, interaction, body.type as Type);
  interaction.callback = body.type as Type;
  interaction.acknowledgedAt = call.world.clock.now();
  if (call.query.get("with_response") !== "true") return noContent;
  return ok(callbackResponse(call.world, interaction));
}

const NEEDS_COMPONENT: readonly number[] = [Type.DeferredMessageUpdate, Type.UpdateMessage];

function needSuitable(interaction: Interaction, type: number): void {
  const isAutocomplete = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  const known: readonly number[] = [
    Type.ChannelMessageWithSource,
    Type.DeferredChannelMessageWithSource,
    Type.DeferredMessageUpdate,
    Type.UpdateMessage,
    Type.ApplicationCommandAutocompleteResult,
    Type.Modal,
  ];
  const suits =
    known.includes(type) &&
    isAutocomplete === (type === (Type.ApplicationCommandAutocompleteResult as number)) &&
    !(NEEDS_COMPONENT.includes(type) && interaction.sourceMessageId === undefined) &&
    !(type === (Type.Modal as number) && interaction.type === InteractionType.ModalSubmit);
  if (!suits) throw invalidForm(["type"], "Invalid interaction callback type.", "INTERACTION_CALLBACK_TYPE_INVALID");
}

function apply(call: Call, interaction: Interaction, type: Type): void {
  switch (type) {
    case Type.ChannelMessageWithSource:
      return answerWith(call, interaction, readMessage(call));
    case Type.DeferredChannelMessageWithSource:
      interaction.thinking = true;
      return think(call, interaction);
    case Type.UpdateMessage:
      return updateSource(call, interaction);
    case Type.Modal:
      interaction.modal = form(call, modalSchema);
      return;
    case Type.ApplicationCommandAutocompleteResult:
      interaction.choices = form(call, choicesSchema).choices;
      return;
    default:
      return;
  }
}

function readMessage(call: Call): MessageBody {
  const body = form(call, messageSchema);
  checkMessage(body, call.files.length > 0);
  return body;
}

/** A public answer is a message of the channel; an ephemeral one only its receiver can see, so it is kept with the interaction. */
function answerWith(call: Call, interaction: Interaction, body: MessageBody, extraFlags = 0): void {
  const { world } = call;
  const channel = channelOf(world, interaction);
  interaction.ephemeral = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const draft = {
    authorId: world.botId,
    ...contentOf(body),
    flags: contentOf(body).flags | extraFlags | (interaction.ephemeral ? MessageFlags.Ephemeral : 0),
    attachments: storeFiles(world, channel.id, call.files, body.attachments),
    interactionId: interaction.id,
  };
  const message = interaction.ephemeral ? newMessage(world, channel, draft) : postMessage(world, channel, draft);
  if (interaction.ephemeral) interaction.hidden.set(message.id, message);
  interaction.originalId = message.id;
  if (extraFlags === 0) tellReply(world, interaction, message);
}

function think(call: Call, interaction: Interaction): void {
  const flags = (call.body as { flags?: number }).flags ?? 0;
  answerWith({ ...call, files: [] }, interaction, { flags }, MessageFlags.Loading);
}

function updateSource(call: Call, interaction: Interaction): void {
  const source = answered(call.world, interaction, interaction.sourceMessageId ?? "");
  if (source === undefined) throw refuse(10008);
  const body = form(call, messageSchema);
  checkEmbeds(body);
  checkComponents({ ...body, flags: (body.flags ?? 0) | source.flags });
  changeAnswer(call.world, interaction, source, changesOf(body));
  tellReply(call.world, interaction, source);
}

function tellReply(world: World, interaction: Interaction, message: MessageState): void {
  const embeds = message.embeds.map((embed) => [embed.title, embed.description].filter(Boolean).join(": "));
  const text = [message.content, ...embeds, ...textsOf(message.components)].filter(Boolean).join("\n");
  tell(world, {
    kind: "reply",
    interactionId: interaction.id,
    name: interaction.name,
    text,
    ephemeral: (message.flags & MessageFlags.Ephemeral) !== 0,
  });
}

function channelOf(world: World, interaction: Interaction): ChannelState {
  const channel = world.channels.get(interaction.channelId);
  if (channel === undefined) throw refuse(10003);
  return channel;
}

function callbackResponse(world: World, interaction: Interaction) {
  const message = originalOf(world, interaction);
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      response_message_id: message?.id,
      response_message_loading: interaction.thinking,
      response_message_ephemeral: interaction.ephemeral,
    },
    resource: {
      type: interaction.callback,
      ...(message === undefined ? {} : { message: messagePayload(world, message) }),
    },
  };
}

function originalOf(world: World, interaction: Interaction): MessageState | undefined {
  const id = NEEDS_COMPONENT.includes(interaction.callback ?? 0) ? interaction.sourceMessageId : interaction.originalId;
  return answered(world, interaction, id ?? "");
}

function answered(world: World, interaction: Interaction, id: string): MessageState | undefined {
  return world.channels.get(interaction.channelId)?.messages.get(id) ?? findHidden(world, id);
}

interface Answer {
  readonly interaction: Interaction;
  readonly message: MessageState;
}

function findAnswer(call: Call): Answer {
  if (call.part("webhookId") !== call.world.applicationId) throw refuse(10015);
  const interaction = byToken(call.world, call.part("webhookToken"));
  const wanted = call.part("messageId");
  const isOriginal = wanted === "@original";
  const message = isOriginal ? originalOf(call.world, interaction) : answered(call.world, interaction, wanted);
  const isOurs = isOriginal || interaction.originalId === wanted || interaction.followUpIds.includes(wanted);
  if (message === undefined || !isOurs) throw refuse(10008);
  return { interaction, message };
}

/** Editing the original is also how a deferred answer gets its content. */
export function editAnswer(call: Call): Reply {
  const { interaction, message } = findAnswer(call);
  const body = form(call, messageSchema);
  checkEmbeds(body);
  checkComponents({ ...body, flags: (body.flags ?? 0) | message.flags });
  const channel = channelOf(call.world, interaction);
  const files = storeFiles(call.world, channel.id, call.files, body.attachments);
  const change = {
    ...changesOf(body),
    ...(files.length === 0 ? {} : { attachments: [...message.attachments, ...files] }),
  };
  interaction.edits += 1;
  interaction.thinking = false;
  changeAnswer(call.world, interaction, message, change);
  tellReply(call.world, interaction, message);
  return ok(messagePayload(call.world, message));
}

/** An ephemeral message changes like any other, and nobody hears of it. */
function changeAnswer(world: World, interaction: Interaction, message: MessageState, change: MessageChange): void {
  if ((message.flags & MessageFlags.Ephemeral) === 0)
    changeMessage(world, channelOf(world, interaction), message, change);
  else Object.assign(message, hiddenChange(world, message, change));
}

function hiddenChange(world: World, message: MessageState, change: MessageChange): Partial<MessageState> {
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  return {
    content: change.content === undefined ? message.content : (change.content ?? ""),
    embeds: [...(change.embeds === undefined ? message.embeds : (change.embeds ?? []))],
    components: [...(change.components === undefined ? message.components : (change.components ?? []))],
    attachments: [...(change.attachments ?? message.attachments)],
    flags: (message.flags & ~MessageFlags.Loading) | (change.becomesLayout === true ? MessageFlags.IsComponentsV2 : 0),
    editedAt: wasLoading ? null : world.clock.now(),
  };
}

export function showAnswer(call: Call): Reply {
  return ok(messagePayload(call.world, findAnswer(call).message));
}

export function deleteAnswer(call: Call): Reply {
  const { interaction, message } = findAnswer(call);
  interaction.deleted = true;
  if (!interaction.hidden.delete(message.id)) removeMessage(call.world, channelOf(call.world, interaction), message.id);
  return noContent;
}

/** A follow-up; the first one behind a deferral that nothing has filled takes its place, as on Discord. */
export function followUp(call: Call): Reply {
  const interaction = byToken(call.world, call.part("webhookToken"));
  const body = readMessage(call);
  if (interaction.thinking)
    return editAnswer({ ...call, part: (name) => (name === "messageId" ? "@original" : call.part(name)) });
  const channel = channelOf(call.world, interaction);
  const isHidden = ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const draft = {
    authorId: call.world.botId,
    ...contentOf(body),
    flags: contentOf(body).flags | (isHidden ? MessageFlags.Ephemeral : 0),
    attachments: storeFiles(call.world, channel.id, call.files),
    interactionId: interaction.id,
  };
  const message = isHidden ? newMessage(call.world, channel, draft) : postMessage(call.world, channel, draft);
  if (isHidden) interaction.hidden.set(message.id, message);
  interaction.followUpIds.push(message.id);
  tellReply(call.world, interaction, message);
  return ok(messagePayload(call.world, message));
}

export const interactionRoutes = [
  route("POST", "/interactions/:interactionId/:interactionToken/callback", acknowledge, {
    anonymous: true,
    exempt: true,
  }),
];
