import {
  customId,
  type Effect,
  type EventOf,
  type Look,
  type Passage,
  propose,
  type Records,
  type Row,
  type SlowLook,
  type Use,
  write,
} from "#core";
import { excerpt } from "#core/text/index";
import { answerTo, localeFor, type Outcome } from "./answering.ts";
import type { Config } from "./config.ts";
import { unanswered } from "./gaps.ts";
import { cited } from "./mending.ts";
import { answerButtons, humanButtons, jumpLink, plainTitle, withSources } from "./rendering.ts";
import { words } from "./words.ts";

type Message = EventOf<"message.created">;

/** Says something to whoever used a command, a button or a form; nobody else sees it. */
export function tell(event: Use, text: string, rule: string, components: readonly Row[] = [], update = false): Effect {
  const said = { text, ...(components.length === 0 ? {} : { components }) };
  const action = { verb: "interaction.reply", interaction: event.interaction, words: said, ephemeral: true } as const;
  return propose(
    { ...action, ...(update ? { update } : {}) },
    { rule, why: "somebody asked the house", confidence: 1 },
  );
}

/** `/ask`: the answer, or that there is none, to whoever asked. */
export async function answerAsk(
  event: EventOf<"command.used">,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const text = String(event.options["question"] ?? "");
  const asked = { text, asker: event.by.name, locale: event.interaction.locale ?? look.guild().locale };
  const outcome = await answerTo(asked, look, config);
  const locale = localeFor(asked);
  if (outcome.text === undefined) {
    const { id: eventId, at, channelId } = event;
    const kept = await unanswered({ eventId, text, userId: event.by.userId, channelId, at }, look);
    return [...kept, tell(event, dontKnow(locale, config), "ask-unsure", humanButtons(event.id, locale, config))];
  }
  const said = withSources(event.guildId, outcome.text, outcome.cites, locale);
  return [
    ...remembered(event.id, text, locale, event.at, outcome.cites, look, { interaction: event.interaction }),
    tell(event, said, "ask-answered", answerButtons(event.id, locale, config)),
  ];
}

/** Asked in a channel, of everybody: answered there, or suggested to staff. */
export async function answerMessage(event: Message, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  const { guildId, id, at, channelId, messageId, author } = event;
  const ways = waysOfAsking(event, look);
  const [text] = ways;
  const asked = { text, asker: author.name, locale: look.guild().locale };
  let outcome: Outcome = {};
  for (const way of ways)
    if (outcome.text === undefined) outcome = await answerTo({ ...asked, text: way }, look, config);
  const locale = localeFor(asked);
  if (outcome.text !== undefined) {
    const kept = remembered(id, text, locale, at, outcome.cites, look, { asked: { channelId, messageId } });
    return [...kept, given(event, outcome, locale, config)];
  }
  const kept = await unanswered({ eventId: id, text, userId: author.userId, channelId, messageId, at }, look);
  if (config.whenUnsure === "silent" || config.suggestTo !== undefined) return kept;
  const said = { text: dontKnow(locale, config), components: humanButtons(id, locale, config) };
  const reply = { verb: "message.send", channelId, replyToMessageId: messageId, words: said } as const;
  const why = `nothing the guild knows answers the question in ${jumpLink(guildId, channelId, messageId)}`;
  return [...kept, propose(reply, { rule: "question-unsure", why, confidence: 1 })];
}

/** A post of a forum asks with its title, too: with both, and with each alone where both together lead nowhere. */
function waysOfAsking(event: Message, look: Look): readonly [string, ...string[]] {
  const name = event.messageId === event.channelId ? (look.channel(event.channelId)?.name ?? "") : "";
  return name === "" ? [event.text] : [`${name}\n${event.text}`, name, event.text];
}

function given(event: Message, outcome: Extract<Outcome, { text: string }>, locale: string, config: Config): Effect {
  const { guildId, channelId, messageId } = event;
  const said = withSources(guildId, outcome.text, outcome.cites, locale);
  const reasons = { why: `answers from ${outcome.cites.map(({ source }) => source.id).join(", ")}`, confidence: 1 };
  if (config.suggestTo === undefined) {
    const reply = { text: said, components: answerButtons(event.id, locale, config) };
    const action = { verb: "message.send", channelId, replyToMessageId: messageId, words: reply } as const;
    return propose(action, { rule: "question-answered", ...reasons });
  }
  const where = jumpLink(guildId, channelId, messageId);
  const heading = words.say(locale, "suggestion", { link: where, question: plainTitle(event.text, 200) });
  const suggestion = { text: `${heading}\n\n${said}`, components: suggestionButtons(event.id, locale) };
  const action = { verb: "message.send", channelId: config.suggestTo, words: suggestion } as const;
  return propose(action, { rule: "question-suggested", ...reasons });
}

function suggestionButtons(key: string, locale: string): readonly Row[] {
  const label = words.say(locale, "button.send");
  return [[{ component: "button", customId: customId("faq", "send", key), label, style: "success" }]];
}

export function dontKnow(locale: string, { ticketCommand }: Config): string {
  const hint = ticketCommand === undefined ? "" : ` ${words.say(locale, "unsure.ticket", { command: ticketCommand })}`;
  return `${words.say(locale, "unsure")}${hint}`;
}

function remembered(
  key: string,
  question: string,
  locale: string,
  at: number,
  passages: readonly Passage[],
  look: Look,
  way: Pick<Records["answer"], "asked" | "interaction">,
): readonly Effect[] {
  const cites = passages.map(({ source, part }) => ({ sourceId: source.id, part }));
  const facts = { question: excerpt(question, 200), locale, at, cites, standing: "right" } as const;
  const value = { ...facts, ...way };
  const sourceIds = cites.map(({ sourceId }) => sourceId);
  return [write({ write: "record.put", record: "answer", key, value }), ...cited(look, key, sourceIds)];
}
