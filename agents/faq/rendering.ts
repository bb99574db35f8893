import {
  customId,
  type KnowledgeSource,
  type Passage,
  type PassageDraft,
  type Row,
  ticketButtonId,
  titleOf,
} from "#core";
import { excerpt, linksIn } from "#core/text/index";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

/** A passage and where it is from. */
export type Cited = PassageDraft & { readonly source: KnowledgeSource };

/** An answer and where each of its sources can be read. */
export function withSources(guildId: string, text: string, cites: readonly Cited[], locale: string): string {
  const lines = cites.map((passage) => `-# ${sourceLine(guildId, passage, locale)}`);
  return `${text}\n\n${[...new Set(lines)].join("\n")}`;
}

const LONGEST_TITLE = 90;

/** Members' words are no markup, and break no line. */
export function plainTitle(text: string, length = LONGEST_TITLE): string {
  return excerpt(
    text
      .replace(/[*_~`|\\[\]()<>#]/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
    length,
  );
}

function sourceLine(guildId: string, passage: Cited, locale: string): string {
  const { kind, title = "", channelId, messageId } = passage.source;
  if (kind === "message" && channelId !== undefined && messageId !== undefined)
    return words.say(locale, "source.message", { link: jumpLink(guildId, channelId, messageId) });
  const name = plainTitle(titleOf(passage));
  return kind === "file"
    ? words.say(locale, "source.file", { name, file: plainTitle(title) })
    : words.say(locale, "source.entry", { name });
}

export function jumpLink(guildId: string, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

/** Under an answer: was it one, and a human where there is one to be had. */
export function answerButtons(key: string, locale: string, config: Config): readonly Row[] {
  const button = (name: "helpful" | "unhelpful", style: "secondary" | "primary") =>
    ({
      component: "button",
      customId: customId("faq", name, key),
      label: words.say(locale, `button.${name}`),
      style,
    }) as const;
  return [
    [button("helpful", "secondary"), button("unhelpful", "secondary"), ...(humanButtons(key, locale, config)[0] ?? [])],
  ];
}

export function humanButtons(key: string, locale: string, config: Config): readonly Row[] {
  const { ticketTypeId } = config;
  if (ticketTypeId !== undefined) {
    const label = words.say(locale, "button.ticket");
    return [[{ component: "button", customId: ticketButtonId(ticketTypeId), label, style: "primary" }]];
  }
  if (config.staffChannelId === undefined && config.ticketCommand === undefined) return [];
  const id = customId("faq", "human", key);
  return [[{ component: "button", customId: id, label: words.say(locale, "button.human"), style: "primary" }]];
}

/** What a model wrote may link to nothing, call nobody and ask for nothing that its sources do not. */
export function staysWithin(text: string, sources: readonly Passage[]): boolean {
  if (/@(everyone|here)\b|<[@#:a]/i.test(text)) return false;
  const known = new Set(sources.flatMap((source) => linksIn(source.text).map(({ url }) => url)));
  return linksIn(text).every(({ url }) => known.has(url));
}
