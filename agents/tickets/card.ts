import {
  customId,
  propose,
  type Button,
  type Effect,
  type Look,
  type Row,
  type Ticket,
  type Words,
  ticketButtonId,
} from "#core";
import { excerpt, plain } from "#core/text/index";
import type { Config, TicketType } from "./config.ts";
import { saidText } from "./questions.ts";
import { typeOf } from "./staff.ts";
import { words } from "./words.ts";

export const AGENT = "tickets";
const BUTTONS_AT_MOST = 5;

export function labelOf(type: TicketType | undefined, locale: string | undefined): string {
  return type?.label ?? words.say(locale, "type.help");
}

export function threadName({ number, said }: Ticket): string {
  return excerpt(`#${number} · ${said.title}`, 90);
}

const button = (name: string, label: string, style: Button["style"], ...args: readonly string[]): Button => ({
  ...{ component: "button", customId: customId(AGENT, name, ...args), label },
  ...(style !== undefined && { style }),
});

/** Under which members choose what they want. */
export function panelOf(config: Config, locale: string): Words {
  return {
    title: config.panel.title ?? words.say(locale, "panel.title"),
    text: config.panel.text ?? words.say(locale, "panel.text"),
    components: [typeRow(config, locale)],
  };
}

/** Buttons while they fit into a row, a list beyond; either opens the form. */
export function typeRow(config: Config, locale: string | undefined): Row {
  return config.types.length <= BUTTONS_AT_MOST ? typeButtons(config, locale) : typeList(config, locale);
}

function typeButtons({ types }: Config, locale: string | undefined): Row {
  return types.map((type) => ({
    ...{ component: "button", customId: ticketButtonId(type.id), label: labelOf(type, locale), style: "primary" },
    ...(type.emoji !== undefined && { emoji: type.emoji }),
  }));
}

function typeList({ types }: Config, locale: string | undefined): Row {
  const choices = types.map((type) => ({
    ...{ label: [type.emoji, labelOf(type, locale)].filter(Boolean).join(" "), value: type.id },
    ...(type.about !== undefined && { about: type.about }),
  }));
  const placeholder = words.say(locale, "panel.choose");
  return [{ component: "select", of: "text", customId: customId(AGENT, "open"), choices, placeholder }];
}

/** What stands first in the thread: what is wanted, how it stands, and what can be done. */
export function cardOf(ticket: Ticket, locale: string, config: Config): Words {
  const type = typeOf(ticket.typeId, config);
  const { number, said, userId, priority, claimedBy, closed, snoozedUntil, tags = [] } = ticket;
  const standing = [
    words.say(locale, `priority.${priority}`),
    claimedBy === undefined
      ? words.say(locale, "card.unclaimed")
      : words.say(locale, "card.claimed", { who: `<@${claimedBy}>` }),
    ...(closed === undefined ? [] : [words.say(locale, "card.closed")]),
    ...(snoozedUntil === undefined ? [] : [words.say(locale, "card.snoozed", { when: whenOf(snoozedUntil) })]),
    ...tags.map((tag) => `#${plain(tag)}`),
  ];
  const intro = type?.intro ?? words.say(locale, "card.intro");
  return {
    title: `#${number} · ${labelOf(type, locale)} · ${plain(said.title)}`,
    text: [`<@${userId}>`, saidText(said), ...(closed === undefined ? [intro] : []), `-# ${standing.join(" · ")}`]
      .filter((line) => line !== "")
      .join("\n\n"),
    components: closed === undefined ? [cardButtons(ticket, locale)] : [],
  };
}

function whenOf(at: number): string {
  return `<t:${Math.floor(at / 1_000)}:R>`;
}

function cardButtons({ number, claimedBy }: Ticket, locale: string): Row {
  const id = String(number);
  return [
    claimedBy === undefined
      ? button("claim", words.say(locale, "button.claim"), "primary", id)
      : button("unclaim", words.say(locale, "button.unclaim"), "secondary", id),
    button("close", words.say(locale, "button.close"), "danger", id),
  ];
}

/** The card in the thread says how the ticket stands now. */
export function cardAnew(ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { threadId, cardId } = ticket;
  if (threadId === undefined || cardId === undefined) return [];
  const edit = { verb: "message.edit", channelId: threadId, messageId: cardId } as const;
  return [
    propose(
      { ...edit, words: cardOf(ticket, look.guild().locale, config) },
      { rule: "ticket-card", why: "the ticket has changed", confidence: 1 },
    ),
  ];
}

/** Under the last word of a closed ticket: stars for whoever opened it, and the way back. */
export function closedRows(ticket: Ticket, locale: string, config: Config): readonly Row[] {
  const id = String(ticket.number);
  const stars = [1, 2, 3, 4, 5].map((count) => button("rate", `${count} ★`, "secondary", id, String(count)));
  const reopen = button("reopen", words.say(locale, "button.reopen"), "primary", id);
  return [stars, config.transcripts.atClosing ? [reopen, transcriptButton(ticket, locale)] : [reopen]];
}

/** Whoever presses it and may read it gets a link of their own. */
export function transcriptButton({ number }: Ticket, locale: string | undefined): Button {
  return button("transcript", words.say(locale, "button.transcript"), "secondary", String(number));
}

export function confirmRow({ number }: Ticket, locale: string | undefined): Row {
  return [button("confirm", words.say(locale, "button.confirm"), "danger", String(number))];
}
