import type {
  ChannelValue,
  Choice,
  CommandOption,
  Look,
  Member,
  MessageValue,
  OptionValue,
  Spoken,
  Typing,
} from "#core";
import { spokenIn, languageOf } from "#core";
import { caseLine } from "./show.ts";
import { words } from "./words.ts";

export const LONGEST_TIMEOUT_MINUTES = 40_320;
export const LONGEST_REASON = 400;

const about = <N extends string>(name: N) => ({
  name,
  names: words.every(`option.${name}` as "option.member"),
  description: words.every(`option.${name}.about` as "option.member.about"),
});

export const member = { ...about("member"), type: "member", required: true } as const;
export const someMember = { ...about("member"), type: "member" } as const;
export const channel = {
  ...about("channel"),
  type: "channel",
  channels: ["text", "announcement", "forum", "voice"],
} as const;
export const reason = { ...about("reason"), type: "text", maxLength: LONGEST_REASON, required: true } as const;
export const text = { ...about("text"), type: "text", maxLength: 1_000, required: true } as const;
export const number = { ...about("case"), type: "integer", min: 1, required: true, autocomplete: true } as const;
export const other = { ...about("other"), type: "integer", min: 1, required: true, autocomplete: true } as const;
export const count = { ...about("count"), type: "integer", min: 1, max: 200, required: true } as const;
export const seconds = { ...about("seconds"), type: "integer", min: 0, max: 21_600, required: true } as const;
export const days = { ...about("days"), type: "integer", min: 0, max: 7 } as const;
export const minutes: CommandOption = {
  ...about("minutes"),
  type: "integer",
  min: 1,
  max: LONGEST_TIMEOUT_MINUTES,
  required: true,
  autocomplete: true,
};

/** What moderators usually choose, in minutes; whatever else is typed is offered as it stands. */
const USUAL = [5, 10, 30, 60, 180, 720, 1_440, 4_320, 10_080, 40_320];

export function suggest(look: Look, typing: Typing): readonly Choice[] {
  if (typing.option === "minutes") return suggestMinutes(typing.partial);
  if (typing.option !== "case" && typing.option !== "other") return [];
  const wanted = typing.partial.replace(/^#/, "").toLowerCase();
  return look
    .cases({ newest: true })
    .map((file) => ({ name: caseLine(file, typing.locale), value: file.number }))
    .filter(({ name, value }) => String(value).startsWith(wanted) || name.toLowerCase().includes(wanted));
}

function suggestMinutes(partial: string): readonly Choice[] {
  const typed = Number(partial);
  const fitting = partial === "" ? USUAL : USUAL.filter((value) => String(value).startsWith(partial));
  const isOwn = Number.isInteger(typed) && typed >= 1 && typed <= LONGEST_TIMEOUT_MINUTES && !fitting.includes(typed);
  return (isOwn ? [typed, ...fitting] : fitting).map((value) => ({ name: spanOf(value), value }));
}

export function spanOf(value: number): Spoken {
  if (value % 1_440 === 0) return words.every("days", { count: value / 1_440 });
  if (value % 60 === 0) return words.every("hours", { count: value / 60 });
  return words.every("minutes", { count: value });
}

export function span(value: number, locale: string | undefined): string {
  return spokenIn(spanOf(value), languageOf(locale));
}

export function memberIn(value: OptionValue | undefined): Member | undefined {
  return typeof value === "object" && "userId" in value ? value : undefined;
}

export function channelIn(value: OptionValue | undefined): ChannelValue | undefined {
  return typeof value === "object" && "channelId" in value && "type" in value ? value : undefined;
}

export function messageIn(value: OptionValue | undefined): MessageValue | undefined {
  return typeof value === "object" && "messageId" in value ? value : undefined;
}

export function textIn(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

export function minutesIn(value: unknown): number | undefined {
  const wanted = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const fits = typeof wanted === "number" && wanted >= 1 && wanted <= LONGEST_TIMEOUT_MINUTES;
  return fits ? Math.round(wanted) : undefined;
}
