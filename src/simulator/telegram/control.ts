import type { Update } from "grammy/types";
import { type ChatState, messageOf, type SentMessage, type TelegramFault, type TelegramState } from "./state.ts";

export interface TelegramControl extends ReturnType<typeof createControl> {}

/** Acts as the people in the chats do, and reads what they see. */
export function createControl(state: TelegramState, wake: () => void) {
  const chatOf = (chatId: number): ChatState => {
    const chat = state.chats.get(chatId);
    if (chat === undefined) throw new Error(`there is no chat ${chatId}`);
    return chat;
  };
  const bring = (update: Omit<Update, "update_id">): number => {
    const id = state.nextUpdateId++;
    state.updates.push({ ...update, update_id: id });
    wake();
    return id;
  };
  const spoken = (chat: ChatState, fromId: number, text: string, replyTo?: number): SentMessage => {
    const message: SentMessage = {
      ...{ id: chat.nextMessageId++, fromId, at: Date.now(), text, entities: [], silent: false, edits: 0 },
      ...(replyTo === undefined ? {} : { replyTo }),
    };
    chat.messages.set(message.id, message);
    return message;
  };

  return {
    createChat(id: number, type: ChatState["type"] = id > 0 ? "private" : "group"): void {
      state.chats.set(id, { id, type, title: `chat ${id}`, messages: new Map(), nextMessageId: 1 });
    },
    /** The bot's messages, oldest first. */
    cards: (chatId: number): readonly SentMessage[] =>
      [...chatOf(chatId).messages.values()].filter(({ fromId }) => fromId === state.bot.id),
    say(chatId: number, fromId: number, text: string, replyTo?: number): void {
      const chat = chatOf(chatId);
      const message = messageOf(chat, spoken(chat, fromId, text, replyTo), state.bot);
      const original = replyTo === undefined ? undefined : chat.messages.get(replyTo);
      const reply = original === undefined ? {} : { reply_to_message: messageOf(chat, original, state.bot) };
      bring({ message: { ...message, ...reply } as never });
    },
    /** Presses the button with this label, or sends whatever data a forger likes. Returns the press's id. */
    press(chatId: number, messageId: number, fromId: number, wanted: { label: string } | { data: string }): string {
      const chat = chatOf(chatId);
      const message = chat.messages.get(messageId);
      const buttons = message?.keyboard?.inline_keyboard.flat() ?? [];
      const button = "label" in wanted ? buttons.find(({ text }) => text === wanted.label) : undefined;
      const data =
        "data" in wanted
          ? wanted.data
          : button !== undefined && "callback_data" in button
            ? button.callback_data
            : undefined;
      if (message === undefined || data === undefined)
        throw new Error(`there is no such button: ${JSON.stringify(wanted)}`);
      return pressed(chat, message, fromId, data);
    },
    buttons: (chatId: number, messageId: number): readonly string[] =>
      chatOf(chatId)
        .messages.get(messageId)
        ?.keyboard?.inline_keyboard.flat()
        .map(({ text }) => text) ?? [],
    dataOf(chatId: number, messageId: number, label: string): string {
      const button = chatOf(chatId)
        .messages.get(messageId)
        ?.keyboard?.inline_keyboard.flat()
        .find(({ text }) => text === label);
      if (button === undefined || !("callback_data" in button)) throw new Error(`there is no button ${label}`);
      return button.callback_data;
    },
    answer: (callbackId: string) => state.callbacks.get(callbackId),
    /** The same press once more, as Telegram sometimes has it: a new update of the same query. */
    again(): void {
      const last = state.updates.at(-1);
      if (last === undefined) throw new Error("there is nothing to bring again");
      const { update_id: _old, ...update } = last;
      bring(update);
    },
    /** A group becomes a supergroup: another id, and a message that says so. Returns the new id. */
    upgrade(chatId: number): number {
      const chat = chatOf(chatId);
      const id = chatId - 1_000_000_000_000;
      state.chats.set(id, { ...chat, id, type: "supergroup", messages: chat.messages });
      chat.movedTo = id;
      return id;
    },
    tellOfUpgrade(chatId: number): void {
      const chat = chatOf(chatId);
      const message = messageOf(chat, spoken(chat, 1, "-"), state.bot);
      bring({ message: { ...message, text: undefined, migrate_to_chat_id: chat.movedTo } as never });
    },
    forbid(chatId: number, description = "bot was blocked by the user"): void {
      chatOf(chatId).forbidden = description;
    },
    allow(chatId: number): void {
      delete chatOf(chatId).forbidden;
    },
    failNext(fault: TelegramFault): void {
      state.faults.push(fault);
    },
    setDown(isDown: boolean): void {
      state.isDown = isDown;
    },
    unconfirmed: (): number => state.updates.length,
    webhook: () => state.webhook,
    requests: () => state.requests,
  };

  function pressed(chat: ChatState, message: SentMessage, fromId: number, data: string): string {
    const id = String(state.nextCallbackId++);
    state.callbacks.set(id, undefined);
    const from = { id: fromId, is_bot: false, first_name: `user-${fromId}` };
    bring({
      callback_query: { id, from, chat_instance: "1", data, message: messageOf(chat, message, state.bot) } as never,
    });
    return id;
  }
}
