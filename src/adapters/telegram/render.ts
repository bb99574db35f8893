import type { InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import { type Card, type CardText, fittedCard, plainText } from "#core";
import type { Presses } from "./press.ts";

/** Telegram's limit, after entities are parsed. Counted in UTF-16 units it is never reached too late. */
const MOST_CHARACTERS = 4_096;

export interface Rendered {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** Formatting goes beside the text, never into it: whatever a member is called or writes stays what it is. */
export function render(card: Card): Rendered {
  const fitted = fittedCard(card, (one) => written(one).text.length <= MOST_CHARACTERS);
  const { text, entities } = written(fitted);
  return {
    text: text.slice(0, MOST_CHARACTERS),
    entities: entities.filter(({ offset, length }) => offset + length <= MOST_CHARACTERS),
  };
}

function written(card: Card): Rendered {
  const page = createPage();
  const say = (text: CardText): string => plainText(text, card);
  page.write(card.title, "bold");
  page.write("\n");
  for (const { label, value } of card.fields) {
    page.write(`\n${label}: `, "bold");
    page.write(say(value));
  }
  for (const line of card.evidence) {
    page.write("\n\n");
    page.write(`${line.isSubject ? "▸ " : ""}${isolated(line.name)}:`, line.isSubject ? "bold" : undefined);
    page.write("\n");
    page.write(line.text === "" ? " " : isolated(line.text), "blockquote");
  }
  if (card.calls?.telegramUserId !== undefined) {
    page.write("\n\n");
    page.mention(card.calls.name, Number(card.calls.telegramUserId));
  }
  if (card.decision !== undefined) {
    page.write("\n\n");
    page.write(say(card.decision), "bold");
  }
  return page.rendered();
}

const DIRECTED = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

/** Right-to-left text, and the marks that turn text round, must not turn round what stands beside them. */
function isolated(text: string): string {
  return DIRECTED.test(text) ? `\u2068${text}\u2069` : text;
}

function createPage() {
  let text = "";
  const entities: MessageEntity[] = [];
  return {
    write(part: string, look?: "bold" | "blockquote") {
      const trimmed = part.trimEnd();
      const lead = part.length - part.trimStart().length;
      if (look !== undefined && trimmed.length > lead)
        entities.push({ type: look, offset: text.length + lead, length: trimmed.length - lead });
      text += part;
    },
    mention(name: string, userId: number) {
      const user = { id: userId, is_bot: false, first_name: name };
      entities.push({ type: "text_mention", offset: text.length, length: name.length, user });
      text += name;
    },
    rendered: (): Rendered => ({ text, entities }),
  };
}

export function keyboard(
  card: Card,
  approvalId: string | undefined,
  chatId: string,
  presses: Presses,
): InlineKeyboardMarkup {
  const rows = card.buttons.map((row) =>
    row.map(({ label, press }): InlineKeyboardButton => ({
      text: label,
      callback_data: presses.sign(approvalId ?? "", press, chatId),
    })),
  );
  return { inline_keyboard: rows };
}
