import type { InlineKeyboardMarkup, MessageEntity } from "grammy/types";
import {
  badRequest,
  type ChatState,
  messageOf,
  type SentMessage,
  TelegramRefusal,
  type TelegramState,
} from "./state.ts";

type Payload = Readonly<Record<string, unknown>>;
export type Method = (state: TelegramState, payload: Payload, now: number) => unknown;

const MOST_CHARACTERS = 4_096;
const MOST_DATA_BYTES = 64;

/** What the Bot API documents of the methods the house uses; `getUpdates` waits and is in updates.ts. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ bot }) => ({ ...bot, is_bot: true, first_name: bot.username, can_join_groups: true }),
  deleteWebhook: (state) => {
    delete state.webhook;
    return true;
  },
  setWebhook: (state, { url, secret_token: secret }) => {
    if (url === "") delete state.webhook;
    else state.webhook = { url: String(url), secret: String(secret ?? "") };
    return true;
  },
  getWebhookInfo: ({ webhook, updates }) => ({ url: webhook?.url ?? "", pending_update_count: updates.length }),
  getChat: (state, payload) => {
    const { id, type, title } = chatOf(state, payload);
    return { id, type, ...(type === "private" ? { first_name: title } : { title }) };
  },
  sendMessage,
  editMessageText,
  answerCallbackQuery,
};

function sendMessage(state: TelegramState, payload: Payload, now: number): unknown {
  const chat = chatOf(state, payload);
  const text = textOf(payload);
  const keyboard = keyboardOf(payload);
  const message: SentMessage = {
    ...{ id: chat.nextMessageId++, fromId: state.bot.id, at: now, text, edits: 0 },
    entities: entitiesOf(payload, text),
    silent: payload["disable_notification"] === true,
    ...(keyboard === undefined ? {} : { keyboard }),
  };
  chat.messages.set(message.id, message);
  return messageOf(chat, message, state.bot);
}

function editMessageText(state: TelegramState, payload: Payload): unknown {
  const chat = chatOf(state, payload);
  const message = chat.messages.get(Number(payload["message_id"]));
  if (message === undefined) throw badRequest("message to edit not found");
  if (message.fromId !== state.bot.id) throw badRequest("message can't be edited");
  const text = textOf(payload);
  const entities = entitiesOf(payload, text);
  const keyboard = keyboardOf(payload);
  const same = JSON.stringify([message.text, message.entities, rowsOf(message.keyboard)]);
  if (same === JSON.stringify([text, entities, rowsOf(keyboard)]))
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  message.text = text;
  message.entities = entities;
  message.edits += 1;
  if (keyboard === undefined) delete message.keyboard;
  else message.keyboard = keyboard;
  return messageOf(chat, message, state.bot);
}

const rowsOf = (keyboard: InlineKeyboardMarkup | undefined) => keyboard?.inline_keyboard ?? [];

function answerCallbackQuery(state: TelegramState, payload: Payload): unknown {
  const id = String(payload["callback_query_id"]);
  if (!state.callbacks.has(id) || state.callbacks.get(id) !== undefined)
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  const text = payload["text"];
  if (typeof text === "string" && text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
  state.callbacks.set(id, { alert: payload["show_alert"] === true, ...(typeof text === "string" ? { text } : {}) });
  return true;
}

function chatOf(state: TelegramState, payload: Payload): ChatState {
  const chat = state.chats.get(Number(payload["chat_id"]));
  if (chat === undefined) throw badRequest("chat not found");
  if (chat.movedTo !== undefined)
    throw new TelegramRefusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {
      migrate_to_chat_id: chat.movedTo,
    });
  if (chat.forbidden !== undefined) throw new TelegramRefusal(403, `Forbidden: ${chat.forbidden}`);
  return chat;
}

function textOf(payload: Payload): string {
  const text = payload["text"];
  if (typeof text !== "string" || text.trim() === "") throw badRequest("message text is empty");
  if (text.length > MOST_CHARACTERS) throw badRequest("message is too long");
  return text;
}

function entitiesOf(payload: Payload, text: string): readonly MessageEntity[] {
  const entities = (payload["entities"] ?? []) as readonly MessageEntity[];
  const isWithin = entities.every(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= text.length);
  if (!isWithin) throw badRequest("ENTITY_BOUNDS_INVALID");
  return entities;
}

function keyboardOf(payload: Payload): InlineKeyboardMarkup | undefined {
  const markup = payload["reply_markup"] as InlineKeyboardMarkup | undefined;
  if (markup === undefined || markup.inline_keyboard.length === 0) return undefined;
  for (const button of markup.inline_keyboard.flat()) {
    const data = "callback_data" in button ? button.callback_data : undefined;
    if (data === undefined || data === "" || Buffer.byteLength(data) > MOST_DATA_BYTES)
      throw badRequest("BUTTON_DATA_INVALID");
    if (button.text === "") throw badRequest("text buttons are allowed only with text");
  }
  return markup;
}
