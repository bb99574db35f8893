import { ApplicationCommandOptionType as Type, ChannelType } from "discord-api-types/v10";
import { type ChannelKind, type Choice, type CommandOption, spokenIn } from "#core";
import { localisationsOf } from "./languages.ts";

const TYPES: Readonly<Record<CommandOption["type"], Type>> = {
  text: Type.String,
  integer: Type.Integer,
  number: Type.Number,
  boolean: Type.Boolean,
  member: Type.User,
  role: Type.Role,
  channel: Type.Channel,
  attachment: Type.Attachment,
  mentionable: Type.Mentionable,
};

export const CHANNEL_TYPES: Readonly<Record<ChannelKind, readonly ChannelType[]>> = {
  text: [ChannelType.GuildText],
  voice: [ChannelType.GuildVoice],
  category: [ChannelType.GuildCategory],
  announcement: [ChannelType.GuildAnnouncement],
  thread: [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread],
  stage: [ChannelType.GuildStageVoice],
  forum: [ChannelType.GuildForum],
};

/** Discord refuses a required option behind an optional one. */
export function optionBodies(options: readonly CommandOption[]): readonly object[] {
  return [...options].sort((a, b) => Number(b.required === true) - Number(a.required === true)).map(optionBody);
}

function optionBody(option: CommandOption): object {
  return {
    type: TYPES[option.type],
    name: option.name,
    name_localizations: localisationsOf(option.names ?? option.name),
    description: spokenIn(option.description, "en"),
    description_localizations: localisationsOf(option.description),
    required: option.required === true,
    ...boundsOf(option),
    ...("choices" in option && option.choices !== undefined && { choices: option.choices.map(choiceBody) }),
    ...("autocomplete" in option && option.autocomplete === true && { autocomplete: true }),
  };
}

function boundsOf(option: CommandOption): object {
  switch (option.type) {
    case "text":
      return given({ min_length: option.minLength, max_length: option.maxLength });
    case "integer":
    case "number":
      return given({ min_value: option.min, max_value: option.max });
    case "channel":
      return given({ channel_types: option.channels?.flatMap((kind) => CHANNEL_TYPES[kind]) });
    default:
      return {};
  }
}

function choiceBody({ name, value }: Choice): object {
  return { name: spokenIn(name, "en"), name_localizations: localisationsOf(name), value };
}

function given(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
