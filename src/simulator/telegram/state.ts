import type { InlineKeyboardMarkup, Message, MessageEntity, Update } from "grammy/types";

export interface SentMessage {
  readonly id: number;
  readonly fromId: number;
  readonly at: number;
  text: string;
  entities: readonly MessageEntity[];
  keyboard?: InlineKeyboardMarkup;
  silent: boolean;
  edits: number;
  readonly replyTo?: number;
}

export interface ChatState {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup";
  readonly title: string;
  readonly messages: Map<number, SentMessage>;
  nextMessageId: number;
  /** Why the bot may not write there, as Telegram words it. */
  forbidden?: string;
  movedTo?: number;
}

export interface CallbackAnswer {
  readonly text?: string;
  readonly alert: boolean;
}

/** How the next request of a method is answered instead. */
export interface TelegramFault {
  readonly method: string;
  readonly status: number;
  readonly description: string;
  readonly retryAfter?: number;
  /** *lost*: carried out, and the answer never arrives. */
  readonly lost?: boolean;
}

export interface TelegramState {
  readonly token: string;
  readonly bot: { readonly id: number; readonly username: string };
  readonly chats: Map<number, ChatState>;
  /** Not confirmed yet, oldest first. */
  updates: Update[];
  nextUpdateId: number;
  nextCallbackId: number;
  /** Presses that wait for an answer, and those that had one. */
  readonly callbacks: Map<string, CallbackAnswer | undefined>;
  readonly faults: TelegramFault[];
  readonly requests: { readonly method: string; readonly payload: Readonly<Record<string, unknown>> }[];
  webhook?: { readonly url: string; readonly secret: string };
  isDown: boolean;
}

/** An error as Telegram answers it. */
export class TelegramRefusal extends Error {
  readonly status: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;

  constructor(status: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

export const badRequest = (description: string): TelegramRefusal =>
  new TelegramRefusal(400, `Bad Request: ${description}`);

export function messageOf(chat: ChatState, message: SentMessage, bot: TelegramState["bot"]): Message {
  const isOwn = message.fromId === bot.id;
  return {
    message_id: message.id,
    date: Math.floor(message.at / 1_000),
    chat:
      chat.type === "private"
        ? { id: chat.id, type: "private", first_name: chat.title }
        : { id: chat.id, type: chat.type, title: chat.title },
    from: { id: message.fromId, is_bot: isOwn, first_name: isOwn ? bot.username : `user-${message.fromId}` },
    text: message.text,
    ...(message.entities.length === 0 ? {} : { entities: [...message.entities] }),
    ...(message.keyboard === undefined ? {} : { reply_markup: message.keyboard }),
  } as Message;
}
