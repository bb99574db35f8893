import { ComponentType, MessageFlags, type APIEmbed, type APIMessageTopLevelComponent } from "discord-api-types/v10";
import { z } from "zod";
import { COMPONENTS, MESSAGE_EMBEDS, MESSAGE_LENGTH, NONCE_LENGTH } from "../limits.ts";
import { invalidForm, refuse } from "../world/refusal.ts";
import { snowflake } from "./form.ts";

const text = (most: number) => z.string().max(most, `Must be ${most} or fewer in length.`);

const embedSchema = z.looseObject({
  title: text(256).optional(),
  description: text(4_096).optional(),
  url: z.string().optional(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  footer: z.looseObject({ text: text(2_048) }).optional(),
  author: z.looseObject({ name: text(256) }).optional(),
  fields: z
    .array(z.looseObject({ name: text(256).min(1), value: text(1_024).min(1), inline: z.boolean().optional() }))
    .max(25)
    .optional(),
});

const allowedMentionsSchema = z.looseObject({
  parse: z.array(z.enum(["roles", "users", "everyone"])).optional(),
  users: z.array(z.string()).max(100).optional(),
  roles: z.array(z.string()).max(100).optional(),
  replied_user: z.boolean().optional(),
});

const componentSchema = z.looseObject({ type: z.number().int() });

/** What a message may be made of; the same for messages, webhooks and answers to interactions. */
export const messageSchema = z.looseObject({
  content: text(MESSAGE_LENGTH).nullish(),
  embeds: z.array(embedSchema).max(MESSAGE_EMBEDS, `Must be ${MESSAGE_EMBEDS} or fewer in length.`).nullish(),
  components: z.array(componentSchema).nullish(),
  allowed_mentions: allowedMentionsSchema.nullish(),
  message_reference: z
    .looseObject({
      message_id: snowflake,
      channel_id: snowflake.optional(),
      fail_if_not_exists: z.boolean().optional(),
    })
    .nullish(),
  flags: z.number().int().nullish(),
  nonce: z.union([text(NONCE_LENGTH), z.number().int()]).nullish(),
  enforce_nonce: z.boolean().optional(),
  tts: z.boolean().optional(),
  attachments: z.array(z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) })).nullish(),
});

export type MessageBody = z.infer<typeof messageSchema>;

/** Rules that span fields: an embed's total length, components of either kind, nothing at all. */
export function checkMessage(body: MessageBody, hasFiles: boolean): void {
  checkEmbeds(body);
  checkComponents(body);
  const isEmpty = !body.content && !body.embeds?.length && !body.components?.length && !hasFiles;
  if (isEmpty) throw refuse(50006);
}

export function checkEmbeds(body: MessageBody): void {
  const lengths = (body.embeds ?? []).map(
    (embed) =>
      [
        embed.title,
        embed.description,
        embed.footer?.text,
        embed.author?.name,
        ...(embed.fields ?? []).flatMap((one) => [one.name, one.value]),
      ].join("").length,
  );
  if (lengths.reduce((sum, one) => sum + one, 0) > 6_000)
    throw invalidForm(["embeds"], "Embed size exceeds maximum size of 6000", "MAX_EMBED_SIZE_EXCEEDED");
}

export function checkComponents(body: MessageBody): void {
  const all = nestedComponents(body.components ?? []);
  if (((body.flags ?? 0) & MessageFlags.IsComponentsV2) === 0) checkRows(body);
  else checkLayout(body, all);
  const customIds = all.map((one) => one["custom_id"]).filter((id) => id !== undefined);
  if (customIds.some((id) => typeof id !== "string" || id.length < 1 || id.length > 100))
    throw invalidForm(["components"], "Must be between 1 and 100 in length.", "BASE_TYPE_BAD_LENGTH");
  if (new Set(customIds).size !== customIds.length)
    throw invalidForm(["components"], "Component custom id cannot be duplicated", "COMPONENT_CUSTOM_ID_DUPLICATED");
}

/** The first kind: rows of buttons and selects below a message. */
function checkRows({ components }: MessageBody): void {
  if ((components ?? []).length > COMPONENTS.rows)
    throw invalidForm(["components"], "Must be 5 or fewer in length.", "BASE_TYPE_BAD_LENGTH");
  if ((components ?? []).some((one) => one.type !== ComponentType.ActionRow))
    throw invalidForm(["components"], 'Value of field "type" must be one of (1,).', "UNION_TYPE_CHOICES");
}

/** The second kind: the message is made of components alone. */
function checkLayout(body: MessageBody, all: readonly Record<string, unknown>[]): void {
  if (body.content || body.embeds?.length)
    throw invalidForm(
      ["content"],
      "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    );
  if (all.length > COMPONENTS.most)
    throw invalidForm(["components"], "Must be 40 or fewer in length.", "BASE_TYPE_BAD_LENGTH");
  const texts = all.map((one) => one["content"]).filter((one) => typeof one === "string");
  if (texts.join("").length > COMPONENTS.characters)
    throw invalidForm(
      ["components"],
      "Component text exceeds 4000 characters",
      "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    );
}

/** Components hold components: in rows and containers, beside sections. */
export function nestedComponents(components: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return components.flatMap((one) => {
    const inner = Array.isArray(one["components"]) ? (one["components"] as Record<string, unknown>[]) : [];
    const beside =
      typeof one["accessory"] === "object" && one["accessory"] !== null
        ? [one["accessory"] as Record<string, unknown>]
        : [];
    return [one, ...nestedComponents([...inner, ...beside])];
  });
}

/** What there is to read in components, the small print left out. */
export function textsOf(components: readonly unknown[]): readonly string[] {
  const texts = nestedComponents(components as readonly Record<string, unknown>[]).map((one) => one["content"]);
  return texts.filter((text): text is string => typeof text === "string" && !text.startsWith("-# "));
}

/** The parts of a body that become the message itself. Embeds come back as rich, as Discord gives them. */
export function contentOf(body: MessageBody) {
  return {
    content: body.content ?? undefined,
    embeds: (body.embeds ?? []).map((embed) => ({ ...embed, type: "rich" })) as APIEmbed[],
    components: (body.components ?? []) as unknown as APIMessageTopLevelComponent[],
    allowedMentions: body.allowed_mentions ?? undefined,
    flags:
      (body.flags ?? 0) &
      (MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2),
  };
}

/** What an edit changes: fields left out stay, `null` empties. */
export function changesOf(body: MessageBody) {
  const embeds = body.embeds?.map((embed) => ({ ...embed, type: "rich" })) as APIEmbed[] | undefined;
  return {
    ...(body.content === undefined ? {} : { content: body.content }),
    ...(body.embeds === undefined ? {} : { embeds: embeds ?? null }),
    ...(body.components === undefined
      ? {}
      : { components: body.components as unknown as APIMessageTopLevelComponent[] | null }),
    becomesLayout: ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0,
    allowedMentions: body.allowed_mentions ?? undefined,
  };
}
