import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { Button, Component, Link, Row, Select } from "#core";
import { excerpt } from "#core/text/excerpt";
import { CHANNEL_TYPES } from "../commands/options.ts";
import { cleanText } from "../normalise/text.ts";

const LONGEST_LABEL = 80;
const LONGEST_CHOICE = 100;
const LONGEST_PLACEHOLDER = 150;

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

export const SELECT_TYPES = {
  text: ComponentType.StringSelect,
  member: ComponentType.UserSelect,
  role: ComponentType.RoleSelect,
  channel: ComponentType.ChannelSelect,
  mentionable: ComponentType.MentionableSelect,
} as const satisfies Record<Select["of"], ComponentType>;

/** Rows of buttons and selects as Discord takes them; names of members in labels are cut, never refused. */
export function componentRows(rows: readonly Row[]): readonly object[] {
  return rows.map((row) => ({ type: ComponentType.ActionRow, components: row.map(componentBody) }));
}

function componentBody(component: Component): object {
  switch (component.component) {
    case "button":
      return buttonBody(component);
    case "link":
      return linkBody(component);
    case "select":
      return selectBody(component);
  }
}

function buttonBody({ customId, label, style = "secondary", emoji, disabled }: Button): object {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    custom_id: customId,
    label: cut(label, LONGEST_LABEL),
    ...(emoji !== undefined && { emoji: emojiBody(emoji) }),
    ...(disabled === true && { disabled: true }),
  };
}

function linkBody({ url, label }: Link): object {
  return { type: ComponentType.Button, style: ButtonStyle.Link, url, label: cut(label, LONGEST_LABEL) };
}

function selectBody(select: Select): object {
  const { of, customId, choices, chosenIds, channels, placeholder, atLeast, atMost, disabled } = select;
  return {
    type: SELECT_TYPES[of],
    custom_id: customId,
    ...(choices !== undefined && {
      options: choices.map(({ label, value, about, chosen }) => ({
        label: cut(label, LONGEST_CHOICE),
        value,
        ...(about !== undefined && { description: cut(about, LONGEST_CHOICE) }),
        ...(chosen === true && { default: true }),
      })),
    }),
    ...(chosenIds !== undefined && chosenIds.length > 0 && { default_values: defaultsOf(of, chosenIds) }),
    ...(channels !== undefined && { channel_types: channels.flatMap((kind) => CHANNEL_TYPES[kind]) }),
    ...(placeholder !== undefined && { placeholder: cut(placeholder, LONGEST_PLACEHOLDER) }),
    ...(atLeast !== undefined && { min_values: atLeast }),
    ...(atMost !== undefined && { max_values: atMost }),
    ...(disabled === true && { disabled: true }),
  };
}

const DEFAULT_TYPES = { member: "user", role: "role", channel: "channel" } as const;

/** What a mentionable was, its id does not tell; texts say themselves what is chosen. */
function defaultsOf(of: Select["of"], ids: readonly string[]): readonly object[] {
  if (of === "text" || of === "mentionable") return [];
  return ids.map((id) => ({ id, type: DEFAULT_TYPES[of] }));
}

/** A unicode emoji, or `name:id` for a guild's own. */
function emojiBody(emoji: string): object {
  const own = /^(\w+):(\d+)$/.exec(emoji);
  return own === null ? { name: emoji } : { name: own[1], id: own[2] };
}

function cut(text: string, length: number): string {
  return excerpt(cleanText(text), length);
}
